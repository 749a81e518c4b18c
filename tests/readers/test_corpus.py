# SPDX-License-Identifier: GPL-2.0-or-later
"""Every text and table of tests/data/sites: what comes out is what expected.csv says."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from eco_onemap.cli.table_options import SHAPES
from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions

FOLDER = Path(__file__).parents[1] / "data" / "sites"
TEXTUAL = (".txt", ".csv", ".tsv", ".dat", ".xlsx", ".xls")


def expected_rows() -> list[dict[str, str]]:
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if not row["file"].startswith("gis/")]


ROWS = expected_rows()
GOOD = [row for row in ROWS if not row["message"]]
BAD = [row for row in ROWS if row["message"]]


def name_of(row: dict[str, str]) -> str:
    return f"{row['file']} {row['options']}".strip()


def read(row: dict[str, str], monkeypatch) -> RawSites:
    monkeypatch.chdir(FOLDER)  # so that messages name the file alone
    given = dict(pair.split("=", 1) for pair in row["options"].split())
    table = TableOptions(
        sheet=given.get("sheet", ""),
        angle=AngleNotation(given["angle"]) if "angle" in given else None,
        shape=SHAPES.get(given.get("shape", "")),
        encoding=given.get("encoding", ""),
    )
    return read_sites(row["file"], id_field=given.get("id"), crs=given.get("crs"), table=table)


def test_the_corpus_is_large_and_no_file_is_without_an_expectation():
    files = {path.name for path in FOLDER.iterdir() if path.suffix in TEXTUAL} - {"expected.csv"}
    assert files == {row["file"] for row in ROWS}
    assert len(files) >= 60
    assert len(BAD) >= 25


def test_text_files_are_those_that_the_script_makes(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_files", FOLDER / "make_text_files.py")
    script = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "make_files", script)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    script.main()
    made = [path for path in tmp_path.iterdir() if path.suffix != ".xlsx"]
    assert len(made) > 80
    for path in made:
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


@pytest.mark.parametrize("row", GOOD, ids=name_of)
def test_good_file(row, monkeypatch):
    sites = read(row, monkeypatch)
    assert (sites.crs or "") == row["crs"]
    assert sorted(note.key for note in sites.notes) == sorted(row["notes"].split())
    problems = [f"{number}:{why.key}" for number, why in sites.problems.items()]
    assert problems == row["problems"].split()
    expected = row["geometry"].split("|")
    assert len(sites) == len(expected)
    for geometry, text in zip(sites.geometries, expected, strict=True):
        assert_same(geometry, text)
    assert_evidence(sites, row["evidence"])
    areas = sites.columns.get("declared_area_m2", [])
    if row["declared_m2"]:
        assert [f"{area:.2f}" for area in areas] == row["declared_m2"].split()


def assert_same(geometry: shapely.Geometry | None, text: str) -> None:
    circle = re.fullmatch(r"(PLANE_)?CIRCLE \((\S+) (\S+), (\S+)\)", text)
    if text == "-":
        assert geometry is None
    elif circle:
        assert_circle(geometry, bool(circle[1]), *map(float, circle.groups()[1:]))
    else:
        truth = shapely.from_wkt(text)
        tolerance = 1e-9 if abs(truth.bounds[0]) < 180 else 1e-6
        assert geometry.normalize().equals_exact(truth.normalize(), tolerance), geometry.wkt


def assert_circle(geometry, plane: bool, x: float, y: float, radius: float) -> None:
    corners = shapely.get_coordinates(geometry.exterior)[:-1]
    middle = np.tile([x, y], (len(corners), 1))
    if plane:
        distances = np.hypot(*(corners - middle).T)
    else:
        distances = Geod(ellps="GRS80").inv(*middle.T, *corners.T)[2]
    assert len(corners) == 360
    np.testing.assert_allclose(distances, radius, atol=1e-6)
    assert geometry.contains(shapely.Point(x, y))


def assert_evidence(sites: RawSites, text: str) -> None:
    """See that a file that leaves its CRS open tells of it what is listed, and nothing else."""
    if sites.crs is not None:
        assert not text
        return
    silent = asdict(CrsEvidence())
    found = asdict(sites.evidence)
    told = [f"{name}={value}" for name, value in found.items() if value != silent[name]]
    assert sorted(told) == sorted(text.split())


@pytest.mark.parametrize("row", BAD, ids=name_of)
def test_bad_file(row, monkeypatch):
    with pytest.raises(EcoOneMapError) as caught:
        read(row, monkeypatch)
    assert caught.value.message.text("en") == row["message"]
    assert all(caught.value.message.text(language) for language in LANGUAGES)
