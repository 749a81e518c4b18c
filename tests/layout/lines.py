# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines in the plane and their courses, for strip maps that are placed but not drawn."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Transformer

from eco_onemap.core.measures.chainage import Chainages
from eco_onemap.layout.strips.course import Course, find_course
from tests.layout.town import PLANE

TO_DEGREES = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True)


def course_of(*parts: shapely.LineString, start_m: float = 0.0) -> Course:
    """The course of a line with these parts, given in the town's plane."""

    def moved(points):
        return np.column_stack(TO_DEGREES.transform(*points.T))

    dense = shapely.segmentize(shapely.multilinestrings(list(parts)), 25.0)
    degrees = shapely.transform(dense, moved)
    return find_course(Chainages(np.array([degrees]), start_m), PLANE)
