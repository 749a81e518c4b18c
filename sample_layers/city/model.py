# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole city before it is cut into layers: terrain, protected areas and their mosaic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from city import eco, places, water
from city.mosaic import Mosaic, make_cells, make_mosaic
from city.noise import Warp
from city.plane import buffer_m
from city.terrain import GRID, Terrain, make_terrain

SETBACK_M = 200.0

PROTECTED_ISLAND = 3
"""The member of the sea's red line whose island is red line too (澜礁)."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class City:
    """What all layers are made from."""

    terrain: Terrain
    reserves: list[eco.Patch]
    wetlands: list[eco.Patch]
    sources: list[water.Source]
    mosaic: Mosaic

    @cached_property
    def land(self) -> Flags:
        """Which faces are land."""
        return self.mosaic.within("land")

    @cached_property
    def county(self) -> list[str]:
        """The county code of each face, "" at sea."""
        cells = self.mosaic.labels["cell"]
        codes = np.array([code for code, _, _ in places.CELLS], dtype=object)[cells]
        return list(np.where(self.land, codes, ""))

    @cached_property
    def core(self) -> Flags:
        """Which faces are in the core zone of a reserve."""
        return self.mosaic.within("core")

    @cached_property
    def red(self) -> Flags:
        """Which faces are ecological red line: high hills and nature reserves, parts of the sea."""
        within = self.mosaic.within
        parks = [number for number, patch in enumerate(self.whole) if patch.kind == "自然公园"]
        nature_reserve = within("reserve") & ~np.isin(self.mosaic.labels["reserve"], parks)
        island = self.mosaic.labels["sea_red"] == PROTECTED_ISLAND
        on_land = (within("hill") | nature_reserve | island) & ~within("enclave")
        return np.where(self.land, on_land, within("sea_red") | nature_reserve)

    @property
    def whole(self) -> list[eco.Patch]:
        """The reserves as wholes."""
        return [patch for patch in self.reserves if patch.zone == "一般控制区"]

    def area(self, chosen: Flags) -> shapely.Geometry:
        """Return the chosen faces as one geometry."""
        return self.mosaic.dissolve(chosen, [""] * len(chosen))[""]


def make_city() -> City:
    """Return the city, the same on every run."""
    terrain = make_terrain()
    reserves, wetlands = eco.reserves(terrain), eco.wetlands(terrain)
    sources = water.sources(terrain)
    sets = {
        **_land_sets(terrain),
        **_sea_sets(terrain),
        **_water_sets(sources),
        "reserve": [patch.outline for patch in reserves if patch.zone == "一般控制区"],
        "core": [patch.outline for patch in reserves if patch.zone == "核心保护区"],
        "wetland": [patch.outline for patch in wetlands],
    }
    return City(terrain, reserves, wetlands, sources, make_mosaic(terrain.region, sets))


def _land_sets(terrain: Terrain) -> dict[str, list[shapely.Geometry]]:
    west = GRID.contour(118.292 - GRID.x + 0.012 * terrain.rough)[0]
    return {
        "land": list(terrain.land),
        "cell": list(
            make_cells([seat for _, _, seat in places.CELLS], Warp(41, 0.0100, 0.07, gain=0.42))
        ),
        "hill": list(eco.hills(terrain, eco.RED_LINE_M)),
        "slope": list(eco.hills(terrain, eco.ECO_SPACE_M)),
        "enclave": list(eco.enclaves(terrain)),
        "built": [
            terrain.patch(built.centre, built.radius, built.stretch) for built in places.BUILT
        ],
        "setback": [buffer_m(terrain.land[0].exterior, SETBACK_M)],
        "west": [west],
    }


def _sea_sets(terrain: Terrain) -> dict[str, list[shapely.Geometry]]:
    functions = [part.seat for part in places.SEA_FUNCTIONS]
    risks = [part.seat for part in places.SEA_RISKS]
    return {
        "sea_red": [patch.outline for patch in eco.sea_red_line(terrain)],
        "sea_key": [
            terrain.patch(built.centre, built.radius, built.stretch) for built in places.SEA_KEY
        ],
        "function": list(make_cells(functions, Warp(43, 0.0070, 0.05, gain=0.42))),
        "risk": list(make_cells(risks, Warp(45, 0.0070, 0.05, gain=0.42))),
        "hole": [terrain.patch(*hole) for hole in places.GRID_HOLES],
    }


def _water_sets(sources: list[water.Source]) -> dict[str, list[shapely.Geometry]]:
    """Return the outlines by level of the sources in force, none where a source has no level."""
    sets: dict[str, list[shapely.Geometry]] = {}
    for level in ("1", "2", "3"):
        outlines = [source.level.get(level) for source in sources if source.in_force]
        sets[f"zone{level}"] = [outline or shapely.Polygon() for outline in outlines]
    return sets
