# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers of a QGIS project, or of files, as descriptions that a catalogue is made of.

Files are looked at as a check reads them, not as the project shows them: with their own encoding
and coordinate reference system. Nothing of the project is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from qgis.core import (
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.building.description import SAMPLE_ROWS, LayerDescription
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.messages import Message, message
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.qgis_bridge.features import read_features
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.readers.describing import bounds_of, fields_of, form_of, sampled_areas
from eco_onemap.readers.looking import find_layer_files

FILE_PROVIDERS = ("ogr", "gdal")
POSTGRES = "postgres"
POSTGRES_PORT = "5432"


@dataclass(frozen=True)
class ProjectLayer:
    """A layer of the project. description: None where no catalogue can name it, and *why*."""

    name: str
    description: LayerDescription | None
    why: Message | None = None


def describe_project(layers: Iterable[QgsMapLayer]) -> tuple[ProjectLayer, ...]:
    """Return all layers in their order; web maps, annotations and the like are left out."""
    kinds = (QgsVectorLayer, QgsRasterLayer)
    return tuple(
        _described(layer)
        for layer in layers
        if isinstance(layer, kinds)
        and layer.providerType() not in ("wms", "WFS", "arcgismapserver")
    )


def describe_files(paths: Iterable[Path]) -> tuple[ProjectLayer, ...]:
    """Return the layers of files, all of a folder or geodatabase; one that cannot be read too."""
    found: list[ProjectLayer] = []
    for path in (file for chosen in paths for file in find_layer_files(chosen)):
        try:
            layers = QgisLayers().describe_file(path)
            found += [ProjectLayer(each.title, each) for each in layers]
        except LayerError as error:
            found.append(ProjectLayer(path.name, None, error.message))
    return tuple(found)


def _described(layer: QgsVectorLayer | QgsRasterLayer) -> ProjectLayer:
    name = layer.name()
    try:
        if layer.providerType() in FILE_PROVIDERS:
            return ProjectLayer(name, replace(_of_file(layer), title=name))
        if layer.providerType() == POSTGRES:
            return ProjectLayer(name, _of_table(layer))
    except LayerError as error:
        return ProjectLayer(name, None, error.message)
    return ProjectLayer(name, None, message("builder.no_file", layer=name))


def _of_file(layer: QgsVectorLayer | QgsRasterLayer) -> LayerDescription:
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = str(parts.get("path") or "")
    if not path or not Path(path).exists():
        raise LayerError("builder.no_file", layer=layer.name())
    source = QgisLayers()
    where = str(parts.get("subset") or "")
    named = str(parts.get("layerName") or "")
    entry = LayerEntry(id="", role="", title="", source=path, layer=named, where=where)
    found = source.describe(entry)
    return found


def _of_table(layer: QgsVectorLayer) -> LayerDescription:
    """Return what a table of a database is; the address names neither user nor password."""
    uri = QgsDataSourceUri(layer.source())
    request = QgsFeatureRequest().setLimit(SAMPLE_ROWS)
    features = read_features(layer.getFeatures(request), list(layer.fields()))
    crs = crs_text(layer.crs()) if layer.isSpatial() else None
    return LayerDescription(
        title=layer.name(),
        source=address_of(uri),
        layer=_table_name(uri),
        form=form_of(features.geometries),
        fields=fields_of(features.columns),
        areas_m2=sampled_areas(features.geometries, crs),
        crs=crs,
        bounds=bounds_of(features.geometries),
        where=uri.sql(),
    )


def address_of(uri: QgsDataSourceUri) -> str:
    """Return ``postgresql://host:port/database``, or the service that knows them."""
    if uri.service():
        return f"postgresql:///?service={quote(uri.service())}"
    port = "" if uri.port() in ("", POSTGRES_PORT) else f":{uri.port()}"
    return f"postgresql://{quote(uri.host())}{port}/{quote(uri.database())}"


def _table_name(uri: QgsDataSourceUri) -> str:
    table = f"{uri.schema()}.{uri.table()}" if uri.schema() else uri.table()
    return f"{table}({uri.geometryColumn()})" if uri.geometryColumn() else table
