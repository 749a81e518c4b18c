# SPDX-License-Identifier: GPL-2.0-or-later
"""Names the areas of the city that places are looked for in."""

from __future__ import annotations

import numpy as np
import shapely

from city import places
from city.farmland import Fields
from city.ground import Ground
from city.guides import REGION
from city.model import City
from city.plane import to_plane
from city.units import priority
from city.writing import Layer

FRAME = shapely.box(117.9, 24.1, 119.1, 25.0)


def make_ground(city: City, fields: Fields, layers: dict[str, Layer]) -> Ground:
    """Return the ground with all areas that sites are laid out by; *layers* by name."""
    ground = Ground()
    _add_zones(ground, city)
    _add_sea(ground, city)
    _add_borders(ground, city, layers)
    ground.add("fields", shapely.union_all(fields.shapes, grid_size=1e-9))
    ground.add("basic", shapely.union_all(fields.shapes[fields.basic], grid_size=1e-9))
    poor = fields.soil_class != "1"
    ground.add("poor fields", shapely.union_all(fields.shapes[poor], grid_size=1e-9))
    strict = fields.mapped & (fields.soil_class == "3")
    ground.add("strict fields", shapely.union_all(fields.shapes[strict]))
    for name in ("sensitive", "nofuel", "coastline", "wetlands"):
        ground.add(name, shapely.union_all([shape for shape, _ in layers[name].rows]))
    ground.put("near people", shapely.buffer(ground.things["sensitive"], 130))
    natural = [shape for shape, row in layers["coastline"].rows if row[2] == "自然岸线"]
    ground.add("natural coast", shapely.union_all(natural))
    ground.put("coast", ground.things.pop("coastline"))
    ground.put("wetland", ground.things.pop("wetlands"))
    return ground


def _add_zones(ground: Ground, city: City) -> None:
    within = city.mosaic.within
    unprotected = within("reserve") & ~city.red & city.land
    areas = {
        "red": city.red, "red on land": city.red & city.land,
        "core": city.core & city.red & city.land,
        "reserve": within("reserve"), "park": unprotected, "priority": priority(city),
        "eco space": priority(city) & ~city.red & ~within("reserve") & ~within("zone2"),
        "enclave": within("enclave"), "zone1": within("zone1"),
        "zone2": within("zone2") & ~within("zone1"), "zone3": within("zone3") & ~within("zone2"),
        "setback": city.land & within("setback"), "land": city.land, "sea": ~city.land,
    }  # fmt: skip
    for name, chosen in areas.items():
        ground.add(name, city.area(chosen))
    ground.add("lake", city.terrain.lake)
    ground.add("river", shapely.multilinestrings([r.course for r in city.terrain.rivers]))
    former = next(source for source in city.sources if not source.in_force)
    ground.add("former", former.level["2"])
    whole = [source.level["3"] for source in city.sources if "3" in source.level]
    ground.add("rim of zone3", shapely.boundary(shapely.union_all(whole)))


def _add_sea(ground: Ground, city: City) -> None:
    labels = city.mosaic.labels
    for value in "1234":
        numbers = [k for k, part in enumerate(places.SEA_FUNCTIONS) if part.value == value]
        ground.add(
            f"function {value}", city.area(~city.land & np.isin(labels["function"], numbers))
        )
    key = [number for number, part in enumerate(places.SEA_RISKS) if part.key_area == "是"]
    ground.add("key sea", city.area(~city.land & np.isin(labels["risk"], key)))
    ground.add("hole", city.area(~city.land & city.mosaic.within("hole")))


def _add_borders(ground: Ground, city: City, layers: dict[str, Layer]) -> None:
    edges = {name: [shapely.boundary(shape) for shape, _ in layers[name].rows] for name in layers
             if name in ("admin", "control_units")}  # fmt: skip
    ground.add("county", shapely.union_all(edges["admin"]))
    ground.add("unit", shapely.union_all(edges["control_units"]))
    neighbours = [
        shapely.boundary(shape)
        for shape, row in layers["control_units"].rows
        if row[1] in ("汐城区汐江下游一般管控单元", "汐城区汐湾北岸一般管控单元")
    ]
    seam = shapely.intersection(*neighbours)
    ground.add("seam of units", seam)
    counties = np.array(city.county)
    ground.add("unmapped", city.area(counties == "990104"))
    ground.add("west", city.area(city.land & city.mosaic.within("west")))
    ground.add("region", city.area(np.ones(len(counties), dtype=bool)))
    ground.put("outside", shapely.difference(to_plane(FRAME), ground.things["region"]))
    ground.add("limit", city.area(np.ones(len(counties), dtype=bool)).exterior)
    ground.add("meridian", shapely.LineString([(118.5, REGION[0][1]), (118.5, 24.80)]))
