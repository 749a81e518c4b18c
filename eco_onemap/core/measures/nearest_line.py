# SPDX-License-Identifier: GPL-2.0-or-later
"""The line from a site to a feature, to be drawn."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from eco_onemap.core.geometry.local_frames import (
    frame_sites,
    geometries_out_of_frames,
    into_frames,
)
from eco_onemap.core.layers.compiled import CompiledLayer


def find_nearest_line(
    site: BaseGeometry, layer: CompiledLayer, feature_id: str
) -> BaseGeometry | None:
    """Return the shortest line from *site* to a feature of *layer*, None if it has no geometry.

    Site and line are in CGCS2000 longitude and latitude; the line is shortest in the plane frame
    around the site, where distances up to some hundred kilometres are those on the ellipsoid.
    """
    numbers = np.flatnonzero(layer.feature_ids.astype(str) == feature_id)
    pieces = layer.pieces[np.isin(layer.owners, numbers)]
    if not len(pieces):
        return None
    frames = frame_sites(np.array([site], dtype=object))
    anchors = np.repeat(frames.anchors, len(pieces), axis=0)
    lines = shapely.shortest_line(frames.geometries[0], into_frames(pieces, anchors))
    shortest = lines[[int(np.argmin(shapely.length(lines)))]]
    line: BaseGeometry = geometries_out_of_frames(shortest, frames.anchors)[0]
    return line
