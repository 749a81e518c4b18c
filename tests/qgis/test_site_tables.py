# SPDX-License-Identifier: GPL-2.0-or-later
"""The corpus of text and tables through the algorithms: the same sites, or the same sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from qgis.core import QgsFeature, QgsProcessingException

from eco_onemap.cli.main import run
from eco_onemap.core.errors import InputError
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.readers.results import read_results
from tests.readers.test_corpus import FOLDER, ROWS, name_of, read

from .test_sitingcheck import Listener
from .world import DAY, World, make_world, plain_rows

ANGLES = ["", "decimal", "dms", "packed"]
SHAPES = ["", "point", "line", "polygon"]
NAMES = {"id": "ID_FIELD", "crs": "SITE_CRS", "sheet": "SITE_LAYER_NAME", "encoding": "ENCODING"}
"""Options of expected.csv to parameters of the algorithms; angle and shape are choices."""


def parameters_of(row: dict[str, str]) -> dict[str, object]:
    given = dict(pair.split("=", 1) for pair in row["options"].split())
    made: dict[str, object] = {"SITES_FILE": str(FOLDER / row["file"])}
    for option, value in given.items():
        choices = {"angle": ANGLES, "shape": SHAPES}.get(option)
        name = NAMES.get(option, option.upper())
        made[name] = value if choices is None else choices.index(value)
    return made


def headless(row: dict[str, str], monkeypatch):
    """Return the sites as the command line builds them, or the sentence of the refusal."""
    given = dict(pair.split("=", 1) for pair in row["options"].split())
    try:
        return build_site_set(read(row, monkeypatch), SiteSettings(crs=given.get("crs", "")))
    except InputError as error:
        return error.message.text("en").replace(row["file"], str(FOLDER / row["file"]))


def in_qgis(processing_module, row: dict[str, str], listener: Listener):
    parameters = parameters_of(row) | {"OUTPUT": "memory:", "CARE": "memory:"}
    try:
        return processing_module.run("ecoonemap:importsites", parameters, feedback=listener)
    except QgsProcessingException as error:
        return str(error)


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_import_gives_what_the_command_line_gives(processing_module, row, monkeypatch):
    listener = Listener()
    ours, theirs = headless(row, monkeypatch), in_qgis(processing_module, row, listener)
    if "crs=EPSG:99" in row["options"]:  # asked of QGIS before the file is opened
        assert "EPSG:99 is no coordinate reference system" in theirs
        return
    if isinstance(ours, str):
        assert isinstance(theirs, str)
        assert ours in theirs
        assert bool(row["message"]) or not row["crs"]
        return
    assert theirs["CRS"] == ours.crs
    assert theirs["PROBLEM_COUNT"] == len(ours.problems)
    features = {feature["site_id"]: feature for feature in theirs["OUTPUT"].getFeatures()}
    assert list(features) == ours.ids.tolist()
    for site, feature in enumerate(features.values()):
        assert (feature["name"] or "") == ours.names[site]
        check_geometry(feature, ours.geometries[site], listener)


def check_geometry(feature: QgsFeature, expected: shapely.Geometry | None, listener) -> None:
    if expected is None:
        assert not feature.hasGeometry()
        return
    if not feature.hasGeometry():  # a layer of QGIS has one kind: points beside lines are told
        assert any("no geometry in this layer" in text for text in listener.warnings)
        return
    found = shapely.from_wkb(bytes(feature.geometry().asWkb()))
    one, two = (
        shapely.normalize(shapely.GeometryCollection(list(shapely.get_parts(geometry))))
        for geometry in (found, expected)
    )
    assert one.equals_exact(two, 1e-12)


def check_in_qgis(processing_module, world: World, sites: Path, **more):
    target = world.folder / "qgis.gpkg"
    parameters = world.parameters(SITES_FILE=str(sites), OUTPUT_GPKG=str(target), **more)
    processing_module.run("ecoonemap:sitingcheck", parameters)
    return read_results(target, ("site_verdict", "site_layer"))


def check_headless(world: World, sites: Path, *more: str):
    target = world.folder / "cli.gpkg"
    code = run(
        ["check", "--sites", str(sites), "--catalogue", str(world.catalogue), "--rules",
         str(world.rules), "--as-of", DAY, "--out", str(target), "--language", "zh", *more]
    )  # fmt: skip
    assert code in (0, 1)
    return read_results(target, ("site_verdict", "site_layer"))


@pytest.mark.parametrize(
    ("file", "parameters", "options"),
    [
        ("metres.csv", {}, []),
        ("one_sheet.xlsx", {}, []),
        ("two_sheets.xlsx", {"SITE_LAYER_NAME": "乙"}, ["--sheet", "乙"]),
        ("packed_or_decimal.csv", {"ANGLE": 3, "SITE_CRS": "EPSG:4490"},
         ["--angle", "packed", "--site-crs", "EPSG:4490"]),
        ("points_or_corners.csv", {"SHAPE": 3}, ["--shape", "polygon"]),
        ("points_or_corners.csv", {"SHAPE": 1}, ["--shape", "point"]),
        ("metres.csv", {"ENCODING": "GB18030"}, ["--encoding", "GB18030"]),
        ("two_lists.csv", {}, []),
    ],
)  # fmt: skip
def test_a_check_of_a_table_gives_the_rows_of_the_command_line(
    processing_module, tmp_path: Path, monkeypatch, file, parameters, options
):
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path / "cache"))
    world = make_world(tmp_path)
    theirs = check_in_qgis(processing_module, world, FOLDER / file, **parameters)
    ours = check_headless(world, FOLDER / file, *options)
    for name, table in ours.items():
        assert plain_rows(theirs[name]) == plain_rows(table)
        assert plain_rows(table)
