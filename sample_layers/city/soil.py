# SPDX-License-Identifier: GPL-2.0-or-later
"""The register of contaminated land and the list of suspected land: all plants are invented.

``soil_register.csv`` and ``soil_suspect.csv`` say what there is: a size of 0 stands for a point,
no coordinates for an entry in words only.
"""

from __future__ import annotations

import csv
from pathlib import Path

import shapely

from city.ground import ORIGIN, Ground
from city.plane import to_degrees
from city.shapes import lot
from city.writing import Layer, Row

Entry = dict[str, str]

NEAR = {"soil": 500, "suspect": 500, "sensitive": 120, "basic": 120, "red": 600, "reserve": 600}


def make_register(ground: Ground) -> Layer:
    """Return the register; polygons, points, and rows that give their bounds in words only."""
    rows: list[Row] = []
    for number, entry in enumerate(_entries("soil_register.csv"), 1):
        shape = _placed(ground, entry, "soil")
        rows.append((shape, (f"WR9901{number:03d}", *_register_values(entry))))
    fields = {
        "DKBM": "str:16", "DKMC": "str:60", "DKDZ": "str:80", "SZ": "str:120", "SZJD": "str:20",
        "FXDJ": "str:4", "ZYWRW": "str:60", "LRRQ": "str:10", "YCRQ": "str:10", "PC": "str:30",
        "PGYT": "str:40", "SFDB": "str:4",
    }  # fmt: skip
    return Layer("soil_register", fields, rows, "Unknown")


def make_suspects(ground: Ground) -> Layer:
    """Return suspected parcels, supervised plants and sites of closed plants."""
    rows: list[Row] = []
    for number, entry in enumerate(_entries("soil_suspect.csv"), 1):
        values = (f"YS9901{number:03d}", entry["name"], entry["trade"], entry["kind"])
        rows.append((_placed(ground, entry, "suspect"), values))
    fields = {"DKBM": "str:16", "DKMC": "str:60", "HYLB": "str:30", "LX": "str:20"}
    return Layer("soil_suspect", fields, rows, "Unknown")


def _entries(file: str) -> list[Entry]:
    with Path(__file__).with_name(file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _register_values(entry: Entry) -> tuple[str | None, ...]:
    place = entry["name"].removeprefix("原")[:2]
    bounds = f"东至虚构路，南至{place}河，西至虚构厂围墙，北至{place}大道"
    return (
        entry["name"], f"海湾市（虚构）{place}片区", bounds, entry["stage"], entry["risk"],
        entry["pollutants"], entry["listed"], entry["removed"] or None, entry["batch"],
        entry["use"], entry["reached"],
    )  # fmt: skip


def _placed(ground: Ground, entry: Entry, kind: str) -> shapely.Geometry | None:
    """Return the entry's parcel on free ground near its place, and make it known to the ground."""
    if not entry["lon"]:
        return None
    size_m = float(entry["size_m"])
    shape = lot(entry["name"], ORIGIN, size_m or 60, 0.8 * (size_m or 60))
    hint = (float(entry["lon"]), float(entry["lat"]))
    found = ground.find(shape, hint, clearance=NEAR, allow="unmapped")
    found = found if size_m else shapely.centroid(found)
    ground.put(kind, found)
    ground.put(entry["name"], found)
    return to_degrees(found)
