# SPDX-License-Identifier: GPL-2.0-or-later
"""The algorithms inside models, where one's output is the next one's input."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingUtils,
    QgsProject,
)

from tests.qgis.world import DAY, PLANE, World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


def static(value: object) -> list[QgsProcessingModelChildParameterSource]:
    return [QgsProcessingModelChildParameterSource.fromStaticValue(value)]


def imported_then_checked(world: World) -> QgsProcessingModelAlgorithm:
    """A model with a file of sites as its input, which imports, checks and hands verdicts out."""
    model = QgsProcessingModelAlgorithm("check", "models")
    given = QgsProcessingParameterFile("FILE", "File of sites")
    model.addModelParameter(given, QgsProcessingModelParameter("FILE"))
    reading = QgsProcessingModelChildAlgorithm("ecoonemap:importsites")
    reading.setChildId("reading")
    from_input = QgsProcessingModelChildParameterSource.fromModelParameter("FILE")
    reading.addParameterSources("SITES_FILE", [from_input])
    model.addChildAlgorithm(reading)
    checking = QgsProcessingModelChildAlgorithm("ecoonemap:sitingcheck")
    checking.setChildId("checking")
    sites = QgsProcessingModelChildParameterSource.fromChildOutput("reading", "OUTPUT")
    checking.addParameterSources("SITES", [sites])
    checking.addParameterSources("CATALOGUE", static(str(world.catalogue)))
    checking.addParameterSources("RULES", static([str(world.rules)]))
    checking.addParameterSources("AS_OF", static(DAY))
    checking.addParameterSources("LANGUAGE", static("zh"))
    verdicts = QgsProcessingModelOutput("verdicts")
    verdicts.setChildId("checking")
    verdicts.setChildOutputName("SITE_VERDICT")
    checking.setModelOutputs({"verdicts": verdicts})
    model.addChildAlgorithm(checking)
    model.updateDestinationParameters()
    return model


def test_a_model_gives_the_verdicts_of_the_python_call(processing_module, world, tmp_path) -> None:
    model = imported_then_checked(world)
    stored = str(tmp_path / "check.model3")
    assert model.toFile(stored)
    loaded = QgsProcessingModelAlgorithm()
    assert loaded.fromFile(stored)
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    name = next(d.name() for d in loaded.parameterDefinitions() if d.isDestination())
    parameters = {"FILE": str(world.sites), name: "TEMPORARY_OUTPUT"}
    results, is_done = loaded.run(parameters, context, feedback)
    assert is_done, feedback.textLog()
    layer = QgsProcessingUtils.mapLayerFromString(results[name], context)
    column = layer.fields().indexOf("verdict")
    found = [feature.attributes()[column] for feature in layer.getFeatures()]
    expected = world.assessment().site_verdict["verdict"].tolist()
    assert len(set(expected)) == 3  # among them no_data, of a site that cannot be checked
    assert found == expected


def child(name: str, sources: dict[str, object]) -> QgsProcessingModelChildAlgorithm:
    """An algorithm of ours in a model, given fixed values, inputs or others' outputs."""
    found = QgsProcessingModelChildAlgorithm(f"ecoonemap:{name}")
    found.setChildId(name)
    for parameter, source in sources.items():
        found.addParameterSources(parameter, source if isinstance(source, list) else static(source))
    return found


def output_of(name: str, output: str) -> list[QgsProcessingModelChildParameterSource]:
    return [QgsProcessingModelChildParameterSource.fromChildOutput(name, output)]


def from_input(name: str) -> list[QgsProcessingModelChildParameterSource]:
    return [QgsProcessingModelChildParameterSource.fromModelParameter(name)]


