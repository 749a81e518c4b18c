# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers on land that are cut from the mosaic: counties, red line, water zones, reserves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import shapely

from city import places
from city.eco import SEA_RED_LINE
from city.model import SETBACK_M, City, Flags
from city.noise import EAST_SCALE
from city.plane import ellipsoid_area_m2
from city.terrain import longest_inside
from city.writing import Layer, Row

SEA_NAME = "海湾市管辖海域"


def hectares(geometry: shapely.Geometry) -> float:
    """Return the area in hectares, to 1 m²."""
    return round(ellipsoid_area_m2(geometry) / 1e4, 4)


def admin(city: City) -> Layer:
    """Return the counties and the sea that the city governs."""
    keys = [code or places.CITY_CODE for code in city.county]
    names = {**places.COUNTIES, places.CITY_CODE: SEA_NAME}
    rows: list[Row] = []
    for code, shape in city.mosaic.dissolve(np.ones(len(keys), bool), keys).items():
        level = "海域" if code == places.CITY_CODE else "县级"
        rows.append((shape, (code, names[str(code)], level, hectares(shape), "虚构数据")))
    fields = {
        "XZQDM": "str:12",
        "XZQMC": "str:60",
        "XZQJB": "str:10",
        "MJ_HA": "float",
        "BZ": "str:60",
    }
    return Layer("admin", fields, rows)


def redline(city: City) -> Layer:
    """Return the ecological red line by range, core zone and county."""
    names = _red_names(city)
    core = np.where(city.core, "是", "否")
    keys = [
        (county or places.CITY_CODE, name, kind, within, "land" if county else "sea")
        for county, (name, kind), within in zip(city.county, names, core, strict=True)
    ]
    rows: list[Row] = []
    number = _numbering()
    for key, shape in city.mosaic.dissolve(city.red, keys).items():
        county, name, kind, within, domain = key
        code = f"HX{number(str(county))}"
        values = (
            code,
            f"{name}{kind}生态保护红线",
            kind,
            within,
            domain,
            hectares(shape),
            "已勘界",
        )
        rows.append((shape, values))
    fields = {"HXBM": "str:20", "HXMC": "str:80", "HXLX": "str:40", "SFHXBHQ": "str:4",
        "HLSX": "str:8",
              "MJ_HA": "float", "KJZT": "str:20"}  # fmt: skip
    return Layer("redline", fields, rows)


def _red_names(city: City) -> list[tuple[str, str]]:
    """Return name and type of the red line at each face: the sea part's, else the hills'."""
    inner = shapely.point_on_surface(city.mosaic.faces)
    x, y = shapely.get_x(inner), shapely.get_y(inner)
    seats = np.array([seat for _, _, seat in places.HILLS])
    far = np.hypot((x[:, None] - seats[:, 0]) * EAST_SCALE, y[:, None] - seats[:, 1])
    hill = far.argmin(axis=1)
    sea = city.mosaic.labels["sea_red"]
    mangrove = city.mosaic.labels["reserve"] == 1
    sea = np.where((sea < 0) & mangrove, 0, sea)
    return [
        SEA_RED_LINE[at_sea][:2] if at_sea >= 0 else places.HILLS[on_land][:2]
        for at_sea, on_land in zip(sea.tolist(), hill.tolist(), strict=True)
    ]


def _numbering() -> Callable[[str], str]:
    """Return a function that appends the next four-digit number to a prefix."""
    used: dict[str, int] = {}

    def number(prefix: str) -> str:
        used[prefix] = used.get(prefix, 0) + 1
        return f"{prefix}{used[prefix]:04d}"

    return number


def drinking_zones(city: City) -> Layer:
    """Return the protection zones of all sources; the repealed ones say so in ZT."""
    words = {"1": "一级保护区", "2": "二级保护区", "3": "准保护区"}
    rows: list[Row] = []
    for source, level, shape in _zone_shapes(city):
        state = "现行" if source.in_force else "已撤销"
        rows.append((shape, (
            f"{source.code}-{level}", f"{source.name}{words[level]}", source.code, source.name,
                level,
            source.source_type, source.approval, state, hectares(shape),
        )))  # fmt: skip
    fields = {"BHQBM": "str:20", "BHQMC": "str:80", "SYDDM": "str:16", "SYDMC": "str:60",
        "BHQJB": "str:2",
              "SYDLX": "str:12", "PFWH": "str:60", "ZT": "str:10", "MJ_HA": "float"}  # fmt: skip
    return Layer("drinking_zones", fields, rows)


def _zone_shapes(city: City) -> Iterator[tuple]:
    stricter = np.zeros(len(city.county), dtype=bool)
    inside: dict[str, Flags] = {}
    for level in ("1", "2", "3"):
        inside[level] = city.mosaic.within(f"zone{level}") & ~stricter
        stricter |= inside[level]
    in_force = [source for source in city.sources if source.in_force]
    for number, source in enumerate(in_force):
        for level in source.level:
            chosen = inside[level] & (city.mosaic.labels[f"zone{level}"] == number)
            yield source, level, city.area(chosen)
    for source in city.sources:
        if not source.in_force:
            yield from ((source, level, source.zone(level)) for level in source.level)


