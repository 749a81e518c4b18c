# SPDX-License-Identifier: GPL-2.0-or-later
"""What sheets and columns of result tables are called, with units, in the report's language."""

from __future__ import annotations

import re

from eco_onemap.core.table import Column
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.outputs.workbook.number_formats import unit_of

LONGEST_SHEET_NAME = 31
_UNITS = {"": "", "m2": " (m²)", "m": " (m)", "pct": " (%)", "deg": " (°)", "ha": " (ha)"}
_RING = re.compile(r"(within|ring)_([0-9.e+]+)_(?:area_)?m2?")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def column_title(say: Wording, column: Column) -> str:
    """Return a column's title: what it is in words with its unit, and its name in the tables."""
    words = _words(say, column.name)
    return column.name if words is None else f"{words}\n{column.name}"


def _words(say: Wording, name: str) -> str | None:
    ring = _RING.fullmatch(name)
    if ring:
        told = say.word("title_of", "within" if ring[1] == "within" else "ring_area")
        return f"{told} {float(ring[2]):,.10g} m" + ("" if ring[1] == "within" else " (m²)")
    unit = unit_of(name)
    base = "_".join(part for part in name.split("_") if part != unit)
    told = say.word("title_of", base)
    return None if told == base else told + _UNITS[unit]


def table_title(say: Wording, name: str) -> str:
    """Return what a result table is called."""
    return say.word("table_of", name)


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a sheet and no other sheet has, and remember it."""
    plain = _FORBIDDEN.sub(" ", title).strip(" '") or "-"
    name, number = plain[:LONGEST_SHEET_NAME], 2
    while name.lower() in taken:
        ending = f" ({number})"
        name = plain[: LONGEST_SHEET_NAME - len(ending)] + ending
        number += 1
    taken.add(name.lower())
    return name
