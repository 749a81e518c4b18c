# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's layers from files, whoever opens them, and from databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from eco_onemap.core.errors import LayerError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.building.description import LayerDescription
from eco_onemap.core.layers.catalogue import AccessListEntry, LayerEntry
from eco_onemap.core.layers.sources import RasterSource, TableRows
from eco_onemap.core.table import FeatureTable
from eco_onemap.readers.databases import TableContent, fingerprint_table, read_table, request_of
from eco_onemap.readers.describing import describe_layer, describe_raster
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.source_files import check_source
from eco_onemap.readers.table_rows import read_table_rows
from eco_onemap.readers.vector_files import OpenVector, VectorLayer

_RASTER_ENDINGS = frozenset((".tif", ".tiff", ".img", ".asc", ".jp2", ".bil", ".flt", ".hgt"))
_VECTOR_ENDINGS = frozenset(
    (
        *(".shp", ".geojson", ".json", ".kml", ".kmz", ".gml", ".gpx", ".gdb", ".fgb"),
        *(".tab", ".mif", ".dxf", ".csv"),
    )
)
_FEATURE_ID = "fid"
_AREAL = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)


class SourceLayers:
    """Reads layers with given openers, a :class:`eco_onemap.core.layers.sources.LayerSource`.

    open_raster: takes path, name of the raster inside the file, and CRS for a file without one;
        raises LayerError for what is no raster or lies nowhere on the earth.
    is_raster_file: whether a file opens as a raster.
    """

    def __init__(
        self,
        open_vector: OpenVector,
        open_raster: Callable[[Path, str, str], RasterSource],
        is_raster_file: Callable[[Path], bool],
    ) -> None:
        self._open_vector, self._open_raster = open_vector, open_raster
        self._is_raster_file = is_raster_file

    def is_raster(self, entry: LayerEntry) -> bool:
        """Return whether the entry's source is a raster; False where it cannot be opened."""
        if is_database(entry.source):
            return False
        ending = Path(entry.source).suffix.lower()
        if ending in _RASTER_ENDINGS or ending in _VECTOR_ENDINGS:
            return ending in _RASTER_ENDINGS
        try:
            path = check_source(entry.source)
        except LayerError:
            return False
        return not self._holds_vectors(path, entry.layer) and self._is_raster_file(path)

    def fingerprint(self, entry: LayerEntry) -> str:
        """Return the SHA-256 of a vector entry's source, without reading its features."""
        if is_database(entry.source):
            return fingerprint_table(request_of(entry))
        return fingerprint(check_source(entry.source))

    def read_features(self, entry: LayerEntry) -> FeatureTable:
        """Return all features of a vector entry, its ``where`` filter applied."""
        content = self._read(entry)
        layer, source = content.layer, content.source
        columns = _with_feature_id(layer, entry.fields)
        _check_fields(source, layer.name, columns, entry.fields)
        return _table(content, columns, _chosen_crs(source, layer, entry.crs))

    def describe(self, entry: LayerEntry) -> LayerDescription:
        """Return what an entry's source is by its first features; LayerError says why not."""
        if self.is_raster(entry):
            raster = self.open_raster(entry)
            raster.close()
            return describe_raster(raster.info, Path(entry.source), entry.layer)
        path = check_source(entry.source)
        with self._open_vector(path, entry.encoding) as file:
            name = entry.layer or file.only_name()
            return describe_layer(file, path, name, entry.where, entry.encoding)

    def describe_file(self, path: Path) -> tuple[LayerDescription, ...]:
        """Return what the layers of a file are, those with geometries where there are some."""
        entry = LayerEntry(id="", role="", title=path.stem, source=str(path))
        if self.is_raster(entry):
            return (self.describe(entry),)
        with self._open_vector(check_source(entry.source), "") as file:
            names = file.spatial_names() or file.names
            return tuple(describe_layer(file, path, name) for name in names)

    def _read(self, entry: LayerEntry) -> TableContent:
        if is_database(entry.source):
            return read_table(request_of(entry))
        path = check_source(entry.source)
        with self._open_vector(path, entry.encoding) as file:
            layer = file.read(entry.layer or file.only_name(), entry.where)
        return TableContent(layer, str(path), fingerprint(path))

    def open_raster(self, entry: LayerEntry) -> RasterSource:
        """Return the opened raster of an entry."""
        path = check_source(entry.source)
        _check_crs(str(path), entry.crs)
        return self._open_raster(path, entry.layer, entry.crs)

    def read_polygons(self, path: str) -> FeatureTable:
        """Return the polygons of a coverage or region file (an absolute path)."""
        file_path = check_source(path)
        with self._open_vector(file_path, "") as file:
            layer = file.read(file.only_name())
        present = layer.geometries[~shapely.is_missing(layer.geometries)]
        if not len(present) or not np.isin(shapely.get_type_id(present), _AREAL).all():
            raise LayerError("reader.not_polygons", path=path)
        content = TableContent(layer, path, fingerprint(file_path))
        return _table(content, layer.columns, _chosen_crs(path, layer, ""))

    def read_rows(self, entry: AccessListEntry) -> TableRows:
        """Return the rows of an access list's table (CSV or XLSX)."""
        return read_table_rows(check_source(entry.source), entry.sheet, entry.encoding)

    def _holds_vectors(self, path: Path, name: str) -> bool:
        try:
            with self._open_vector(path, "") as file:
                return name in file.names if name else bool(file.names)
        except LayerError:
            return False


def _table(
    content: TableContent, columns: Mapping[str, NDArray[Any]], crs: str | None
) -> FeatureTable:
    return FeatureTable(
        geometries=content.layer.geometries,
        columns=columns,
        crs=crs,
        source=content.source,
        feature_ids=content.layer.feature_ids,
        fingerprint=content.fingerprint,
        notes=content.layer.notes,
    )


def _chosen_crs(source: str, layer: VectorLayer, given: str) -> str | None:
    """Return the source's CRS, or the given one where the source names none."""
    _check_crs(source, given)
    if given and (layer.crs is None or layer.crs_assumed):
        return given
    if layer.crs is None and not shapely.is_missing(layer.geometries).all():
        raise LayerError("reader.missing_crs", path=source)
    return layer.crs


def _check_crs(source: str, given: str) -> None:
    if given and find_crs(given) is None:
        raise LayerError("reader.unknown_crs", path=source, crs=given)


def _with_feature_id(layer: VectorLayer, fields: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """Return the columns, with the feature ids among them where ``fid`` is asked for."""
    if _FEATURE_ID in fields.values() and _FEATURE_ID not in layer.columns:
        return {_FEATURE_ID: layer.feature_ids, **layer.columns}
    return layer.columns


def _check_fields(
    source: str, name: str, columns: Mapping[str, NDArray[Any]], fields: Mapping[str, str]
) -> None:
    missing = [field for field in fields.values() if field not in columns]
    if missing:
        raise LayerError(
            "reader.missing_fields",
            path=source,
            layer=name,
            missing=", ".join(missing),
            fields=", ".join(columns),
        )
