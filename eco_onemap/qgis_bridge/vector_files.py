# SPDX-License-Identifier: GPL-2.0-or-later
"""Vector layers of a file, read through QGIS's OGR provider."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely
from osgeo import gdal
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsProviderRegistry,
    QgsProviderSublayerDetails,
    QgsVectorLayer,
    QgsWkbTypes,
)

from eco_onemap.core.errors import LayerError
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.qgis_bridge.features import Features, parse_wkb, read_features
from eco_onemap.qgis_bridge.gdal_errors import gdal_complaints
from eco_onemap.readers.encodings import guess_encoding
from eco_onemap.readers.source_files import untouched
from eco_onemap.readers.vector_files import Opening, VectorFile, VectorLayer, check_encoding

OGR = "ogr"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
DRAWING = "DXF"
MAPINFO = "MapInfo File"
OWN_ID_DRIVERS = ("GPKG", "SQLite")
"""Formats whose feature id QGIS shows as a field; other readers do not."""


@contextmanager
def open_vector(path: Path, encoding: str = "") -> Iterator[QgisVectorFile]:
    """Yield the opened file; nothing is written beside it. LayerError where it cannot be read.

    encoding: of its text where the file does not state one, "" to find out.
    """
    check_encoding(path, encoding)
    guess = "" if encoding else guess_encoding(path)
    with gdal_complaints() as complaints, untouched(path) as readable:
        opening = Opening(path, readable, encoding or guess, bool(guess), complaints)
        yield QgisVectorFile(opening)


class QgisVectorFile(VectorFile):
    """A file of vector layers; made by :func:`open_vector`."""

    def _find_names(self) -> tuple[str, ...]:
        sublayers = self._sublayers()
        if not sublayers:
            raise self._unreadable()
        return tuple(dict.fromkeys(sublayer.name() for sublayer in sublayers))

    def _sublayers(self) -> list[QgsProviderSublayerDetails]:
        provider = QgsProviderRegistry.instance().providerMetadata(OGR)
        return list(provider.querySublayers(str(self._opening.readable)))

    def _is_spatial(self, name: str) -> bool:
        return any(
            sublayer.wkbType() != QgsWkbTypes.Type.NoGeometry
            for sublayer in self._sublayers()
            if sublayer.name() == name
        )

    def _read(self, name: str, where: str, limit: int | None) -> VectorLayer:
        layer = self._open(name)
        own_ids = _own_ids(layer)
        self._check_quoted_names(where, [n for n in layer.fields().names() if n not in own_ids])
        self._opening.complaints.clear()
        if where and not layer.dataProvider().setSubsetString(where, False):
            raise self._where_error(where, self._why_refused(layer))
        features = self._features(layer, where, limit)
        self._check_texts(features)
        self._fetch_missing(name, features)
        for field in own_ids:
            del features.columns[field]
        crs = crs_text(layer.dataProvider().crs()) if _has_geometry(layer) else None
        return VectorLayer(
            name=name,
            geometries=features.geometries,
            columns=features.columns,
            feature_ids=features.ids,
            crs=crs,
            crs_assumed=self._crs_is_assumed(layer.storageType(), crs),
            notes=self._notes(),
            driver=layer.storageType(),
            has_z=features.has_z,
            curved=features.curved or layer.storageType() == DRAWING,
            closings=features.closings,
        )

    def _open(self, name: str) -> QgsVectorLayer:
        uri = f"{self._opening.readable}|layername={name}"
        if self._opening.encoding:
            uri += f"|option:ENCODING={self._opening.encoding}"
        options = QgsVectorLayer.LayerOptions(QgsCoordinateTransformContext(), False)
        options.loadDefaultStyle = False
        options.skipCrsValidation = True  # QGIS would ask the user, or take the project's
        options.forceReadOnly = True  # opening a GeoPackage to write changes the file
        layer = QgsVectorLayer(uri, name, OGR, options)
        if not layer.isValid():
            raise self._unreadable()
        if self._opening.encoding and layer.storageType() == MAPINFO:
            layer.setProviderEncoding(self._opening.encoding)  # GDAL takes no option for it
        return layer

    def _unreadable(self) -> LayerError:
        """Return the error of a file that QGIS does not open, with GDAL's reason."""
        try:
            gdal.OpenEx(str(self._opening.readable), gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
        except RuntimeError as error:  # only where another plugin made GDAL raise
            self._opening.complaints.append(str(error))
        return self._error("reader.unreadable", cause=self._cause(None))

    def _why_refused(self, layer: QgsVectorLayer) -> str:
        """Return why a filter was refused: GDAL's words, or what QGIS made of them."""
        return self._cause(None) or layer.dataProvider().lastError().split(": ", 1)[-1]

    def _features(self, layer: QgsVectorLayer, where: str, limit: int | None) -> Features:
        request = QgsFeatureRequest()
        if limit is not None:
            request.setLimit(limit)
        features = read_features(layer.dataProvider().getFeatures(request), list(layer.fields()))
        if self._opening.complaints:
            cause = self._cause(None)
            if where:
                raise self._where_error(where, cause)
            raise self._error("reader.damaged", cause=cause)
        return features

    def _fetch_missing(self, name: str, features: Features) -> None:
        """Ask GDAL for the geometries that QGIS left out: its provider drops collections with Z."""
        rows = np.flatnonzero(shapely.is_missing(features.geometries)).tolist()
        if not rows:
            return
        dataset = gdal.OpenEx(str(self._opening.readable), gdal.OF_VECTOR)
        layer = dataset.GetLayerByName(name)
        for row in rows:
            feature = layer.GetFeature(int(features.ids[row]))  # which owns the geometry
            geometry = feature.GetGeometryRef()
            if geometry is not None:
                features.geometries[row] = parse_wkb([bytes(geometry.ExportToIsoWkb())])[0]

    def _check_texts(self, features: Features) -> None:
        """Refuse text that is in another encoding: Qt puts a replacement character into it."""
        for name, values in features.columns.items():
            texts = [value for value in values.tolist() if isinstance(value, str)]
            if any(REPLACEMENT in text for text in (name, *texts)):
                raise self._encoding_error(name)


def _has_geometry(layer: QgsVectorLayer) -> bool:
    """Return whether a layer has geometries; one of collections is none that QGIS calls spatial."""
    return layer.isSpatial() or layer.wkbType() == QgsWkbTypes.Type.GeometryCollection


def _own_ids(layer: QgsVectorLayer) -> list[str]:
    """Return the fields that are the format's feature id and no attribute."""
    if layer.storageType() not in OWN_ID_DRIVERS:
        return []
    return [layer.fields()[number].name() for number in layer.primaryKeyAttributes()]
