# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers of a catalogue as a group in the layer tree of the user's project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qgis.core import (
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.addresses import is_database, without_credentials
from eco_onemap.core.layers.catalogue import Catalogue, LayerEntry
from eco_onemap.core.messages import Message, message
from eco_onemap.layout.labels import name_settings, set_labels
from eco_onemap.layout.layers import load_entry
from eco_onemap.layout.styles import lacking_class_field
from eco_onemap.layout.themes import Theme, by_theme
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.translation import tr, user_language

CATALOGUE_PROPERTY = "eco_onemap/catalogue"
"""The group's property that holds its catalogue's path: a saved project knows its one map."""
LAYER_PROPERTY = "eco_onemap/layer"
PROBLEM_PROPERTY = "eco_onemap/problem"
NAMES_FROM_SCALE = 100_000.0
"""Names are written at this scale and larger ones."""
SHUT_THEMES = ("borders", "land", "control", "sea", "soil")
"""Groups that are folded at first."""


@dataclass(frozen=True)
class BuiltTree:
    """What became of a catalogue: its group, and why which layers are only placeholders."""

    group: QgsLayerTreeGroup
    shown: int
    problems: dict[str, Message]


def build_tree(
    catalogue: Catalogue, path: Path, project: QgsProject, day: date, said: Callable[[str], None]
) -> BuiltTree:
    """Put the layers of *catalogue* into *project*, in a group on top of its tree.

    Layers are read-only. One that cannot be opened, or is not in force on *day*, is in its place
    as a placeholder that says why. said: is told which layer is being opened.
    """
    remove_tree(project)
    group = project.layerTreeRoot().insertGroup(0, catalogue.title)
    group.setCustomProperty(CATALOGUE_PROPERTY, str(path))
    shown, problems = 0, {}
    for theme, entries in by_theme(catalogue.layers).items():
        below = group.addGroup(_title(theme))
        below.setExpanded(theme.name not in SHUT_THEMES)
        for entry in entries:
            said(entry.title)
            parts, problem = _opened(entry, day)
            if problem is not None:
                problems[entry.title] = problem
            shown += problem is None and bool(parts)
            for part in reversed(parts):
                _add(project, below, part, entry)
    return BuiltTree(group, shown, problems)


def remove_tree(project: QgsProject) -> None:
    """Take the one map out of *project*, with its layers."""
    for group in find_groups(project):
        project.removeMapLayers([node.layerId() for node in group.findLayers()])
        group.parent().removeChildNode(group)


def find_groups(project: QgsProject) -> list[QgsLayerTreeGroup]:
    """Return the groups of *project* that hold a one map."""
    groups = project.layerTreeRoot().findGroups(True)
    return [group for group in groups if group.customProperty(CATALOGUE_PROPERTY)]


def _opened(entry: LayerEntry, day: date) -> tuple[list[QgsMapLayer], Message | None]:
    """Return the layers of an entry, or a placeholder and why it is one."""
    if not entry.in_force(day):
        problem = message(
            "layer.not_in_force",
            layer=entry.title,
            day=day.isoformat(),
            valid_from=entry.valid_from or "…",
            valid_to=entry.valid_to or "…",
        )
        return [_placeholder(entry, problem)], problem
    try:
        return load_entry(entry), None
    except LayerError as error:
        return [_placeholder(entry, error.message)], error.message


def _placeholder(entry: LayerEntry, problem: Message) -> QgsVectorLayer:
    """Return a layer that QGIS marks as not available, and that says why."""
    source = without_credentials(entry.source) if is_database(entry.source) else entry.source
    layer = QgsVectorLayer(source, tr("{layer} (not shown)").format(layer=entry.title), "ogr")
    if layer.isValid():  # it is there, but not to be shown: not in force, say
        layer.setDataSource("", layer.name(), "ogr")
    layer.setCustomProperty(PROBLEM_PROPERTY, problem.text(user_language()))
    return layer


def _add(
    project: QgsProject, group: QgsLayerTreeGroup, layer: QgsMapLayer, entry: LayerEntry
) -> None:
    layer.setCustomProperty(LAYER_PROPERTY, entry.id)
    _describe(layer, entry)
    if isinstance(layer, QgsVectorLayer) and layer.isValid():
        layer.setReadOnly(True)
        names = name_settings(layer, entry)
        if names is not None:
            names.scaleVisibility = True
            names.minimumScale = NAMES_FROM_SCALE
            set_labels(layer, names)
    project.addMapLayer(layer, False)
    node = group.addLayer(layer)
    node.setExpanded(False)


def _describe(layer: QgsMapLayer, entry: LayerEntry) -> None:
    """Write what the catalogue says of a layer where QGIS shows it: tool tip and metadata."""
    problem, say = layer.customProperty(PROBLEM_PROPERTY, ""), Wording(user_language())
    told = {
        tr("Version"): entry.version,
        tr("Issued"): entry.issued.isoformat() if entry.issued else "",
        tr("Authority"): entry.authority,
        tr("Secrecy"): say.word("secrecy", entry.secrecy.value),
        tr("Coverage"): say.word("coverage", entry.coverage.kind.value),
    }
    lines = [f"{name}: {text}" for name, text in told.items() if text]
    text = "\n".join(filter(None, [problem, _lack_of_classes(layer, entry), *lines]))
    layer.serverProperties().setTitle(entry.title)
    layer.serverProperties().setAbstract(text)
    metadata = layer.metadata()
    metadata.setTitle(entry.title)
    metadata.setAbstract(text)
    layer.setMetadata(metadata)


def _lack_of_classes(layer: QgsMapLayer, entry: LayerEntry) -> str:
    field = lacking_class_field(layer, entry)
    if not field:
        return ""
    told = tr("Drawn without its classes: the field {field} is missing or not mapped.")
    return told.format(field=field)


def _title(theme: Theme) -> str:
    return theme.titles[user_language()]