def checked_then_printed(world: World) -> QgsProcessingModelAlgorithm:
    """A model that checks a layer of sites, draws maps of the results and reports with them."""
    model = QgsProcessingModelAlgorithm("check and print", "models")
    sites = QgsProcessingParameterFeatureSource("WHERE", "Sites")
    model.addModelParameter(sites, QgsProcessingModelParameter("WHERE"))
    day, catalogue = static(DAY), static(str(world.catalogue))
    given = {"SITES": from_input("WHERE"), "CATALOGUE": catalogue, "AS_OF": day}
    given |= {"RULES": static([str(world.rules)]), "LANGUAGE": "zh", "SITE_CRS": "ProjectCrs"}
    results = output_of("sitingcheck", "OUTPUT_GPKG")
    of_check = {"RESULTS": results, "CATALOGUE": catalogue}
    maps = {**of_check, "SHEETS": static(["risk"]), "FORMAT": "png"}
    papers = {
        "RESULTS": results,
        "MAPS": output_of("makemaps", "OUTPUT"),
        "FORMATS": static(["html", "docx"]),
    }
    children = {
        "OUTPUT_GPKG": child("sitingcheck", given),
        "MAPS": child("makemaps", maps),
        "REPORTS": child("makereport", papers),
    }
    for name, each in children.items():
        out = QgsProcessingModelOutput(name)
        out.setChildId(each.childId())
        out.setChildOutputName("OUTPUT_GPKG" if name == "OUTPUT_GPKG" else "OUTPUT")
        each.setModelOutputs({name: out})
        model.addChildAlgorithm(each)
    model.updateDestinationParameters()
    return model


def test_a_model_checks_then_draws_then_reports(processing_module, world, tmp_path) -> None:
    model = checked_then_printed(world)
    assert model.validate()[0], model.validate()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    project = QgsProject()
    context.setProject(project)
    targets = {d.name(): str(tmp_path / d.name()) for d in model.destinationParameterDefinitions()}
    table = next(name for name in targets if name.endswith("OUTPUT_GPKG"))
    targets[table] = str(tmp_path / "results.gpkg")
    given = {"WHERE": str(world.sites)} | targets
    said = QgsProcessingFeedback()
    assert not model.run(given, context, said)[1]
    assert "project has no coordinate reference system" in said.textLog()
    project.setCrs(QgsCoordinateReferenceSystem(PLANE))
    results, is_done = model.run(given, context, feedback)
    assert is_done, feedback.textLog()
    folders = {name.rpartition(":")[2]: Path(results[name]) for name in targets}
    expected = world.assessment().site_verdict
    page = (folders["REPORTS"] / "report.html").read_text(encoding="utf-8")
    pictures = {path.stem for path in folders["MAPS"].glob("*.png")}
    assert {name.partition("_")[0] for name in pictures} <= set(expected["site_id"].tolist())
    document = docx.Document(str(folders["REPORTS"] / "report.docx"))
    assert len(document.inline_shapes) == len(pictures) == 2  # the third site has no place
    assert "一级保护区" in page


def test_every_algorithm_has_name_group_icon_and_help(processing_module) -> None:
    provider = QgsApplication.processingRegistry().providerById("ecoonemap")
    algorithms = provider.algorithms()
    assert len(algorithms) >= 3
    for algorithm in algorithms:
        assert algorithm.displayName() != algorithm.name()
        assert algorithm.group()
        assert algorithm.groupId().isascii()
        assert not algorithm.icon().isNull()
        assert Path(algorithm.svgIconPath()).is_file()
        assert len(algorithm.shortHelpString()) > 80
        assert algorithm.shortDescription()
        silent = [each.name() for each in algorithm.parameterDefinitions() if not each.help()]
        assert silent == [], algorithm.name()


def test_batch_rows_are_independent(processing_module, world, tmp_path) -> None:
    """What the batch dialog does: one row after the other, a bad one between good ones."""
    good = world.parameters(FINDING="TEMPORARY_OUTPUT")
    first = processing_module.run("ecoonemap:sitingcheck", good)
    with pytest.raises(Exception, match=r"nowhere\.yaml"):
        processing_module.run("ecoonemap:sitingcheck", good | {"CATALOGUE": "nowhere.yaml"})
    second = processing_module.run("ecoonemap:sitingcheck", good)
    assert first["SITE_COUNT"] == second["SITE_COUNT"] == len(world.assessment().sites)
