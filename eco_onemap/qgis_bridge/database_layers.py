# SPDX-License-Identifier: GPL-2.0-or-later
"""A table of a database as layers that QGIS draws, through QGIS's own PostgreSQL provider.

A check reads tables as outside QGIS (:mod:`eco_onemap.readers.databases`); a map needs only what
lies on the sheet, and the provider fetches no more.
"""

from __future__ import annotations

from qgis.core import Qgis, QgsDataSourceUri, QgsVectorLayer

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.readers.databases import TableDescription, describe_table, request_of

_PROVIDER = "postgres"
_NUMBER = "eco_onemap_number"
_TYPES = {
    2: Qgis.WkbType.MultiPolygon,
    1: Qgis.WkbType.MultiLineString,
    0: Qgis.WkbType.MultiPoint,
}
"""Dimension to the type of a layer, bottom of the map first."""


def build_table_layers(entry: LayerEntry) -> list[QgsVectorLayer]:
    """Return a layer for each kind of geometry that an entry's table holds, none for a plain table.

    A layer is not valid where QGIS cannot draw it. LayerError where the table cannot be read.
    """
    found = describe_table(request_of(entry))
    options = QgsVectorLayer.LayerOptions()
    options.forceReadOnly = True
    options.loadDefaultStyle = False
    return [
        QgsVectorLayer(_uri(found, entry.where, kind).uri(False), entry.title, _PROVIDER, options)
        for dimension, kind in _TYPES.items()
        if dimension in found.dimensions
    ]


def _uri(found: TableDescription, where: str, kind: Qgis.WkbType) -> QgsDataSourceUri:
    uri = QgsDataSourceUri()
    names = ("host", "port", "database", "user", "password")
    mode = QgsDataSourceUri.decodeSslMode(found.connection["sslmode"])
    uri.setConnection(*(found.connection[name] for name in names), mode)
    if found.key:
        uri.setDataSource(found.schema, found.table, found.geometry, where, found.key)
    else:  # a view, say: QGIS needs a number for each feature
        table = f"{_quoted(found.schema)}.{_quoted(found.table)}"
        query = f"(SELECT row_number() OVER () AS {_NUMBER}, * FROM {table})"
        uri.setDataSource("", query, found.geometry, where, _NUMBER)
    uri.setSrid(str(found.srid))
    uri.setWkbType(kind)
    return uri


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
