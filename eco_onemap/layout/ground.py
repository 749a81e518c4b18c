# SPDX-License-Identifier: GPL-2.0-or-later
"""The ground of a sheet: the map's CRS, rings, overlaps, the views of map and detail. Pure."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.geometry.crs import CGCS2000, find_crs, gauss_kruger_3_degrees, reproject
from eco_onemap.core.geometry.rings import build_rings
from eco_onemap.core.layers.catalogue import FULL_COVERAGE_ROLES
from eco_onemap.core.vocabulary import HitKind
from eco_onemap.layout.paper import Paper
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.scales import (
    bounds_of,
    detail_view,
    main_view,
    shifted_view,
    union_bounds,
)
from eco_onemap.layout.sheet import Ground, Overlap, Ring
from eco_onemap.layout.style_table import role_style
from eco_onemap.outputs.formatting import hectares, metres


def describe_ground(record: SiteRecord, paper: Paper) -> Ground:
    """Return the ground of the sheet of a site, at the scale that its paper allows."""
    crs = map_crs(record)
    site = to_plane(record.geometry, crs)
    distances = record.assessment.options.rings_m
    rings = tuple(_ring(record.geometry, distance, crs) for distance in distances)
    shown = [_nearest_reach(record, site), *(bounds_of(ring.line) for ring in rings)]
    main = main_view(bounds_of(site), shown, paper.map)
    return Ground(
        paper=paper,
        crs=crs,
        site=site,
        rings=rings,
        overlaps=_overlaps(record, crs),
        main=main,
        detail=detail_view(bounds_of(site), main),
    )


def describe_region(record: SiteRecord, paper: Paper, region: Bounds, around: Bounds) -> Ground:
    """Return the ground of an overview: the site in a *region*, no analysis.

    around: what else is worth showing where there is room; both in the map's CRS.
    """
    crs = map_crs(record)
    site = to_plane(record.geometry, crs)
    main = main_view(bounds_of(site), [region], paper.map)
    main = shifted_view(main, union_bounds([bounds_of(site), region]), around, paper.map)
    detail = detail_view(bounds_of(site), main)
    return Ground(
        paper=paper,
        crs=crs,
        site=site,
        rings=(),
        overlaps=(),
        main=main,
        detail=detail,
        with_analysis=False,
    )


def map_crs(record: SiteRecord) -> str:
    """Return the CRS of the plane areas if it is a projected one in metres, else the 3° zone's."""
    text = record.site["planar_crs"]
    crs = find_crs(text) if text else None
    if crs is not None and crs.is_projected and crs.axis_info[0].unit_conversion_factor == 1.0:
        return str(text)
    west, _, east, _ = record.geometry.bounds
    return gauss_kruger_3_degrees((west + east) / 2)


def to_plane(geometry: BaseGeometry, crs: str) -> Any:
    """Return a geometry of longitude and latitude in the CRS of a map."""
    return reproject(np.array([geometry], dtype=object), CGCS2000, crs)[0]


def _ring(site: BaseGeometry, distance_m: float, crs: str) -> Ring:
    """Return the line at a true distance of the site's boundary."""
    around = build_rings(np.array([site], dtype=object), distance_m)[0]
    return Ring(distance_m, to_plane(around.boundary, crs))


def _overlaps(record: SiteRecord, crs: str) -> tuple[Overlap, ...]:
    """Return the shared pieces with layers that constrain or that a rule speaks of."""
    if record.hits.geometries is None:
        return ()
    pieces = reproject(record.hits.geometries, CGCS2000, crs)
    return tuple(
        Overlap(row["layer_id"], _overlap_label(record, row), piece)
        for row, piece in zip(record.hits.rows(), pieces, strict=True)
        if piece is not None and _is_worth_hatching(record, row)
    )


def _is_worth_hatching(record: SiteRecord, row: Row) -> bool:
    role = record.entries[row["layer_id"]].role
    if role in FULL_COVERAGE_ROLES or row["kind"] == HitKind.TOUCH.value:
        return False
    has_finding = record.layer_verdict(row["layer_id"]) is not None
    return role_style(role).constraint > 0 or has_finding


def _overlap_label(record: SiteRecord, row: Row) -> str:
    title = record.entries[row["layer_id"]].title
    if row["overlap_area_m2"] > 0:
        return f"{title}\n{hectares(row['overlap_area_m2'], record.language)}"
    if row["overlap_length_m"] > 0:
        return f"{title}\n{metres(row['overlap_length_m'])}"
    return title


def _nearest_reach(record: SiteRecord, site: BaseGeometry) -> Bounds:
    """Return bounds that hold the site and the end of the line to the nearest constraint."""
    west, south, east, north = site.bounds
    near = record.near_constraints()
    if not near:
        return west, south, east, north
    distance, bearing = near[0]["nearest_m"], math.radians(near[0]["nearest_bearing_deg"])
    right, up = distance * math.sin(bearing), distance * math.cos(bearing)
    return west + min(right, 0), south + min(up, 0), east + max(right, 0), north + max(up, 0)
