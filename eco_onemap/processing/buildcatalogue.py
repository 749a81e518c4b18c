# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes a catalogue of layers, or adds layers to one, with roles and fields guessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from eco_onemap.core.layers.building.draft import (
    Draft,
    draft_layer,
    is_named,
    moved_catalogue,
    with_drafts,
)
from eco_onemap.core.layers.building.vocabulary import RoleTitles
from eco_onemap.core.layers.catalogue_text import (
    CatalogueText,
    new_catalogue_text,
    read_catalogue_text,
)
from eco_onemap.core.messages import message
from eco_onemap.outputs.catalogue_files import write_catalogue
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.qgis_bridge.project_layers import ProjectLayer, describe_project
from eco_onemap.qgis_bridge.translation import tr, user_language

LAYERS, EXISTING, TITLE, DOUBTFUL = "LAYERS", "EXISTING", "TITLE", "ACCEPT_DOUBTFUL"
OUTPUT, ADDED = "OUTPUT", "ADDED_COUNT"

Parameters = dict[str, Any]


class BuildCatalogue(EcoOneMapAlgorithm):
    """Writes an ``onemap.yaml`` for layers of the project."""

    GROUP = Group.MAP

    def __init__(self) -> None:
        super().__init__()
        self._layers: tuple[ProjectLayer, ...] = ()

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "buildcatalogue"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Build a catalogue")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Makes the catalogue of a one map of layers; roles and fields are guessed.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Makes the catalogue of a one map (onemap.yaml) of layers, or adds layers to one that "
            "is there and keeps the rest. Roles and fields are guessed by names, values and form; "
            "the log gives the reasons. What is doubtful is left out unless asked for. The "
            "catalogue builder in the plugin's menu does the same step by step."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters."""
        kind = QgsProcessing.SourceType.TypeMapLayer
        layers = QgsProcessingParameterMultipleLayers(LAYERS, tr("Layers"), kind)
        layers.setHelp(tr("Layers from files or PostGIS; others are named in the log."))
        existing = QgsProcessingParameterFile(
            EXISTING, tr("Catalogue to add to"), extension="yaml", optional=True
        )
        existing.setHelp(tr("Its comments and all its entries stay. Empty: a new catalogue."))
        title = QgsProcessingParameterString(TITLE, tr("Title of the one map"), optional=True)
        title.setHelp(tr("Empty: the title that is there, or a general one."))
        doubtful = QgsProcessingParameterBoolean(DOUBTFUL, tr("Take doubtful roles, too"), False)
        doubtful.setHelp(tr("Look at each of them afterwards."))
        output = QgsProcessingParameterFileDestination(
            OUTPUT, tr("Catalogue"), tr("One map catalogues (*.yaml *.yml)")
        )
        output.setHelp(tr("A file that is there is kept as a backup (.bak)."))
        for parameter in (layers, existing, title, doubtful, output):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber(ADDED, tr("Number of layers added")))

    def prepareAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Describe the layers, on the main thread."""
        self._layers = describe_project(self.parameterAsLayerList(parameters, LAYERS, context))
        return True

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Write the catalogue and tell what was guessed."""
        path = Path(self.parameterAsFileOutput(parameters, OUTPUT, context))
        even_doubtful = self.parameterAsBoolean(parameters, DOUBTFUL, context)
        with said_in_qgis(feedback):
            before, folder = self._start(parameters, context), path.resolve().parent
            drafts = []
            for layer in self._layers:
                if layer.description is None:
                    _warn_of(layer, feedback)
                elif not is_named(before, layer.description, folder):
                    drafts.append(draft_layer(layer.description, even_doubtful=even_doubtful))
                    feedback.pushInfo(_told(drafts[-1]))
            after = with_drafts(before, drafts, folder, user_language())
            write_catalogue(after, path)
            return {OUTPUT: str(path), ADDED: len(after.layers) - len(before.layers)}
        return {}

    def _start(self, parameters: Parameters, context: QgsProcessingContext) -> CatalogueText:
        """Return what layers are added to, its files named from where it will lie."""
        existing = self.parameterAsFile(parameters, EXISTING, context)
        title = self.parameterAsString(parameters, TITLE, context).strip()
        if not existing:
            return new_catalogue_text(title or _general_title())
        found = read_catalogue_text(Path(existing))
        target = Path(self.parameterAsFileOutput(parameters, OUTPUT, context)).resolve().parent
        origin = Path(existing).resolve().parent
        if target != origin:
            found = moved_catalogue(found, origin, target)
        return found.with_value(("title",), title) if title else found


def _general_title() -> str:
    return message("cure.default_title").text(user_language())


def _warn_of(layer: ProjectLayer, feedback: QgsProcessingFeedback) -> None:
    if layer.why is not None:
        feedback.pushWarning(layer.why.text(user_language()))


def _told(draft: Draft) -> str:
    """Return what was guessed of a layer in one line, and in one for each field."""
    language, found = user_language(), draft.description
    if not draft.roles:
        return f"{found.title}: {message('guess.none').text(language)}"
    best = next((guess for guess in draft.roles if guess.role == draft.role), draft.roles[0])
    reasons = "; ".join(reason.text(language) for reason in best.reasons)
    certainty = best.certainty.word.text(language)
    title = RoleTitles((best.role,)).text(language)
    lines = [f"{found.title}: {title} – {certainty}: {reasons}"]
    for name, guess in draft.fields.items():
        lines.append(f"    {name}: {guess.source.strip()} – {guess.certainty.word.text(language)}")
    return "\n".join(lines)
