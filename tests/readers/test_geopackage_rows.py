# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoPackages in bulk give what the general reader gives, or leave the file to it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
import shapely

from eco_onemap.paths import sample
from eco_onemap.readers import layers
from eco_onemap.readers.geopackage_rows import find_plain_rows
from eco_onemap.readers.layers import open_vector

from .sources import ROWS, write_curve, write_layer

FIELDS = {"t": "str:9", "i": "int:9", "f": "float"}
PLAIN = [
    ("POINT (118 24)", {"t": "甲", "i": 1, "f": 0.5}),
    (None, {"t": None, "i": None, "f": None}),
    ("POLYGON EMPTY", {"t": "", "i": -2, "f": -1e300}),
    ("POINT Z (118 24 7)", {"t": "'\"", "i": 2**31 - 1, "f": 3.0}),
]


def read(path: Path, name: str | None = None):
    with open_vector(path) as file:
        return file.read(name or file.names[0])


def generally(path: Path, monkeypatch, name: str | None = None):
    with monkeypatch.context() as patch:
        patch.setattr(layers, "find_plain_rows", lambda *_: None)
        return read(path, name)


def assert_same(one, other) -> None:
    assert list(one.columns) == list(other.columns)
    for name, values in one.columns.items():
        assert values.dtype == other.columns[name].dtype, name
        np.testing.assert_array_equal(values, other.columns[name])
    assert one.feature_ids.tolist() == other.feature_ids.tolist()
    assert (one.crs, one.driver, one.has_z) == (other.crs, other.driver, other.has_z)
    assert (
        shapely.is_missing(one.geometries).tolist() == shapely.is_missing(other.geometries).tolist()
    )
    present = ~shapely.is_missing(one.geometries)
    assert shapely.equals_identical(one.geometries[present], other.geometries[present]).all()


@pytest.mark.parametrize("rows", [PLAIN, PLAIN[:1], [], [PLAIN[1]] * 3])
def test_bulk_and_general_reading_agree(tmp_path, monkeypatch, rows):
    path = write_layer(tmp_path / "a.gpkg", rows, fields=FIELDS, geometry="Unknown")
    assert find_plain_rows(path, "a", FIELDS) is not None
    assert_same(read(path), generally(path, monkeypatch))


@pytest.mark.parametrize(
    ("name", "layer"),
    [("sites.gpkg", "polygons"), ("sites.gpkg", "points"), ("redline.gpkg", None),
     ("admin.gpkg", None)],
)  # fmt: skip
def test_the_sample_s_layers_are_the_same_either_way(monkeypatch, name, layer):
    assert_same(read(sample(name), layer), generally(sample(name), monkeypatch, layer))


def test_holes_and_parts_come_in_bulk(tmp_path, monkeypatch):
    path = write_layer(tmp_path / "a.gpkg", ROWS)
    assert_same(read(path), generally(path, monkeypatch))


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE a SET i = 'seven'",  # SQLite keeps whatever it is given
        "UPDATE a SET geom = x'47500001'",
        "UPDATE a SET geom = x'00'",
        "ALTER TABLE a RENAME TO b",
    ],
)
def test_what_is_not_plain_is_left_to_the_general_reader(tmp_path, spoil):
    path = write_layer(tmp_path / "a.gpkg", PLAIN[:1], fields=FIELDS, SPATIAL_INDEX="NO")
    with sqlite3.connect(path) as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(spoil)
    database.close()
    assert find_plain_rows(path, "a", FIELDS) is None


def test_curves_and_dates_are_left_to_the_general_reader(tmp_path):
    curve = write_curve(tmp_path / "curve.gpkg")
    assert find_plain_rows(curve, "curve", {"code": "str"}) is None
    assert read(curve).curved
    assert find_plain_rows(curve, "curve", {"day": "date"}) is None
    text = tmp_path / "notes.gpkg"
    text.write_text("these are my notes", encoding="utf-8")
    assert find_plain_rows(text, "a", {}) is None
