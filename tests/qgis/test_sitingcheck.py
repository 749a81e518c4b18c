# SPDX-License-Identifier: GPL-2.0-or-later
"""The siting check in QGIS's Processing, against a plain Python call that uses no QGIS."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyproj import Transformer
from qgis.core import (
    NULL,
    Qgis,
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

from eco_onemap.processing.siting_parameters import SINKS
from tests.qgis.world import FIELDS, PLANE, X0, Y0, World, make_world, plain_rows, rect
from tests.readers.sources import snapshot, write_layer

ALGORITHM = "ecoonemap:sitingcheck"
ALL_SINKS = dict.fromkeys(SINKS, "TEMPORARY_OUTPUT")


class Listener(QgsProcessingFeedback):
    """Keeps what is said; stops the work when a text comes up."""

    def __init__(self, stop_at: str = "") -> None:
        super().__init__(False)
        self.said: list[str] = []
        self.warnings: list[str] = []
        self.errors: list[str] = []
        self._stop_at = stop_at

    def setProgressText(self, text: str) -> None:
        self.said.append(text)
        if self._stop_at and self._stop_at in text:
            self.cancel()

    def pushInfo(self, info: str) -> None:
        self.said.append(info)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 (QGIS's)
        self.errors.append(error)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


def layer_rows(layer: QgsVectorLayer) -> list[tuple]:
    """Return a layer's attributes with ``None`` for NULL."""
    return [
        tuple(None if value == NULL else value for value in feature.attributes())
        for feature in layer.getFeatures()
    ]


def test_all_tables_are_those_of_the_python_call(processing_module, world: World) -> None:
    result = processing_module.run(ALGORITHM, world.parameters(**ALL_SINKS))
    expected = world.assessment()
    for sink, name in SINKS.items():
        table = getattr(expected, name)
        layer = result[sink]
        assert layer.fields().names() == [column.name for column in table.columns]
        if name != "run":  # which names the versions and what each reader noted
            assert layer_rows(layer) == plain_rows(table), name


def test_geometries_and_figures(processing_module, world: World) -> None:
    result = processing_module.run(ALGORITHM, world.parameters(**ALL_SINKS))
    verdicts, hits = result["SITE_VERDICT"], result["HIT"]
    assert verdicts.crs().authid() == hits.crs().authid() == "EPSG:4490"
    assert verdicts.wkbType() == Qgis.WkbType.MultiPolygon
    square, _, nothing = (feature.geometry() for feature in verdicts.getFeatures())
    to_degrees = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True)
    longitude, latitude = to_degrees.transform(X0 + 50, Y0 + 50)  # the middle of site a
    assert square.centroid().asPoint().x() == pytest.approx(longitude, abs=1e-9)
    assert square.centroid().asPoint().y() == pytest.approx(latitude, abs=1e-9)
    assert nothing.isNull()
    assert result["RUN"].wkbType() == Qgis.WkbType.NoGeometry
    assert not result["RUN"].crs().isValid()
    figures = {name: value for name, value in result.items() if name not in SINKS}
    assert figures == {
        "SITE_COUNT": 3,
        "PROHIBITED_COUNT": 1,
        "RESTRICTED_COUNT": 0,
        "STUDY_COUNT": 0,
        "NO_DATA_COUNT": 1,
        "CLEAR_COUNT": 1,
        "COMPLETE": False,
    }


def test_only_wanted_tables_are_made(processing_module, world: World) -> None:
    result = processing_module.run(ALGORITHM, world.parameters(FINDING="TEMPORARY_OUTPUT"))
    assert set(result) & set(SINKS) == {"FINDING"}


def test_broken_layer_and_site_are_said_and_the_rest_goes_on(processing_module, world) -> None:
    listener = Listener()
    result = processing_module.run(ALGORITHM, world.parameters(), feedback=listener)
    assert result["SITE_COUNT"] == 3
    assert len(listener.warnings) == 2
    assert "nowhere.gpkg" in listener.warnings[0]
    assert "Site c" in listener.warnings[1]


