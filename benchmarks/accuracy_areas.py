# SPDX-License-Identifier: GPL-2.0-or-later
"""Errors of areas, and of where edges that were surveyed in a plane come to lie."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from accuracy_measures import (
    NORTH,
    SOUTH,
    Measured,
    as_array,
    between,
    longest_edge,
    number,
    surveyed,
)
from pyproj import Proj

from eco_onemap.core.geometry.crs import gauss_kruger_3_degrees, reproject, to_cgcs2000
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.measures.site_sizes import measure_sites
from tests.core.truth import GEOD, geodesic_area, tdt_trapezoid, unprojected
from tests.core.worlds import check, entry, numbered, sites

LONLAT = "EPSG:4490"


def zones_closed_form(scale: float) -> Measured:
    rng = np.random.default_rng(1)
    count = number(20_000, scale)
    west, south = rng.uniform(73, 129, count), rng.uniform(3, 48, count)
    east = west + between(rng, 1e-3, 6, count)
    north = south + between(rng, 1e-3, 5, count)
    truth = _closed_form(west, south, east, north)
    errors = np.abs(areas_m2(shapely.box(west, south, east, north)) / truth - 1)
    return Measured(
        "Area of zones",
        "closed form of the zone's area in 80-bit floating point",
        f"{count:,} rectangles of 0.001° to 6° by 5°, latitude 3° to 53°",
        1,
        errors.astype(np.float64),
        "relative",
        1e-9,
    )


def _closed_form(west, south, east, north) -> np.ndarray:
    """Area in m² by b²/2·Δλ·[sin φ/(1 − e² sin² φ) + artanh(e sin φ)/e], in long doubles."""
    real = np.longdouble
    flattening = 1 / real("298.257222101")
    e2 = flattening * (2 - flattening)
    b, e = real(6378137) * (1 - flattening), np.sqrt(flattening * (2 - flattening))

    def up_to(latitude):
        sine = np.sin(latitude.astype(real) * (real("3.14159265358979323846264") / 180))
        return sine / (1 - e2 * sine**2) + np.log((1 + e * sine) / (1 - e * sine)) / (2 * e)

    width = (east.astype(real) - west) * (real("3.14159265358979323846264") / 180)
    return b**2 / 2 * width * (up_to(north) - up_to(south))


def zones_by_the_standard(scale: float) -> Measured:
    rng = np.random.default_rng(2)
    count = number(5_000, scale)
    west, south = rng.uniform(73, 129, count), rng.uniform(3, 48, count)
    width, height = between(rng, 1e-3, 6, count), between(rng, 1e-3, 5, count)
    ours = areas_m2(shapely.box(west, south, west + width, south + height))
    north, wide = south + height, (west + width) - west
    truth = np.array([tdt_trapezoid(*zone) for zone in zip(south, north, wide, strict=True)])
    return Measured(
        "Area of zones",
        "the series of TD/T 1055-2019",
        f"{count:,} rectangles of 0.001° to 6° by 5°",
        2,
        np.abs(ours / truth - 1),
        "relative",
        1e-9,
    )


def surveyed_plots(scale: float) -> Measured:
    rng = np.random.default_rng(3)
    errors = []
    for edge in between(rng, 20, 10_000, number(2_000, scale)):
        plot, crs = surveyed(rng, edge)
        followed = shapely.segmentize(plot, max(longest_edge(plot) / 400, 5.0))
        truth = geodesic_area(shapely.Polygon(unprojected(followed.exterior.coords, crs)))
        errors.append(abs(areas_m2(to_cgcs2000(as_array([plot]), crs))[0] / truth - 1))
    return Measured(
        "Area of plots surveyed in a plane",
        "geodesic polygon (pyproj.Geod) that follows the surveyed edges",
        f"{len(errors):,} plots, edges 20 m to 10 km, anywhere in their 3° zone, 18° to 53° N",
        3,
        np.array(errors),
        "relative",
        1e-6,
    )


def small_plots(scale: float) -> Measured:
    rng = np.random.default_rng(9)
    errors = []
    for edge in between(rng, 1, 20, number(1_000, scale)):
        plot, crs = surveyed(rng, edge)
        truth = _shoelace(plot) * _ground_per_plane(plot, crs)
        errors.append(abs(areas_m2(to_cgcs2000(as_array([plot]), crs))[0] - truth))
    return Measured(
        "Area of small plots surveyed in a plane",
        "plane area by the scale of the Gauss-Krüger projection there (pyproj.Proj.get_factors)",
        f"{len(errors):,} plots, edges 1 m to 20 m, 18° to 53° N",
        9,
        np.array(errors),
        "m²",
        0.001,
    )


def _ground_per_plane(plot: shapely.Polygon, crs: str) -> float:
    centre = shapely.centroid(plot)
    east, north = unprojected([centre.coords[0]], crs)[0]
    return 1.0 / Proj(crs).get_factors(east, north).areal_scale


def geodesic_plots(scale: float) -> Measured:
    rng = np.random.default_rng(4)
    errors = []
    for edge in between(rng, 20, 10_000, number(1_000, scale)):
        plot, crs = surveyed(rng, edge)
        corners = unprojected(plot.exterior.coords, crs)
        truth = geodesic_area(shapely.Polygon(corners))
        ours = areas_m2(as_array([shapely.Polygon(_along_geodesics(corners))]))[0]
        errors.append(abs(ours / truth - 1))
    return Measured(
        "Area of plots whose edges are geodesics, followed in steps of 10 m",
        "geodesic polygon (pyproj.Geod) through the corners alone",
        f"{len(errors):,} plots, edges 20 m to 10 km, 18° to 53° N",
        4,
        np.array(errors),
        "relative",
        1e-6,
    )


def _along_geodesics(corners: np.ndarray) -> np.ndarray:
    runs = []
    for start, end in pairwise(corners):
        length = GEOD.inv(*start, *end)[2]
        between_ = GEOD.npts(*start, *end, max(int(length // 10), 1))
        runs.append(np.vstack((start[None, :], np.array(between_))))
    return np.vstack((*runs, corners[-1:]))


def degree_plots(scale: float) -> Measured:
    rng = np.random.default_rng(5)
    errors = []
    for edge in between(rng, 20, 10_000, number(1_000, scale)):
        plot, crs = surveyed(rng, edge)
        drawn = shapely.Polygon(unprojected(plot.exterior.coords, crs))
        followed = shapely.segmentize(drawn, max(edge / 400, 5.0) / 111_000)
        errors.append(abs(areas_m2(as_array([drawn]))[0] / geodesic_area(followed) - 1))
    return Measured(
        "Area of plots given in longitude and latitude (edges straight there, TD/T 1055)",
        "geodesic polygon (pyproj.Geod) that follows these edges",
        f"{len(errors):,} plots, edges 20 m to 10 km, 18° to 53° N",
        5,
        np.array(errors),
        "relative",
        1e-6,
    )


def surveyed_edges(scale: float) -> Measured:
    rng = np.random.default_rng(6)
    errors = []
    for edge in between(rng, 20, 10_000, number(1_000, scale)):
        plot, crs = surveyed(rng, edge)
        ours = to_cgcs2000(as_array([plot.exterior]), crs)
        points = shapely.segmentize(ours, 5e-6)  # half a metre, on our edges
        back = shapely.get_coordinates(reproject(points, LONLAT, crs))
        errors.append(1000 * shapely.distance(shapely.points(back), plot.exterior).max())
    return Measured(
        "Where an edge surveyed in a plane comes to lie",
        "the straight edge in that plane, distance of places every half metre",
        f"{len(errors):,} plots, edges 20 m to 10 km, 18° to 53° N",
        6,
        np.array(errors),
        "mm",
        0.1,
    )


def shared_borders(scale: float) -> Measured:
    rng = np.random.default_rng(7)
    errors = []
    for length in between(rng, 20, 10_000, number(200, scale)):
        meridian = 3.0 * rng.integers(30, 43)
        crs = gauss_kruger_3_degrees(meridian)
        centre = shapely.Point(meridian + rng.uniform(-1.4, 1.4), rng.uniform(SOUTH, NORTH))
        start = np.array(reproject(as_array([centre]), LONLAT, crs)[0].coords[0])
        angle = rng.uniform(0, np.pi)
        along = length * np.array([np.cos(angle), np.sin(angle)])
        aside = 50.0 * np.array([-np.sin(angle), np.cos(angle)])
        steps = np.linspace(0, 1, max(int(length / 7), 3))[:, None]  # a vertex every 7 m
        dense = shapely.Polygon(np.vstack((start + steps * along, start + along - aside)))
        plain = shapely.Polygon([start, start + along, start + along + aside, start + aside])
        result = check(sites(plain, crs=crs), [(entry(), numbered(dense, crs=crs))])
        if set(result.hit["kind"].tolist()) - {"touch"}:
            errors.append(np.inf)  # an overlap that is none
        errors.append(1000 * result.site_layer["overlap_area_m2"][0] / length)
    return Measured(
        "Overlap of neighbours whose common border has 2 vertices on one side, one every 7 m on "
        "the other (mean width of what overlaps; any kind but a touch counts as infinite)",
        "none: they only touch",
        f"{number(200, scale):,} borders of 20 m to 10 km in any direction, 18° to 53° N",
        7,
        np.array(errors),
        "mm",
        0.1,
    )


def plane_areas(scale: float) -> Measured:
    rng = np.random.default_rng(8)
    errors = []
    for edge in between(rng, 20, 10_000, number(1_000, scale)):
        plot, crs = surveyed(rng, edge)
        sizes = measure_sites(to_cgcs2000(as_array([plot]), crs), "")
        same = sizes.planar_crs[0] == crs  # a plot across the zone's side may be in the next
        moved = reproject(to_cgcs2000(as_array([plot]), crs), LONLAT, sizes.planar_crs[0])[0]
        truth = plot.area if same else _shoelace(moved)
        errors.append(abs(sizes.planar_area_m2[0] / truth - 1))
    return Measured(
        "Plane area in the site's own 3° zone",
        "area of the corners as surveyed in that plane",
        f"{len(errors):,} plots, edges 20 m to 10 km",
        8,
        np.array(errors),
        "relative",
        1e-6,
    )


def _shoelace(polygon: shapely.Polygon) -> float:
    x, y = np.asarray(polygon.exterior.coords, dtype=np.longdouble).T
    x, y = x - x[0], y - y[0]
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)
