# SPDX-License-Identifier: GPL-2.0-or-later
"""Vector layers of a file, read through fiona."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fiona
import numpy as np
from fiona._err import CPLE_BaseError
from fiona.errors import AttributeFilterError, FionaError
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.table import Geometries
from eco_onemap.readers.crs_names import find_crs_name
from eco_onemap.readers.encodings import guess_encoding
from eco_onemap.readers.geometries import GeometryCollector
from eco_onemap.readers.opening import gdal_complaints, untouched

_UNREADABLE = (FionaError, CPLE_BaseError, OSError, ValueError, TypeError)
"""What fiona raises on a file that it cannot read (its own errors, and bare ones)."""

_SPECIAL_FIELDS = frozenset(
    ["fid", "ogc_fid", "rowid", "geom", "geometry", "shape", "ogr_geometry", "ogr_geom_area"]
)
"""Names that a filter may use though they are no attributes."""

_TEXT_LITERAL = re.compile(r"'(?:[^']|'')*'")
_QUOTED_NAME = re.compile(r'"([^"]*)"')
_CRS_MEMBER = re.compile(rb'"crs"\s*:\s*\{')


@dataclass(frozen=True)
class VectorLayer:
    """One layer as its file has it.

    geometries, columns, feature_ids: as in :class:`eco_onemap.core.table.FeatureTable`.
    crs: None where the file names none.
    crs_assumed: whether only the format's rule says so (GeoJSON is WGS 84 unless it says else).
    """

    name: str
    geometries: Geometries
    columns: dict[str, NDArray[Any]]
    feature_ids: NDArray[np.object_]
    crs: str | None
    crs_assumed: bool = False
    notes: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.geometries)


@contextmanager
def open_vector(path: Path, encoding: str = "") -> Iterator[VectorFile]:
    """Yield the opened file; nothing is written beside it. LayerError where it cannot be read.

    encoding: of its text where the file does not state one, "" to find out.
    """
    _check_encoding(path, encoding)
    with gdal_complaints() as complaints, untouched(path) as readable:
        yield VectorFile(path, readable, encoding or guess_encoding(path), not encoding, complaints)


class VectorFile:
    """A file of vector layers; made by :func:`open_vector`."""

    def __init__(
        self, path: Path, readable: Path, encoding: str, guessed: bool, complaints: list[str]
    ) -> None:
        self._path, self._readable, self._complaints = path, readable, complaints
        self._encoding, self._guessed = encoding, guessed and bool(encoding)
        try:
            self.names: tuple[str, ...] = tuple(fiona.listlayers(str(readable)))
        except _UNREADABLE as error:
            raise self._error("reader.unreadable", cause=self._cause(error)) from error

    def spatial_names(self) -> tuple[str, ...]:
        """Return the layers that hold geometries: not the tables of styles and projects."""
        return tuple(name for name in self.names if self._is_spatial(name))

    def only_name(self) -> str:
        """Return the only layer's name, tables left out where there is a layer with geometries."""
        names = self.names
        if len(names) > 1:  # a look into a single layer would only cost time
            names = self.spatial_names() or names
        if len(names) != 1:
            key = "reader.several_layers" if names else "reader.no_layers"
            raise self._error(key, layers=", ".join(names))
        return names[0]

    def read(self, name: str, where: str = "") -> VectorLayer:
        """Return the features of a layer that the OGR SQL filter *where* selects."""
        if name not in self.names:
            raise self._error("reader.missing_layer", layer=name, layers=", ".join(self.names))
        with self._open(name) as collection:
            schema = self._schema(collection)
            self._check_quoted_names(where, tuple(schema))
            self._complaints.clear()
            geometries, values, ids = self._features(collection, where)
            crs = find_crs_name(collection.crs_wkt) if _has_geometry(collection) else None
            driver = str(collection.driver)
        return VectorLayer(
            name=name,
            geometries=geometries,
            columns={key: self._column(key, kind, values) for key, kind in schema.items()},
            feature_ids=ids,
            crs=crs,
            crs_assumed=driver == "GeoJSON" and crs == "EPSG:4326" and not self._states_crs(),
            notes=self._notes(),
        )

    def _open(self, name: str) -> fiona.Collection:
        try:
            return fiona.open(
                str(self._readable),
                layer=name,
                encoding=self._encoding or None,
                allow_unsupported_drivers=True,
            )
        except UnicodeError as error:
            raise self._encoding_error(name) from error
        except _UNREADABLE as error:
            raise self._error("reader.unreadable", cause=self._cause(error)) from error

    def _is_spatial(self, name: str) -> bool:
        with self._open(name) as collection:
            self._schema(collection)
            return _has_geometry(collection)

    def _schema(self, collection: fiona.Collection) -> dict[str, str]:
        try:
            return dict(collection.schema["properties"])
        except UnicodeError as error:
            raise self._encoding_error(collection.name) from error

    def _features(
        self, collection: fiona.Collection, where: str
    ) -> tuple[Geometries, list[dict[str, Any]], NDArray[np.object_]]:
        collector, values, ids = GeometryCollector(), [], []
        try:
            for feature in collection.filter(where=where or None):
                collector.add(feature.geometry)
                # The public mapping copies all values for each value that is asked of it.
                values.append(feature.properties._data)
                ids.append(feature.id)
        except AttributeFilterError as error:
            raise self._where_error(where, self._cause(error)) from error
        except UnicodeError as error:
            raise self._encoding_error(collection.name) from error
        except _UNREADABLE as error:
            raise self._error("reader.damaged", cause=self._cause(error)) from error
        if self._complaints:
            cause = self._cause(None)
            if where:
                raise self._where_error(where, cause)
            raise self._error("reader.damaged", cause=cause)
        return collector.geometries(), values, np.array(ids, dtype=object)

    def _column(self, name: str, kind: str, rows: Sequence[dict[str, Any]]) -> NDArray[Any]:
        values = [row.get(name) for row in rows]
        if kind.startswith("float"):
            return np.array([np.nan if value is None else value for value in values], np.float64)
        if kind.startswith("int") and None not in values:
            return np.array(values, np.int64)
        if kind.startswith("str") and any(isinstance(value, bytes) for value in values):
            raise self._encoding_error(name)
        return np.fromiter(values, dtype=object, count=len(values))

    def _check_quoted_names(self, where: str, fields: Sequence[str]) -> None:
        """Refuse a name in double quotes that is no field: SQLite would take it for a text."""
        known = _SPECIAL_FIELDS | {field.lower() for field in fields}
        for name in _QUOTED_NAME.findall(_TEXT_LITERAL.sub("", where)):
            if name.lower() not in known:
                cause = message("reader.cause_no_field", field=name, fields=", ".join(fields))
                raise self._where_error(where, cause)

    def _states_crs(self) -> bool:
        with self._readable.open("rb") as stream:
            head = stream.read(1 << 16)
        return bool(_CRS_MEMBER.search(head.split(b'"features"')[0]))

    def _notes(self) -> tuple[Message, ...]:
        if not self._guessed:
            return ()
        return (message("reader.note_encoding", path=str(self._path), encoding=self._encoding),)

    def _cause(self, error: Exception | None) -> str:
        """Return the first complaint, which is the cause; GDAL's later ones follow from it."""
        text = self._complaints[0] if self._complaints else str(error)
        return text.replace(str(self._readable), str(self._path)).rstrip(" .")

    def _where_error(self, where: str, cause: str | Message) -> LayerError:
        return self._error("reader.bad_where", where=where, cause=cause)

    def _encoding_error(self, place: str) -> LayerError:
        return self._error("reader.encoding", place=place, encoding=self._encoding or "UTF-8")

    def _error(self, key: str, **args: Any) -> LayerError:
        return LayerError(
            key, details="\n".join(self._complaints[:20]), path=str(self._path), **args
        )


def _has_geometry(collection: fiona.Collection) -> bool:
    return bool(collection.schema["geometry"] != "None")


def _check_encoding(path: Path, encoding: str) -> None:
    if not encoding:
        return
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise LayerError("reader.unknown_encoding", path=str(path), encoding=encoding) from None
