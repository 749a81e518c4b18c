# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns of sentences: many rows share a template and are put into words together.

A message per row costs a check of a hundred thousand sites more than its geometry does. Here a
row is a number in a phrase, and a phrase is rendered once for all its rows, part by part.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.messages import sentences

Texts = NDArray[np.object_]
Indices = NDArray[np.intp]


class Rows(Protocol):
    """Texts of several rows that can be said in a language together."""

    def __len__(self) -> int:
        """Return the number of rows."""

    def texts(self, language: str) -> Texts:
        """Return the text of each row in *language*, shape (n,)."""


@dataclass(frozen=True)
class Same:
    """The same text, or what can be said in several languages, in each of *count* rows."""

    text: Any
    count: int

    def __len__(self) -> int:
        return self.count

    def texts(self, language: str) -> Texts:
        """Return the text *count* times."""
        return np.full(self.count, _said(self.text, language), dtype=object)


@dataclass(frozen=True)
class Listed:
    """Texts or messages of their own, one a row; one that stands in many rows is said once."""

    items: Sequence[Any]

    def __len__(self) -> int:
        return len(self.items)

    def texts(self, language: str) -> Texts:
        """Return the text of each row."""
        return said_once(self.items, language)


@dataclass(frozen=True)
class Numbers:
    """Numbers written by a format such as ``,.2f``, in any language the same."""

    values: NDArray[np.float64]
    spec: str

    def __len__(self) -> int:
        return len(self.values)

    def texts(self, language: str) -> Texts:
        """Return the numbers as texts."""
        return _array(list(map(format, self.values.tolist(), repeat(self.spec))))


@dataclass(frozen=True)
class Phrase:
    """One sentence of ``resources/messages`` in *count* rows.

    args: name to a text or message that all rows share, to an array of texts of shape (n,), or
    to rows of their own (:class:`Rows`).
    """

    key: str
    args: Mapping[str, Any]
    count: int

    def __len__(self) -> int:
        return self.count

    def texts(self, language: str) -> Texts:
        """Return the sentence of each row."""
        found: Any = ""
        for literal, name, _, _ in string.Formatter().parse(sentences(language)[self.key]):
            found = found + literal
            if name:
                found = found + self._part(self.args[name], language)
        return np.full(self.count, found, dtype=object) if isinstance(found, str) else found

    @staticmethod
    def _part(value: Any, language: str) -> Any:
        if isinstance(value, np.ndarray):
            return value
        return value.texts(language) if hasattr(value, "texts") else _said(value, language)


@dataclass(frozen=True)
class Glued:
    """Rows of several parts with a separator between those that say something, or nothing."""

    parts: tuple[Rows, ...]
    separator: str

    def __len__(self) -> int:
        return len(self.parts[0])

    def texts(self, language: str) -> Texts:
        """Return the parts of each row joined; a part may be silent wherever it stands."""
        found = self.parts[0].texts(language)
        for part in self.parts[1:]:
            more = part.texts(language)
            between = np.where((found == "") | (more == ""), "", self.separator)
            found = found + between.astype(object) + more
        return found


@dataclass(frozen=True)
class Sentences:
    """A column of a result table: rows taken, in any order, from several phrases.

    order: shape (n,), the number of each row among the rows of all *parts*, one after another.
    """

    parts: tuple[Rows, ...]
    order: Indices

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, rows: Any) -> Any:
        """Return the rows with these numbers, or one row for one number."""
        if isinstance(rows, int | np.integer):
            return Cell(self, int(rows))
        return Sentences(self.parts, self.order[rows])

    def __iter__(self) -> Iterator[Cell]:
        return (Cell(self, row) for row in range(len(self)))

    def tolist(self) -> list[Cell]:
        """Return the rows one by one, each able to say itself in a language."""
        return list(self)

    def texts(self, language: str) -> Texts:
        """Return the text of each row in *language*."""
        sizes = np.array([len(part) for part in self.parts], dtype=np.intp)
        used = np.zeros(len(sizes), dtype=bool)
        used[np.searchsorted(np.cumsum(sizes), self.order, side="right")] = True
        said = [
            part.texts(language) if is_used else np.empty(len(part), dtype=object)
            for part, is_used in zip(self.parts, used.tolist(), strict=True)
        ]
        every: Texts = np.concatenate([np.zeros(0, dtype=object), *said])
        return every[self.order]


@dataclass(frozen=True)
class Cell:
    """One row of a column of sentences."""

    column: Sentences
    row: int

    def text(self, language: str = "en") -> str:
        """Return the row's text in *language*."""
        return str(self.column[self.row : self.row + 1].texts(language)[0])


def one_phrase(part: Rows) -> Sentences:
    """Return the rows of one phrase as a column."""
    return Sentences((part,), np.arange(len(part)))


def by_kind(kinds: NDArray[Any], say: Callable[[Any, Indices], Rows]) -> Sentences:
    """Return a column whose rows of one kind are said together.

    kinds: shape (n,). say: the kind and the numbers of its rows to what is said of them.
    """
    distinct, codes = np.unique(kinds, return_inverse=True)
    rows = [np.flatnonzero(codes == code) for code in range(len(distinct))]
    parts = tuple(say(kind, chosen) for kind, chosen in zip(distinct, rows, strict=True))
    order = np.empty(len(kinds), dtype=np.intp)
    order[np.concatenate([np.zeros(0, dtype=np.intp), *rows])] = np.arange(len(kinds))
    return Sentences(parts, order)


def join_columns(columns: Sequence[Any]) -> Any:
    """Return columns one after another: an array, or sentences where one of them is."""
    if not any(isinstance(column, Sentences) for column in columns):
        return np.concatenate(columns)
    parts: list[Rows] = []
    orders, start = [np.zeros(0, dtype=np.intp)], 0
    for column in map(_sentences, columns):
        parts += column.parts
        orders.append(column.order + start)
        start += sum(map(len, column.parts))
    return Sentences(tuple(parts), np.concatenate(orders))


def _sentences(column: Any) -> Sentences:
    return column if isinstance(column, Sentences) else one_phrase(Listed(column))


def said_once(items: Sequence[Any], language: str) -> Texts:
    """Return texts and messages as texts; an object that stands in many rows is said once."""
    numbers = list(map(id, items))
    distinct = dict(zip(numbers, items, strict=True))
    said = {number: _said(item, language) for number, item in distinct.items()}
    return _array(list(map(said.__getitem__, numbers)))


def _said(value: Any, language: str) -> str:
    return str(value.text(language) if hasattr(value, "text") else value)


def _array(items: Sequence[Any]) -> Texts:
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array
