# SPDX-License-Identifier: GPL-2.0-or-later
"""A file of vector layers, whoever reads it: fiona, or QGIS inside QGIS."""

from __future__ import annotations

import codecs
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.table import Geometries
from eco_onemap.readers.geometries import Closing

_SPECIAL_FIELDS = frozenset(
    (
        *("fid", "ogc_fid", "rowid", "geom", "geometry", "shape"),
        *("ogr_geometry", "ogr_style", "ogr_geom_wkt", "ogr_geom_area"),
    )
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
    driver: the format, as GDAL calls it. has_z: whether heights or measures were dropped.
    curved: whether the layer may hold curves, which were read as segments.
    closings: where rings were closed: row, ring, last point, its x and y, and the gap's length.
    """

    name: str
    geometries: Geometries
    columns: dict[str, NDArray[Any]]
    feature_ids: NDArray[np.object_]
    crs: str | None
    crs_assumed: bool = False
    notes: tuple[Message, ...] = ()
    driver: str = ""
    has_z: bool = False
    curved: bool = False
    closings: tuple[Closing, ...] = ()

    def __len__(self) -> int:
        return len(self.geometries)


@dataclass(frozen=True)
class Opening:
    """How a file was opened.

    readable: the path that GDAL opens, *path* itself or a copy of it.
    encoding: of the file's text, "" where the file states one. guessed: whether it was found out.
    complaints: fills with GDAL's error messages.
    """

    path: Path
    readable: Path
    encoding: str
    guessed: bool
    complaints: list[str]


class VectorFile(ABC):
    """A file of vector layers; a subclass per engine reads names and features."""

    names: tuple[str, ...]

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self.names = self._find_names()

    @abstractmethod
    def _find_names(self) -> tuple[str, ...]:
        """Return the names of all layers; LayerError where the file cannot be read."""

    @abstractmethod
    def _is_spatial(self, name: str) -> bool:
        """Return whether a layer holds geometries."""

    @abstractmethod
    def _read(self, name: str, where: str, limit: int | None) -> VectorLayer:
        """Return the features of a layer that is there, at most *limit* of them."""

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

    def read(self, name: str, where: str = "", limit: int | None = None) -> VectorLayer:
        """Return the features of a layer that the OGR SQL filter *where* selects.

        limit: how many of them at most, the first ones; None for all.
        """
        if name not in self.names:
            raise self._error("reader.missing_layer", layer=name, layers=", ".join(self.names))
        return self._read(name, where, limit)

    def _check_quoted_names(self, where: str, fields: Sequence[str]) -> None:
        """Refuse a name in double quotes that is no field: SQLite would take it for a text."""
        known = _SPECIAL_FIELDS | {field.lower() for field in fields}
        for name in _QUOTED_NAME.findall(_TEXT_LITERAL.sub("", where)):
            if name.lower() not in known:
                cause = message("reader.cause_no_field", field=name, fields=", ".join(fields))
                raise self._where_error(where, cause)

    def _crs_is_assumed(self, driver: str, crs: str | None) -> bool:
        """Return whether a GeoJSON file names no CRS, so that only its format does."""
        if driver != "GeoJSON" or crs != "EPSG:4326":
            return False
        with self._opening.readable.open("rb") as stream:
            head = stream.read(1 << 16)
        return not _CRS_MEMBER.search(head.split(b'"features"')[0])

    def _notes(self) -> tuple[Message, ...]:
        opening = self._opening
        if not opening.guessed:
            return ()
        path = str(opening.path)
        return (message("reader.note_encoding", path=path, encoding=opening.encoding),)

    def _cause(self, error: Exception | None) -> str:
        """Return the first complaint, which is the cause; GDAL's later ones follow from it."""
        opening = self._opening
        text = opening.complaints[0] if opening.complaints else str(error or "")
        return text.replace(str(opening.readable), str(opening.path)).rstrip(" .")

    def _where_error(self, where: str, cause: str | Message) -> LayerError:
        return self._error("reader.bad_where", where=where, cause=cause)

    def _encoding_error(self, place: str) -> LayerError:
        encoding = self._opening.encoding or "UTF-8"
        return self._error("reader.encoding", place=place, encoding=encoding)

    def _error(self, key: str, **args: Any) -> LayerError:
        details = "\n".join(self._opening.complaints[:20])
        return LayerError(key, details=details, path=str(self._opening.path), **args)


OpenVector = Callable[[Path, str], AbstractContextManager[VectorFile]]
"""Opens a file of vector layers whose text is in a given encoding ("": as the file states)."""


def check_encoding(path: Path, encoding: str) -> None:
    """Raise LayerError for an encoding that does not exist."""
    if not encoding:
        return
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise LayerError("reader.unknown_encoding", path=str(path), encoding=encoding) from None
