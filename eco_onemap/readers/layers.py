# SPDX-License-Identifier: GPL-2.0-or-later
"""Vector layers of a file, read through fiona."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import fiona
import numpy as np
from fiona._err import CPLE_BaseError
from fiona.errors import AttributeFilterError, FionaError
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.readers.complaints import gdal_complaints
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.encodings import find_stated_encoding, fits_encoding, guess_encoding
from eco_onemap.readers.geometries import GeometryCollector
from eco_onemap.readers.geopackage_rows import PlainRows, find_curves, find_plain_rows
from eco_onemap.readers.source_files import untouched
from eco_onemap.readers.vector_files import Opening, VectorFile, VectorLayer, check_encoding

_UNREADABLE = (FionaError, CPLE_BaseError, OSError, ValueError, TypeError)
"""What fiona raises on a file that it cannot read (its own errors, and bare ones)."""


@contextmanager
def open_vector(path: Path, encoding: str = "") -> Iterator[FionaFile]:
    """Yield the opened file; nothing is written beside it. LayerError where it cannot be read.

    encoding: of its text where the file does not state one, "" to find out.
    """
    check_encoding(path, encoding)
    stated = encoding or find_stated_encoding(path)
    if stated and not fits_encoding(path, stated):
        raise LayerError("reader.encoding", path=str(path), place=path.name, encoding=stated)
    guess = "" if stated else guess_encoding(path)
    with gdal_complaints() as complaints, untouched(path) as readable:
        yield FionaFile(Opening(path, readable, stated or guess, bool(guess), complaints))


class FionaFile(VectorFile):
    """A file of vector layers; made by :func:`open_vector`."""

    def _find_names(self) -> tuple[str, ...]:
        try:
            return tuple(fiona.listlayers(str(self._opening.readable)))
        except _UNREADABLE as error:
            raise self._error("reader.unreadable", cause=self._cause(error)) from error

    def _is_spatial(self, name: str) -> bool:
        with self._open(name) as collection:
            self._schema(collection)
            return _has_geometry(collection)

    def _read(self, name: str, where: str, limit: int | None) -> VectorLayer:
        with self._open(name) as collection:
            schema = self._schema(collection)
            self._check_quoted_names(where, tuple(schema))
            crs = _find_crs(collection) if _has_geometry(collection) else None
            driver = str(collection.driver)
            plain = None
            if driver == "GPKG" and not where and not limit and _has_geometry(collection):
                plain = find_plain_rows(self._opening.readable, name, schema)
            return replace(
                self._read_plain(name, plain)
                if plain
                else self._read_all(collection, schema, where, limit),
                crs=crs,
                crs_assumed=self._crs_is_assumed(driver, crs),
                notes=self._notes(),
                driver=driver,
                curved=plain is None and self._may_be_curved(collection),
            )

    def _may_be_curved(self, collection: fiona.Collection) -> bool:
        """Return whether GDAL made segments of arcs; a drawing never tells whether it had any."""
        if collection.driver == "GPKG":
            return find_curves(self._opening.readable, collection.name)
        kind = str(collection.schema["geometry"])
        return collection.driver == "DXF" or kind.endswith(("Curve", "Surface", "CurvePolygon"))

    def _read_plain(self, name: str, rows: PlainRows) -> VectorLayer:
        return VectorLayer(name, rows.geometries, rows.columns, rows.ids, None, has_z=rows.has_z)

    def _read_all(
        self, collection: fiona.Collection, schema: dict[str, str], where: str, limit: int | None
    ) -> VectorLayer:
        """Return the features one by one, as any format gives them."""
        collector, rows, ids = self._features(collection, where, limit)
        return VectorLayer(
            name=collection.name,
            geometries=collector.geometries(),
            columns={field: self._column(field, kind, rows) for field, kind in schema.items()},
            feature_ids=ids,
            crs=None,
            has_z=collector.has_z,
            closings=collector.closings,
        )

    def _open(self, name: str) -> fiona.Collection:
        try:
            return fiona.open(
                str(self._opening.readable),
                layer=name,
                encoding=self._opening.encoding or None,
                allow_unsupported_drivers=True,
            )
        except UnicodeError as error:
            raise self._encoding_error(name) from error
        except _UNREADABLE as error:
            raise self._error("reader.unreadable", cause=self._cause(error)) from error

    def _schema(self, collection: fiona.Collection) -> dict[str, str]:
        """Return the fields' names and types."""
        try:
            return dict(collection.schema["properties"])
        except UnicodeError as error:
            raise self._encoding_error(collection.name) from error

    def _features(
        self, collection: fiona.Collection, where: str, limit: int | None
    ) -> tuple[GeometryCollector, list[dict[str, Any]], NDArray[np.object_]]:
        """Return geometries, attributes and ids; GDAL's complaints are errors too."""
        collector, rows, ids = GeometryCollector(), [], []
        complaints = self._opening.complaints
        complaints.clear()
        try:
            for feature in islice(collection.filter(where=where or None), limit):
                collector.add(feature.geometry)
                # The public mapping copies all values for each value that is asked of it.
                rows.append(feature.properties._data)
                ids.append(feature.id)
        except AttributeFilterError as error:
            raise self._where_error(where, self._cause(error)) from error
        except UnicodeError as error:
            raise self._encoding_error(collection.name) from error
        except _UNREADABLE as error:
            raise self._error("reader.damaged", cause=self._cause(error)) from error
        if complaints:
            raise self._complaint(where)
        return collector, rows, np.array(ids, dtype=object)

    def _complaint(self, where: str) -> LayerError:
        cause = self._cause(None)
        if where:
            return self._where_error(where, cause)
        return self._error("reader.damaged", cause=cause)

    def _column(self, name: str, kind: str, rows: Sequence[dict[str, Any]]) -> NDArray[Any]:
        values = [row.get(name) for row in rows]
        if kind.startswith("float"):
            return np.array([np.nan if value is None else value for value in values], np.float64)
        if kind.startswith("int") and None not in values:
            return np.array(values, np.int64)
        if kind.startswith("str") and any(isinstance(value, bytes) for value in values):
            raise self._encoding_error(name)
        return np.fromiter(values, dtype=object, count=len(values))


def _find_crs(collection: fiona.Collection) -> str | None:
    """Return a layer's CRS, None where it names one that PROJ does not know."""
    try:
        return find_crs_name(collection.crs_wkt)
    except _UNREADABLE:
        return None


def _has_geometry(collection: fiona.Collection) -> bool:
    return bool(collection.schema["geometry"] != "None")