def test_files_are_written(processing_module, world: World, tmp_path: Path) -> None:
    result = processing_module.run(
        ALGORITHM,
        world.parameters(
            OUTPUT_GPKG=str(tmp_path / "results.gpkg"),
            CSV_FOLDER=str(tmp_path / "csv"),
            REPORT=str(tmp_path / "report" / "report.html"),
            MAPS_FOLDER=str(tmp_path / "maps"),
        ),
    )
    layer = QgsVectorLayer(f"{result['OUTPUT_GPKG']}|layername=finding", "finding", "ogr")
    assert [feature["rule_id"] for feature in layer.getFeatures()] == ["T1"]
    # the world has drinking-water zones, and schools with people
    further = {"pass", "site_source", "site_target", "site_population"}
    written = {file.stem for file in Path(result["CSV_FOLDER"]).iterdir()}
    assert written == set(SINKS.values()) | further
    assert "甲" in Path(result["REPORT"]).read_text(encoding="utf-8")
    maps = sorted(Path(result["MAPS_FOLDER"]).glob("*.pdf"))
    assert len(maps) == 2  # site c has no geometry to draw
    assert all(file.read_bytes().startswith(b"%PDF") for file in maps)
    leftovers = [file.name for file in tmp_path.rglob("*") if ".part" in file.name]
    assert leftovers == []


def test_layer_of_sites_gives_the_same_as_their_file(processing_module, world: World) -> None:
    layer = QgsVectorLayer(str(world.sites), "sites", "ogr")
    parameters = world.parameters(SITES_FILE=None, SITES=layer, SITE_LAYER="TEMPORARY_OUTPUT")
    result = processing_module.run(ALGORITHM, parameters)
    assert layer_rows(result["SITE_LAYER"]) == plain_rows(world.assessment().site_layer)


def test_selected_sites_only(processing_module, world: World) -> None:
    layer = QgsVectorLayer(str(world.sites), "sites", "ogr")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByExpression("site_id = 'b'")
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    result = processing_module.run(ALGORITHM, world.parameters(SITES_FILE=None, SITES=chosen))
    QgsProject.instance().removeMapLayer(layer.id())
    assert (result["SITE_COUNT"], result["CLEAR_COUNT"]) == (1, 1)


def test_edits_that_are_not_saved_count(processing_module, world: World) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4548&field=site_id:string", "drawn", "memory")
    layer.startEditing()
    drawn = QgsFeature(layer.fields())
    drawn.setAttributes(["new"])
    drawn.setGeometry(QgsGeometry.fromWkt(rect(0, 0, 100, 100)))  # where site a is
    assert layer.addFeature(drawn)
    parameters = world.parameters(SITES_FILE=None, SITES=layer)
    result = processing_module.run(ALGORITHM, parameters)
    layer.rollBack()
    assert (result["SITE_COUNT"], result["PROHIBITED_COUNT"]) == (1, 1)


@pytest.mark.parametrize("both", [True, False])
def test_exactly_one_source_of_sites(processing_module, world: World, both: bool) -> None:
    file = str(world.sites) if both else None
    layer = str(world.sites) if both else None
    with pytest.raises(QgsProcessingException, match="either a file of sites or a layer"):
        processing_module.run(ALGORITHM, world.parameters(SITES_FILE=file, SITES=layer))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"CATALOGUE": "/nowhere/onemap.yaml"}, "/nowhere/onemap.yaml"),
        ({"SITES_FILE": "/nowhere/sites.txt"}, "/nowhere/sites.txt"),
        ({"RINGS": "500,near"}, "500,near"),
        ({"RULES": ["/nowhere/pack.yaml"]}, "/nowhere/pack.yaml"),
        ({"OUTPUT_GPKG": "/nowhere/results.gpkg"}, "/nowhere"),
        ({"REPORT": "/nowhere/here/report.html"}, "/nowhere/here"),
    ],
)
def test_wrong_input_is_one_sentence(processing_module, world, wrong, said) -> None:
    listener = Listener()
    with pytest.raises(QgsProcessingException) as caught:
        processing_module.run(ALGORITHM, world.parameters(**wrong), feedback=listener)
    sentence = str(caught.value)
    assert said in sentence
    assert "Traceback" not in sentence
    assert len(sentence.splitlines()) == 1


