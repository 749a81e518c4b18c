# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads a catalogue's layers into a project of their own, each drawn in the style of its role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsLabelingEngineSettings,
    QgsMapLayer,
    QgsProject,
    QgsProjectMetadata,
    QgsRasterLayer,
    QgsVectorLayer,
)

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.addresses import is_database, without_credentials
from eco_onemap.core.layers.catalogue import Catalogue, LayerEntry
from eco_onemap.core.messages import Message
from eco_onemap.layout.labels import label_layer
from eco_onemap.layout.style_table import USUAL_SCHEME, role_style
from eco_onemap.layout.styles import apply_style
from eco_onemap.qgis_bridge.database_layers import build_table_layers
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.side_files import no_side_files

GEOMETRY_FILTERS = ("Polygon", "LineString", "Point")
"""OGR's names of kinds of geometry, multiple ones included, bottom of the map first."""
PLANIMETRIC = "NONE"
"""Scale bars measure in the map's plane, so that they agree with the printed scale and grid."""


@dataclass(frozen=True)
class LoadedMap:
    """A private project with the layers that can be drawn.

    layers: by key, bottom of the map first; a layer of several kinds of geometry is drawn as one
        layer for each.
    owners: key to the catalogue's identifier.
    failed: the catalogue's layers that cannot be drawn, with the reason.
    coverages: the files of coverage that sheets asked for so far, open, by path.
    """

    project: QgsProject
    layers: Mapping[str, QgsMapLayer]
    owners: Mapping[str, str]
    failed: Mapping[str, Message]
    coverages: dict[str, QgsVectorLayer] = field(default_factory=dict)

    def only(self, shows: Callable[[str], bool]) -> LoadedMap:
        """Return the layers of those entries (by identifier) that are to be shown."""
        return LoadedMap(
            self.project,
            {key: layer for key, layer in self.layers.items() if shows(self.owners[key])},
            {key: owner for key, owner in self.owners.items() if shows(owner)},
            {layer_id: why for layer_id, why in self.failed.items() if shows(layer_id)},
            self.coverages,
        )

    def coverage(self, path: str) -> QgsVectorLayer:
        """Return the layer of a file of coverage, opened once; it may be invalid."""
        if path not in self.coverages:
            self.coverages[path] = QgsVectorLayer(path, "coverage", "ogr")
        return self.coverages[path]

    def parts(self, layer_id: str) -> list[QgsMapLayer]:
        """Return what is drawn of a layer of the catalogue."""
        return [layer for key, layer in self.layers.items() if self.owners[key] == layer_id]


def load_catalogue(catalogue: Catalogue, day: date) -> LoadedMap:
    """Return the layers of *catalogue* that are in force on *day*, in a new project.

    They are drawn in the colour scheme that the user prefers, so that sheets look like the window.
    The user's project is not touched. A layer that cannot be opened is told, the rest is loaded.
    """
    project = QgsProject()
    project.setEllipsoid(PLANIMETRIC)
    project.setLabelingEngineSettings(_whole_labels())
    project.setMetadata(_anonymous_metadata(catalogue.title))
    layers: dict[str, QgsMapLayer] = {}
    owners: dict[str, str] = {}
    failed: dict[str, Message] = {}
    scheme = read_preferences().scheme
    for entry in sorted(catalogue.layers, key=lambda entry: role_style(entry.role).rank):
        if not entry.in_force(day):
            continue
        try:
            parts = load_entry(entry, scheme)
            for part in parts:
                _name_on_sheets(part, entry)
        except LayerError as error:
            failed[entry.id] = error.message
            continue
        for number, layer in enumerate(parts):
            key = f"{entry.id}#{number}" if number else entry.id
            layers[key], owners[key] = layer, entry.id
    project.addMapLayers(list(layers.values()))
    return LoadedMap(project, layers, owners, failed)


def _whole_labels() -> QgsLabelingEngineSettings:
    """Return settings under which no label is cut by the edge of a map."""
    settings = QgsLabelingEngineSettings()
    settings.setFlag(Qgis.LabelingFlag.UsePartialCandidates, False)
    settings.setDefaultTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    return settings


