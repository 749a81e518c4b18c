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
from eco_onemap.gui.one_map.cures import cure_of
from eco_onemap.layout.labels import name_settings, set_labels
from eco_onemap.layout.layers import load_entry
from eco_onemap.layout.style_table import USUAL_SCHEME, role_style
from eco_onemap.layout.styles import apply_style, lacking_class_field, name_classes
from eco_onemap.layout.themes import Theme, by_theme
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.day_text import day_text
from eco_onemap.qgis_bridge.translation import tr, user_language

CATALOGUE_PROPERTY = "eco_onemap/catalogue"
"""The group's property that holds its catalogue's path: a saved project knows its one map."""
LAYER_PROPERTY = "eco_onemap/layer"
PROBLEM_PROPERTY = "eco_onemap/problem"
SECRECY_PROPERTY = "eco_onemap/secrecy"
SCHEME_PROPERTY = "eco_onemap/scheme"
SHUT_THEMES = ("borders", "land", "control", "sea", "soil")
"""Groups that are folded at first."""


@dataclass(frozen=True)
class BuiltTree:
    """What became of a catalogue: its group, and why which layers are only placeholders."""

    group: QgsLayerTreeGroup
    shown: int
    problems: dict[str, Message]


def build_tree(
    catalogue: Catalogue,
    path: Path,
    project: QgsProject,
    day: date,
    said: Callable[[str], None],
    scheme: str = USUAL_SCHEME,
) -> BuiltTree:
    """Put the layers of *catalogue* into *project*, in a group on top of its tree.

    Layers are read-only and drawn in a colour scheme. One that cannot be opened, or is not in force
    on *day*, is in its place as a placeholder that says why. said: is told which layer is being
    opened.
    """
    remove_tree(project)
    group = project.layerTreeRoot().insertGroup(0, catalogue.title)
    group.setCustomProperty(CATALOGUE_PROPERTY, str(path))
    group.setCustomProperty(SCHEME_PROPERTY, scheme)
    shown, problems = 0, {}
    for theme, entries in by_theme(catalogue.layers).items():
        below = group.addGroup(_title(theme))
        below.setExpanded(theme.name not in SHUT_THEMES)
        for entry in entries:
            said(entry.title)
            parts, problem = _opened(entry, day, scheme)
            if problem is not None:
                problems[entry.title] = problem
            shown += problem is None and bool(parts)
            for part in reversed(parts):
                _add(project, below, part, entry)
    return BuiltTree(group, shown, problems)


def restyle_tree(catalogue: Catalogue, project: QgsProject, scheme: str) -> int:
    """Draw the one map of *project* in another colour scheme; return how many layers changed.

    Names, visibility and what the user has folded stay. Where it is drawn so already, styles that
    the user made stay, too.
    """
    entries, count = {entry.id: entry for entry in catalogue.layers}, 0
    for group in find_groups(project):
        if group.customProperty(SCHEME_PROPERTY) == scheme:
            continue
        group.setCustomProperty(SCHEME_PROPERTY, scheme)
        for node in group.findLayers():
            layer = node.layer()
            entry = entries.get(layer.customProperty(LAYER_PROPERTY)) if layer else None
            if entry is not None and layer.isValid():
                apply_style(layer, entry, scheme)
                name_classes(layer, entry, user_language())
                layer.emitStyleChanged()
                layer.triggerRepaint()
                count += 1
    return count


def remove_tree(project: QgsProject) -> None:
    """Take the one map out of *project*, with its layers."""
    for group in find_groups(project):
        project.removeMapLayers([node.layerId() for node in group.findLayers()])
        group.parent().removeChildNode(group)


def find_groups(project: QgsProject) -> list[QgsLayerTreeGroup]:
    """Return the groups of *project* that hold a one map."""
    groups = project.layerTreeRoot().findGroups(True)
    return [group for group in groups if group.customProperty(CATALOGUE_PROPERTY)]


def _opened(entry: LayerEntry, day: date, scheme: str) -> tuple[list[QgsMapLayer], Message | None]:
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
        return load_entry(entry, scheme), None
    except LayerError as error:
        return [_placeholder(entry, error.message)], error.message


def _placeholder(entry: LayerEntry, problem: Message) -> QgsVectorLayer:
    """Return a layer that QGIS marks as not available, and that says why."""
    source = without_credentials(entry.source) if is_database(entry.source) else entry.source
    layer = QgsVectorLayer(source, tr("{layer} (not shown)").format(layer=entry.title), "ogr")
    if layer.isValid():  # it is there, but not to be shown: not in force, say
        layer.setDataSource("", layer.name(), "ogr")
    told = f"{problem.text(user_language())}\n{cure_of(entry, problem)}"
    layer.setCustomProperty(PROBLEM_PROPERTY, told)
    return layer


def _add(
    project: QgsProject, group: QgsLayerTreeGroup, layer: QgsMapLayer, entry: LayerEntry
) -> None:
    layer.setCustomProperty(LAYER_PROPERTY, entry.id)
    layer.setCustomProperty(SECRECY_PROPERTY, entry.secrecy.value)
    _describe(layer, entry)
    if isinstance(layer, QgsVectorLayer) and layer.isValid():
        layer.setReadOnly(True)
        name_classes(layer, entry, user_language())
        _suit_scales(layer, entry)
    project.addMapLayer(layer, False)
    node = group.addLayer(layer)
    node.setExpanded(False)


def _suit_scales(layer: QgsVectorLayer, entry: LayerEntry) -> None:
    """Show dense features, and names, from the scales on at which they can be read."""
    style = role_style(entry.role)
    if style.shown_from:
        layer.setScaleBasedVisibility(True)
        layer.setMinimumScale(style.shown_from)
    names = name_settings(layer, entry)
    if names is not None:
        names.scaleVisibility = True
        names.minimumScale = style.names_from
        set_labels(layer, names)


def _describe(layer: QgsMapLayer, entry: LayerEntry) -> None:
    """Write what the catalogue says of a layer where QGIS shows it: tool tip and metadata."""
    problem, say = layer.customProperty(PROBLEM_PROPERTY, ""), Wording(user_language())
    shown_from = role_style(entry.role).shown_from
    told = {
        tr("Version"): entry.version,
        tr("Issued"): day_text(entry.issued) if entry.issued else "",
        tr("Authority"): entry.authority,
        tr("Secrecy"): say.word("secrecy", entry.secrecy.value),
        tr("Coverage"): say.word("coverage", entry.coverage.kind.value),
        tr("Shown from"): f"1:{shown_from:,.0f}" if shown_from else "",
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