def test_sites_without_crs_need_one(processing_module, world: World, tmp_path: Path) -> None:
    bare = make_world(tmp_path)
    layer = QgsVectorLayer(str(bare.sites), "sites", "ogr")
    layer.setCrs(type(layer.crs())())
    parameters = bare.parameters(SITES_FILE=None, SITES=layer)
    with pytest.raises(QgsProcessingException) as refusal:
        processing_module.run(ALGORITHM, parameters)
    # six-digit eastings are never guessed; the catalogue's region leaves one meridian to propose
    assert "central meridian is unknown. Possible are: EPSG:4548 (" in str(refusal.value)
    result = processing_module.run(ALGORITHM, parameters | {"SITE_CRS": "EPSG:4548"})
    assert result["PROHIBITED_COUNT"] == 1


def test_cancelled_in_the_middle_leaves_nothing(processing_module, world, tmp_path) -> None:
    listener = Listener(stop_at="学校")  # when the second layer's turn comes
    result = processing_module.run(
        ALGORITHM,
        world.parameters(
            OUTPUT_GPKG=str(tmp_path / "results.gpkg"),
            CSV_FOLDER=str(tmp_path / "csv"),
            SITE_VERDICT=str(tmp_path / "verdicts.gpkg"),
        ),
        feedback=listener,
    )
    assert result == {}
    assert list(tmp_path.iterdir()) == []
    assert "Stopped. Nothing half-done was written." in listener.said
    assert not any("风险栅格" in text for text in listener.said)


def test_nothing_is_written_beside_the_inputs(processing_module, world: World) -> None:
    before = snapshot(world.folder)
    processing_module.run(ALGORITHM, world.parameters(**ALL_SINKS))
    assert snapshot(world.folder) == before


def test_mixed_overlaps_say_what_the_layer_cannot_show(
    processing_module, world: World, tmp_path: Path
) -> None:
    # a school inside site a: its overlap is a point, that of the zone a polygon
    mixed = make_world(tmp_path)
    text = mixed.catalogue.read_text(encoding="utf-8")
    mixed.catalogue.write_text(text.replace("schools.gpkg", "inside.gpkg"), encoding="utf-8")
    school = (f"POINT ({X0 + 10} {Y0 + 10})", {"code": "s1", "name": "小学", "level": ""})
    write_layer(tmp_path / "inside.gpkg", [school], crs=PLANE, fields=FIELDS)
    listener = Listener()
    result = processing_module.run(
        ALGORITHM, mixed.parameters(HIT="TEMPORARY_OUTPUT"), feedback=listener
    )
    shown = {f["layer_id"]: not f.geometry().isNull() for f in result["HIT"].getFeatures()}
    assert shown == {"zones": True, "schools": False, "risk": False}  # of rasters there is none
    assert "1 rows of hit have no geometry" in listener.warnings[-1]


def test_every_parameter_has_help_and_the_rest_is_described(processing_module) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
    assert [p.name() for p in algorithm.parameterDefinitions() if not p.help()] == []
    assert algorithm.shortHelpString()
    assert not algorithm.icon().isNull()
    assert not algorithm.flags() & Qgis.ProcessingAlgorithmFlag.NoThreading
    assert QgsApplication.processingRegistry().providerById("ecoonemap").icon().availableSizes
    ok, problem = algorithm.checkParameterValues({}, QgsProcessingContext())
    assert (ok, bool(problem)) == (False, True)


def test_readers_of_both_doors_agree_on_a_record(processing_module, world: World) -> None:
    result = processing_module.run(ALGORITHM, world.parameters(RUN="TEMPORARY_OUTPUT"))
    run = dict(layer_rows(result["RUN"]))
    expected = dict(plain_rows(world.assessment().run))
    assert run == expected


def test_layers_stay_compiled_for_the_next_check(processing_module, world, own_cache) -> None:
    first = finding_rows(processing_module.run(ALGORITHM, world.parameters(**ALL_SINKS)))
    kept = {path.name: path.stat().st_ino for path in own_cache.iterdir()}
    assert len(kept) == 3  # zones, schools and the region; the raster is not cut, one layer lost
    second = finding_rows(processing_module.run(ALGORITHM, world.parameters(**ALL_SINKS)))
    assert {path.name: path.stat().st_ino for path in own_cache.iterdir()} == kept
    assert first == second
    assert first


def finding_rows(result: dict) -> list[tuple]:
    return layer_rows(result["FINDING"])