def intakes(city: City) -> Layer:
    """Return the intakes of drinking water."""
    rows: list[Row] = [
        (point, (f"{source.code}-Q{number}", name, source.code, source.source_type, population))
        for source in city.sources
        for number, (name, point, population) in enumerate(source.intakes, 1)
    ]
    fields = {
        "QSKDM": "str:20",
        "QSKMC": "str:60",
        "SYDDM": "str:16",
        "SYDLX": "str:12",
        "FWRK": "int",
    }
    return Layer("intakes", fields, rows, "Point")


def reserves(city: City) -> Layer:
    """Return the zones of the nature reserves; those of one reserve fit each other."""
    label, rows = city.mosaic.labels["reserve"], []
    for number, patch in enumerate(city.whole):
        for zone, chosen in (("核心保护区", city.core), ("一般控制区", ~city.core)):
            here = chosen & (label == number)
            if here.any():
                shape = city.area(here)
                code = f"BHD9901{number + 1:02d}{'1' if zone == '核心保护区' else '2'}"
                rows.append(
                    (shape, (code, patch.name, patch.kind, zone, patch.grade, hectares(shape)))
                )
    fields = {"BHDBM": "str:16", "BHDMC": "str:60", "BHDLX": "str:20", "GKFQ": "str:20",
        "BHDJB": "str:10",
              "MJ_HA": "float"}  # fmt: skip
    return Layer("reserves", fields, rows)


def wetlands(city: City) -> Layer:
    """Return the wetlands: on the coast only what the tide reaches, inland all of it."""
    label = city.mosaic.labels["wetland"]
    coastal = np.array([patch.name.endswith(("红树林湿地", "滩涂湿地")) for patch in city.wetlands])
    chosen = (label >= 0) & (city.land != coastal[label])
    keys = [city.wetlands[number].name for number in label]
    found = {patch.name: patch for patch in city.wetlands}
    rows: list[Row] = []
    for number, (name, shape) in enumerate(city.mosaic.dissolve(chosen, keys).items(), 1):
        patch = found[str(name)]
        kind = "红树林" if patch.kind == "1" else "沿海滩涂" if "滩涂" in patch.name else "内陆湿地"
        rows.append(
            (shape, (f"SD9901{number:03d}", name, patch.grade, patch.kind, kind, hectares(shape)))
        )
    fields = {"SDBM": "str:16", "SDMC": "str:60", "SDJB": "str:20", "SFHSL": "str:2",
        "SDLX": "str:20",
              "MJ_HA": "float"}  # fmt: skip
    return Layer("wetlands", fields, rows)


def setback(city: City) -> Layer:
    """Return the strip along the coast where building is limited, its seaward edge the coast."""
    chosen = city.land & city.mosaic.within("setback")
    rows: list[Row] = []
    for number, (county, shape) in enumerate(city.mosaic.dissolve(chosen, city.county).items(), 1):
        name = f"{places.COUNTIES[str(county)]}海岸建筑退缩线控制带"
        rows.append((shape, (f"TSX{number:03d}", name, SETBACK_M)))
    return Layer("setback", {"TSXBM": "str:12", "TSXMC": "str:60", "KD_M": "float"}, rows)


def coverages(city: City) -> dict[str, Layer]:
    """Return, by file stem, where some layers are mapped; beyond, they say nothing."""
    counties = np.array(city.county)
    areas = {
        "coverage_soil_register": counties != "990104",
        "coverage_farmland": ~(city.land & city.mosaic.within("west")),
        "coverage_sea_risk_grid": ~(~city.land & city.mosaic.within("hole")),
    }
    fields = {"MC": "str:60", "BZ": "str:60"}
    return {
        stem: Layer(stem, fields, [(city.area(chosen), ("已填图范围", "虚构数据"))])
        for stem, chosen in areas.items()
    }


def rivers(city: City) -> Layer:
    """Return the rivers' courses, drawn from source to mouth; none belongs to the Yangtze."""
    rows: list[Row] = [
        (
            _in_region(city, river.course),
            (f"HL{number:03d}", river.name, river.river_class, "独流入海水系", "顺向"),
        )
        for number, river in enumerate(city.terrain.rivers, 1)
    ]
    fields = {
        "HLBM": "str:12",
        "HLMC": "str:40",
        "HLJB": "str:30",
        "SSSX": "str:30",
        "LXFX": "str:10",
    }
    return Layer("river_reach", fields, rows, "LineString")


def _in_region(city: City, course: shapely.LineString) -> shapely.LineString:
    inside = longest_inside(course, city.terrain.region)
    return shapely.transform(inside, lambda points: np.round(points, 9))
