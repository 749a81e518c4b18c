# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of the sites at clauses of the access list, risk sources, and limits within error."""

from __future__ import annotations

import shapely

from city.ground import Ground
from city.sites import Shapes

NEAR_M = {"coast": 800, "basic": 4.5, "soil": 185}
"""So near they are: within the first kilometre of the coast, of which the city's list speaks;
within the 5 m to which the bounds of permanent farmland are known; and beside a listed parcel."""


def further_sites(ground: Ground) -> Shapes:
    """Return the sites that the access list, a risk source or the data's accuracy decides."""
    for name, width in NEAR_M.items():
        ground.put(f"near {name}", shapely.buffer(ground.things[name], width, quad_segs=2))
    inland = {"river": 1200, "coast": 1500}
    farm = {"basic": 2.5, "poor fields": 30, "soil": 1100, "suspect": 300}
    return {
        "P71": ground.lot("P71", (118.470, 24.470), 150, 110, meet="near coast"),
        "P72": ground.lot("P72", (118.465, 24.615), 150, 110, clearance=inland),
        "P73": ground.lot(
            "P73", (118.476, 24.613), 90, 70, meet="near soil", clearance={"nofuel": 100}
        ),
        "P74": ground.lot(
            "P74", (118.570, 24.625), 60, 40, meet="near basic", allow="fields", clearance=farm
        ),
    }
