# SPDX-License-Identifier: GPL-2.0-or-later
"""People and risks: settlements, schools, hospitals, outfalls, metal works, no-burn zones."""

from __future__ import annotations

import numpy as np
import shapely

from city import places
from city.farmland import Fields
from city.guides import Point
from city.model import City
from city.plane import kept, to_degrees, to_plane
from city.shapes import randoms, village
from city.terrain import GRID
from city.units import priority
from city.writing import Layer, Row

VILLAGES = 110

FIRST = "上下前后东西南北大小新旧"
SECOND = "林陈坂厝洋埔坑溪湖岭墩浦塘亭桥"

IN_TOWN = [
    ("居住小区", 4, 2600), ("小学", 2, 1400), ("中学", 1, 2100), ("医院", 1, 900), ("养老院", 1,
    240),
]  # fmt: skip
"""In each town: kind, how many, people."""

OUTFALLS: list[tuple[str, str, Point]] = [
    ("汐城污水处理厂排口", "城镇", (118.478, 24.560)), ("汐北工业园排口", "工业",
    (118.530, 24.552)),
    ("汐湾化工园排口", "工业", (118.492, 24.452)), ("砂屿港排口", "工业", (118.520, 24.352)),
    ("砂屿污水处理厂排口", "城镇", (118.410, 24.362)), ("砂河口农业排口", "农业",
    (118.350, 24.352)),
    ("澜溪口农业排口", "农业", (118.600, 24.526)), ("澜湾养殖排口", "其他", (118.690, 24.560)),
    ("澜东污水处理厂排口", "城镇", (118.722, 24.578)), ("西南养殖排口", "其他", (118.255, 24.345)),
    ("澜东东排口", "其他", (118.786, 24.588)), ("砂屿岛排口", "城镇", (118.585, 24.425)),
]  # fmt: skip

METAL_WORKS: list[tuple[str, str, Point]] = [
    ("汐北电镀中心", "铬、镍", (118.547, 24.588)), ("汐湾蓄电池厂", "铅", (118.479, 24.447)),
    ("砂屿港冶炼厂", "铅、砷", (118.502, 24.396)), ("岚溪线路板厂", "铜、镍", (118.426, 24.629)),
    ("澜东铸造厂", "铅", (118.752, 24.622)),
]  # fmt: skip


def sensitive(city: City, fields: Fields) -> Layer:
    """Return settlements, schools and hospitals; some have no population figure."""
    rows: list[Row] = []
    for name, kind, shape, people in _villages(fields) + _towns(city):
        homes = None if kind not in ("村庄", "居住小区") or people is None else round(people / 3.1)
        rows.append((to_degrees(shape), (f"MG{len(rows) + 1:04d}", name, kind, people, homes)))
    columns = {"MBBH": "str:10", "MBMC": "str:60", "MBLX": "str:20", "RKS": "int:9", "HS": "int:9"}
    return Layer("sensitive", columns, rows, "Polygon")


Target = tuple[str, str, shapely.Polygon, int | None]


def _villages(fields: Fields) -> list[Target]:
    """Return villages on cells between the fields, spread evenly over the net."""
    cells = fields.blocked[:: max(1, len(fields.blocked) // VILLAGES)]
    found: list[Target] = []
    for number, cell in enumerate(cells):
        name = f"{FIRST[number % 12]}{SECOND[number // 12 % 15]}村"
        random = randoms(f"{name}{number}")
        inner = shapely.maximum_inscribed_circle(to_plane(cell), tolerance=5)
        centre, radius = shapely.get_coordinates(inner)[0], shapely.length(inner)
        radius = min(0.85 * radius, 110 + 110 * random.random())
        people = None if number % 17 == 5 else int(180 + 2400 * random.random() ** 2)
        found.append((name, "村庄", village(name, centre, radius), people))
    return found


def _towns(city: City) -> list[Target]:
    found: list[Target] = []
    for built in places.BUILT:
        if built.kind != "城镇":
            continue
        middle = shapely.get_coordinates(to_plane(shapely.Point(built.centre)))[0]
        names = [f"{built.name}{kind}{k + 1}" for kind, count, _ in IN_TOWN for k in range(count)]
        kinds = [(kind, people) for kind, count, people in IN_TOWN for _ in range(count)]
        for number, (name, (kind, people)) in enumerate(zip(names, kinds, strict=True)):
            angle, reach = 2.4 * number, built.radius * 111e3 * 0.22 * np.sqrt(number + 0.5)
            place = middle + reach * np.array([np.cos(angle), np.sin(angle)])
            crowd = int(people * (0.6 + 0.8 * randoms(name).random()))
            found.append(
                (name, kind, village(name, place, 130 if kind == "居住小区" else 90), crowd)
            )
    land = to_plane(city.area(city.land & ~priority(city)))
    shapely.prepare(land)
    return [target for target in found if shapely.contains_properly(land, target[2])]


def outfalls(city: City) -> Layer:
    """Return the outfalls, each 60 m off the coast nearest to its place."""
    coast = to_plane(shapely.multilinestrings([part.exterior for part in city.terrain.land]))
    rows: list[Row] = []
    for number, (name, kind, place) in enumerate(OUTFALLS, 1):
        mouth = _off_shore(city, coast, place)
        owner = f"虚构{name[:-2]}管理单位"
        rows.append(
            (mouth, (f"PK{number:03d}", name, kind, owner, f"海虚排备〔2025〕{number:02d}号"))
        )
    columns = {
        "PWKBM": "str:12",
        "PWKMC": "str:60",
        "PWKLX": "str:12",
        "ZRZT": "str:60",
        "BAH": "str:40",
    }
    return Layer("outfalls", columns, rows, "Point")


def _off_shore(city: City, coast: shapely.Geometry, place: Point) -> shapely.Point:
    """Return the sea point 60 m from the coast near *place* that is farthest from land."""
    foot = coast.interpolate(coast.project(to_plane(shapely.Point(place))))
    turns = np.radians(np.arange(0, 360, 10))
    around = to_degrees(shapely.points(foot.x + 60 * np.cos(turns), foot.y + 60 * np.sin(turns)))
    depth = GRID.sample(-city.terrain.coast, shapely.get_x(around), shapely.get_y(around))
    return around[int(depth.argmax())]


def metal_works() -> Layer:
    """Return the works that handle heavy metals."""
    rows: list[Row] = [
        (shapely.Point(place), (f"ZJ{number:03d}", name, metals, "较大" if number < 4 else "一般"))
        for number, (name, metals, place) in enumerate(METAL_WORKS, 1)
    ]
    columns = {"QYBM": "str:12", "QYMC": "str:60", "ZJSZL": "str:20", "FXJB": "str:10"}
    return Layer("heavy_metal", columns, rows, "Point")


def nofuel(city: City) -> Layer:
    """Return the zones where high-pollution fuel must not be burnt: the towns and their rims."""
    rows: list[Row] = []
    land = city.area(city.land)
    for built in places.BUILT:
        if built.kind == "城镇":
            outline = city.terrain.patch(built.centre, 1.22 * built.radius, built.stretch)
            zone = kept(shapely.intersection(shapely.simplify(outline, 5e-5), land))
            values = (f"JRQ{len(rows) + 1:02d}", f"{built.name}高污染燃料禁燃区", "Ⅲ类（严格）")
            rows.append((zone, values))
    return Layer("nofuel", {"JRQBM": "str:10", "JRQMC": "str:60", "RLLB": "str:20"}, rows)