def _anonymous_metadata(title: str) -> QgsProjectMetadata:
    """Return metadata without the user's name, which QGIS would write into each PDF."""
    metadata = QgsProjectMetadata()
    metadata.setTitle(title)
    metadata.setAuthor("")
    return metadata


def _name_on_sheets(layer: QgsMapLayer, entry: LayerEntry) -> None:
    if isinstance(layer, QgsVectorLayer):
        label_layer(layer, entry)


def load_entry(entry: LayerEntry, scheme: str = USUAL_SCHEME) -> list[QgsMapLayer]:
    """Return the styled layers of an entry, without labels, none for a table without geometry.

    LayerError says why it cannot be drawn.
    """
    parts = _load_table(entry) if is_database(entry.source) else _load_file(entry)
    if parts is None:
        return [_load_raster(entry, scheme)]
    for part in parts:
        _give_crs(part, entry)
        apply_style(part, entry, scheme)
    return parts


def _load_file(entry: LayerEntry) -> list[QgsVectorLayer] | None:
    """Return the layers of a file of features, None for a file of another kind."""
    layer = _open_vector(entry)
    return _parts_by_geometry(layer, entry) if layer.isValid() else None


def _load_table(entry: LayerEntry) -> list[QgsVectorLayer]:
    parts = build_table_layers(entry)
    if not all(part.isValid() for part in parts):
        raise LayerError("layout.unreadable", source=without_credentials(entry.source))
    return parts


def _parts_by_geometry(layer: QgsVectorLayer, entry: LayerEntry) -> list[QgsVectorLayer]:
    """Return the layer, or a layer for each kind of geometry where it has several."""
    if not layer.isSpatial():
        return []
    kinds = _kinds_of_geometry(layer, entry)
    if len(kinds) < 2:
        return [layer]
    parts = [_open_vector(entry, kind) for kind in GEOMETRY_FILTERS if kind in kinds]
    return [part for part in parts if part.isValid() and part.featureCount()]


def _kinds_of_geometry(layer: QgsVectorLayer, entry: LayerEntry) -> set[str]:
    """Return the kinds that a layer holds, as QGIS tells the layers inside a file apart."""
    told = (
        text.split(QgsDataProvider.sublayerSeparator()) for text in layer.dataProvider().subLayers()
    )
    return {
        kind.removeprefix("Multi") for _, name, _, kind, *_ in told if entry.layer in ("", name)
    }


def _open_vector(entry: LayerEntry, kind: str = "") -> QgsVectorLayer:
    """Return the entry's vector layer, its filter applied; it is not valid if it is none."""
    options = QgsVectorLayer.LayerOptions()
    options.forceReadOnly = True
    options.loadDefaultStyle = False
    address = f"{entry.source}|layername={entry.layer}" if entry.layer else entry.source
    address += f"|geometrytype={kind}" if kind else ""
    layer = QgsVectorLayer(address, entry.title, "ogr", options)
    if layer.isValid() and entry.encoding:
        layer.setProviderEncoding(entry.encoding)
    if layer.isValid() and entry.where and not _takes_filter(layer, entry.where):
        raise LayerError("layout.filter_refused", source=entry.source, where=entry.where)
    return layer


def _takes_filter(layer: QgsVectorLayer, where: str) -> bool:
    """Set a filter; return whether it works: GeoPackages take any, and then count nothing."""
    return bool(layer.setSubsetString(where)) and layer.featureCount() >= 0


def _load_raster(entry: LayerEntry, scheme: str) -> QgsRasterLayer:
    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False
    with no_side_files():
        layer = QgsRasterLayer(entry.source, entry.title, "gdal", options)
    if not layer.isValid():
        raise LayerError("layout.unreadable", source=entry.source)
    _give_crs(layer, entry)
    apply_style(layer, entry, scheme)
    return layer


def _give_crs(layer: QgsMapLayer, entry: LayerEntry) -> None:
    """Set the CRS that the catalogue names where the source has none."""
    if not layer.crs().isValid() and entry.crs:
        crs = QgsCoordinateReferenceSystem()
        crs.createFromUserInput(entry.crs)
        layer.setCrs(crs)
    if not layer.crs().isValid():
        source = entry.source
        shown = without_credentials(source) if is_database(source) else source
        raise LayerError("layout.no_crs", source=shown)
