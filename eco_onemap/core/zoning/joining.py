# SPDX-License-Identifier: GPL-2.0-or-later
"""Joins clauses to control units by code: a unit's own, and those of its county, city, province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.zoning.clauses import Clause
from eco_onemap.core.zoning.codes import Code, division
from eco_onemap.core.zoning.vocabulary import Level

Indices = NDArray[np.intp]

EVERYWHERE = ""
"""The scope of a clause above the units that names no code: all units."""


@dataclass(frozen=True)
class Joined:
    """The clauses of each unit: those of unit *u* are values[offsets[u] : offsets[u + 1]].

    has_own: shape (u,), whether clauses of the unit's own level are among them.
    """

    offsets: Indices
    values: Indices
    has_own: NDArray[np.bool_]

    def expand(self, unit: Indices) -> tuple[Indices, Indices]:
        """Return for rows of unit numbers the pairs (row, clause)."""
        counts = np.diff(self.offsets)[unit]
        row = np.repeat(np.arange(len(unit)), counts)
        step = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        return row, self.values[self.offsets[unit[row]] + step]


def is_joinable(clause: Clause) -> bool:
    """Return whether a clause's scope is one that a unit's code can tell."""
    if clause.scope == EVERYWHERE:
        return clause.level is not None and clause.level is not Level.UNIT
    return clause.level is Level.UNIT or division(clause.scope) is not None or _is_unit(clause)


def _is_unit(clause: Clause) -> bool:
    return len(clause.scope) > 6 and clause.scope[:2].isalpha()


def join_clauses(clauses: Sequence[Clause], units: Sequence[Code]) -> Joined:
    """Return which clauses are for which units, in the order of the clauses."""
    by_scope: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(clauses):
        if is_joinable(clause):
            by_scope[_key(clause)].append(number)
    found = [_of_unit(unit, clauses, by_scope) for unit in units]
    own = [any(_is_own(clauses[number], unit) for number in numbers)
           for unit, numbers in zip(units, found, strict=True)]  # fmt: skip
    counts = np.array([len(numbers) for numbers in found], dtype=np.intp)
    values = np.array([number for numbers in found for number in numbers], dtype=np.intp)
    return Joined(np.r_[0, np.cumsum(counts)].astype(np.intp), values, np.array(own, dtype=bool))


def _key(clause: Clause) -> str:
    return division(clause.scope) or clause.scope


def _is_own(clause: Clause, unit: Code) -> bool:
    return clause.scope == unit.text


def _of_unit(unit: Code, clauses: Sequence[Clause], by_scope: dict[str, list[int]]) -> list[int]:
    numbers = {n for scope in _scopes(unit) for n in by_scope.get(scope, ())}
    return sorted(number for number in numbers if _is_meant(clauses[number], unit))


def _scopes(unit: Code) -> Iterator[str]:
    yield unit.text
    yield EVERYWHERE
    for digits in (2, 4, 6):
        if unit.admin:
            yield division(unit.admin[:digits]) or ""


def _is_meant(clause: Clause, unit: Code) -> bool:
    """Return whether a clause of a wider scope is meant for units of this class and domain."""
    if clause.unit_class and clause.unit_class != unit.unit_class:
        return False
    return clause.level is not Level.SEA or unit.domain == "sea"
