# SPDX-License-Identifier: GPL-2.0-or-later
"""The algorithms inside models, where one's output is the next one's input."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFile,
    QgsProcessingUtils,
)

from tests.qgis.world import DAY, World, make_world


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
