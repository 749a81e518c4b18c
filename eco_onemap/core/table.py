# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of features and of results: columns as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.messages import Message
from eco_onemap.core.sentences import Sentences, join_columns, said_once

Geometries = NDArray[np.object_]
"""An array of shapely geometries; ``None`` where a feature has none."""


@dataclass(frozen=True)
class FeatureTable:
    """Features as a reader found them, before anything is done to them.

    geometries: shape (n,), shapely geometries with x = east or longitude, ``None`` where null.
    columns: source field name to an array of shape (n,) (text, numbers, ``None`` where null).
    crs: anything ``pyproj.CRS.from_user_input`` takes, or ``None`` where the source names none.
    feature_ids: shape (n,), what the source calls each feature (fid or line), as text.
    fingerprint: SHA-256 of the source's content, lower-case hexadecimal.
    notes: what the reader had to decide, for the protocol of the check.
    """

    geometries: Geometries
    columns: Mapping[str, NDArray[Any]]
    crs: str | None
    source: str
    feature_ids: NDArray[np.object_]
    fingerprint: str
    notes: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.geometries)


NO_COUNT = -1
"""Stands for "no value" in INTEGER columns: a count that could not be made is not 0."""


class Translatable(Protocol):
    """What can be said in several languages."""

    def text(self, language: str = "en") -> str:
        """Return the text in *language*."""


class ColumnType(Enum):
    """The type of a column of a result table."""

    TEXT = "text"
    REAL = "real"
    INTEGER = "integer"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One column of a result table: its name (units in it), type and meaning."""

    name: str
    type: ColumnType
    meaning: str = ""


class RowBlocks(Protocol):
    """A table whose rows come some at a time: one in memory, or one in a file of results."""

    @property
    def name(self) -> str:
        """The table's name."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""

    def blocks(self, size: int) -> Iterator[ResultTable]:
        """Yield the rows *size* at a time, without geometries."""


@dataclass(frozen=True)
class ResultTable:
    """A finished table: columns in order, one array each.

    INTEGER columns hold int64 counts (:data:`NO_COUNT`, or any negative number, is no value), REAL
    float64 (NaN is no value), BOOLEAN bool, TEXT object arrays of str ("" is no value) or of
    messages that :meth:`in_language` turns into text.
    geometries: shape (n,) in CGCS2000 longitude and latitude, or ``None`` for a plain table.
    """

    name: str
    columns: tuple[Column, ...]
    values: Mapping[str, NDArray[Any]]
    geometries: Geometries | None = field(default=None)

    def __len__(self) -> int:
        return len(self.values[self.columns[0].name])

    def __getitem__(self, column: str) -> NDArray[Any]:
        return self.values[column]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as plain Python values by column name, in table order."""
        names = [column.name for column in self.columns]
        lists = [self.values[name].tolist() for name in names]
        for values in zip(*lists, strict=True):
            yield dict(zip(names, values, strict=True))

    def in_language(self, language: str) -> ResultTable:
        """Return the table with all messages as text in *language*; text stays as it is."""
        values = dict(self.values)
        for column in self.columns:
            if column.type is ColumnType.TEXT:
                values[column.name] = _texts(self.values[column.name], language)
        return ResultTable(self.name, self.columns, values, self.geometries)

    def blocks(self, size: int) -> Iterator[ResultTable]:
        """Yield the rows *size* at a time, without geometries."""
        for start in range(0, len(self), size):
            rows = slice(start, start + size)
            values = {name: array[rows] for name, array in self.values.items()}
            yield ResultTable(self.name, self.columns, values)

    def where(self, column: str, value: Any) -> ResultTable:
        """Return the rows whose *column* equals *value*."""
        chosen = np.flatnonzero(self.values[column] == value)
        return self.take(chosen)

    def take(self, rows: NDArray[np.intp]) -> ResultTable:
        """Return the rows with the given numbers, in that order."""
        values = {name: array[rows] for name, array in self.values.items()}
        geometries = None if self.geometries is None else self.geometries[rows]
        return ResultTable(self.name, self.columns, values, geometries)


def join_tables(tables: Sequence[ResultTable]) -> ResultTable:
    """Return the rows of tables of one kind, one after another."""
    first = tables[0]
    values = {
        column.name: join_columns([table.values[column.name] for table in tables])
        for column in first.columns
    }
    if first.geometries is None:
        return ResultTable(first.name, first.columns, values)
    geometries = [table.geometries for table in tables if table.geometries is not None]
    return ResultTable(first.name, first.columns, values, np.concatenate(geometries))


def _texts(column: Any, language: str) -> NDArray[np.object_]:
    if isinstance(column, Sentences):
        return column.texts(language)
    items = column.tolist()
    return column if set(map(type, items)) <= {str} else said_once(items, language)
