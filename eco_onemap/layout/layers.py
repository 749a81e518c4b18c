# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads a catalogue's layers into a project of their own, each drawn in the style of its role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProject,
    QgsProjectMetadata,
    QgsRasterLayer,
    QgsVectorLayer,
)

from eco_onemap.core.catalogue import Catalogue, LayerEntry
from eco_onemap.core.errors import LayerError
from eco_onemap.core.messages import Message
from eco_onemap.layout.labels import label_layer
from eco_onemap.layout.style_table import role_style
from eco_onemap.layout.styles import apply_style

PLANIMETRIC = "NONE"
"""Scale bars measure in the map's plane, so that they agree with the printed scale and grid."""


@dataclass(frozen=True)
class LoadedMap:
    """A private project with the layers that can be drawn.

    layers: by the catalogue's identifier, bottom of the map first.
    failed: the layers that cannot be drawn, with the reason.
    """

    project: QgsProject
    layers: Mapping[str, QgsMapLayer]
    failed: Mapping[str, Message]


def load_catalogue(catalogue: Catalogue, day: date) -> LoadedMap:
    """Return the layers of *catalogue* that are in force on *day*, in a new project.

    The user's project is not touched. A layer that cannot be opened is told, the rest is loaded.
    """
    project = QgsProject()
    project.setEllipsoid(PLANIMETRIC)
    project.setMetadata(_anonymous_metadata(catalogue.title))
    layers: dict[str, QgsMapLayer] = {}
    failed: dict[str, Message] = {}
    with gdal.config_option("GDAL_PAM_ENABLED", "NO"):  # no .aux.xml beside the user's rasters
        _load_all(catalogue, day, project, layers, failed)
    return LoadedMap(project, layers, failed)


def _load_all(
    catalogue: Catalogue,
    day: date,
    project: QgsProject,
    layers: dict[str, QgsMapLayer],
    failed: dict[str, Message],
) -> None:
    for entry in sorted(catalogue.layers, key=lambda entry: role_style(entry.role).rank):
        if not entry.in_force(day):
            continue
        try:
            layer = _load(entry)
        except LayerError as error:
            failed[entry.id] = error.message
            continue
        if layer is not None:
            project.addMapLayer(layer)
            layers[entry.id] = layer


def _anonymous_metadata(title: str) -> QgsProjectMetadata:
    """Return metadata without the user's name, which QGIS would write into each PDF."""
    metadata = QgsProjectMetadata()
    metadata.setTitle(title)
    metadata.setAuthor("")
    return metadata


def _load(entry: LayerEntry) -> QgsMapLayer | None:
    """Return the styled layer, None for a table without geometry."""
    layer = open_vector(entry)
    if not layer.isValid():
        return _load_raster(entry)
    if not layer.isSpatial():
        return None
    if layer.geometryType() == Qgis.GeometryType.Unknown:
        raise LayerError("layout.not_drawable", source=entry.source)
    _give_crs(layer, entry)
    apply_style(layer, entry)
    label_layer(layer, entry)
    return layer


def open_vector(entry: LayerEntry) -> QgsVectorLayer:
    """Return the entry's vector layer, its filter applied; it is not valid if it is none."""
    options = QgsVectorLayer.LayerOptions()
    options.forceReadOnly = True
    options.loadDefaultStyle = False
    address = f"{entry.source}|layername={entry.layer}" if entry.layer else entry.source
    layer = QgsVectorLayer(address, entry.title, "ogr", options)
    if layer.isValid() and entry.encoding:
        layer.setProviderEncoding(entry.encoding)
    if layer.isValid() and entry.where and not layer.setSubsetString(entry.where):
        raise LayerError("layout.unreadable", source=entry.source)
    return layer


def _load_raster(entry: LayerEntry) -> QgsRasterLayer:
    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsRasterLayer(entry.source, entry.title, "gdal", options)
    if not layer.isValid():
        raise LayerError("layout.unreadable", source=entry.source)
    _give_crs(layer, entry)
    apply_style(layer, entry)
    return layer


def _give_crs(layer: QgsMapLayer, entry: LayerEntry) -> None:
    """Set the CRS that the catalogue names where the source has none."""
    if not layer.crs().isValid() and entry.crs:
        layer.setCrs(QgsCoordinateReferenceSystem.fromUserInput(entry.crs))
    if not layer.crs().isValid():
        raise LayerError("layout.no_crs", source=entry.source)
