# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines from the site to the nearest features of the most important constraints."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import QgsVectorLayer
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.vocabulary import SEVERITY
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.plane_access import plane_features
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.sheet import Ground, NearestLine
from eco_onemap.layout.style_table import role_style
from eco_onemap.outputs.formatting import metres

MOST_LINES = 3
IMPORTANT = 2
"""Constraints up to this rank get a line up to twice as far as the largest ring."""
LENGTH_TOLERANCE = 0.01
"""A line drawn in the plane may differ this much from the geodesic distance that stands on it."""


def find_nearest_lines(
    loaded: LoadedMap, record: SiteRecord, ground: Ground, sheet: BaseGeometry
) -> tuple[NearestLine, ...]:
    """Return at most :data:`MOST_LINES` lines that lie on the sheet, most important first.

    Layers of which the check found something come before all others.
    """
    near = record.near_constraints()
    rows = sorted(
        [*near[:1], *(row for row in near[1:] if _is_worth_a_line(row, record))],
        key=lambda row: _importance(row, record),
    )
    lines: list[NearestLine] = []
    for row in rows:
        if len(lines) < MOST_LINES:
            line = _nearest_line(row, ground, loaded)
            if line is not None and sheet.covers(line):
                label = f"{record.entries[row['layer_id']].title} {metres(row['nearest_m'])}"
                lines.append(NearestLine(row["layer_id"], label, line))
    return tuple(lines)


def _importance(row: Row, record: SiteRecord) -> tuple[int, int, float]:
    verdict = record.layer_verdict(row["layer_id"])
    severity = SEVERITY[verdict] if verdict else 0
    return -severity, role_style(row["role"]).constraint, row["nearest_m"]


def _is_worth_a_line(row: Row, record: SiteRecord) -> bool:
    """Return whether a constraint is within the rings, or important and not far beyond them."""
    reach = max(record.assessment.options.rings_m, default=0.0)
    is_important = role_style(row["role"]).constraint <= IMPORTANT
    return bool(row["nearest_m"] <= (2 * reach if is_important else reach))


def _nearest_line(row: Row, ground: Ground, loaded: LoadedMap) -> BaseGeometry | None:
    """Return the shortest line to the layer, None if it is not as long as the check says."""
    distance = float(row["nearest_m"])
    west, south, east, north = ground.site.bounds
    reach = distance * (1 + LENGTH_TOLERANCE) + 1.0
    window = (west - reach, south - reach, east + reach, north + reach)
    parts = [
        plane_features(layer, window, ground.crs, loaded.project)
        for layer in loaded.parts(row["layer_id"])
        if isinstance(layer, QgsVectorLayer)
    ]
    features = shapely.clip_by_rect(np.concatenate([*parts, []]), *window)
    features = features[~shapely.is_empty(features)]
    if not len(features):
        return None
    lines = shapely.shortest_line(ground.site, features)
    shortest = lines[int(np.argmin(shapely.length(lines)))]
    agrees = abs(shortest.length - distance) <= LENGTH_TOLERANCE * distance + 0.01
    return shortest if agrees else None
