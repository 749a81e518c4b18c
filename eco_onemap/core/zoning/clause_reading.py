# SPDX-License-Identifier: GPL-2.0-or-later
"""From the rows of an access list's table to its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from eco_onemap.core.errors import LayerError
from eco_onemap.core.law.rules import ProjectFilter
from eco_onemap.core.layers.catalogue import AccessListEntry
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.core.messages import Message, message
from eco_onemap.core.zoning.clauses import Clause, Industry, Limit, parse_industry, parse_limit
from eco_onemap.core.zoning.codes import division, plain_code
from eco_onemap.core.zoning.list_header import Header, find_header
from eco_onemap.core.zoning.vocabulary import (
    Level,
    RestrictType,
    find_term,
    find_unit_class,
)

_CODE = re.compile(r"[A-Z]{0,2}\d{2,}")
_SEPARATORS = re.compile(r"[;；,，、\s]+")
_NUMBERED = re.compile(
    r"\s*(?:[（(]?(\d+(?:[-.]\d+)*|[一二三四五六七八九十]+)[）).、．:：]|(\d+[-.]\d+))\s*"
)


def read_clauses(rows: TableRows, entry: AccessListEntry) -> tuple[Clause, ...]:
    """Return the clauses of a table; LayerError where it has no header that is understood."""
    header = _find_header(rows, entry)
    found: list[Clause] = []
    for line, cells in zip(rows.lines[header.row + 1 :], rows.rows[header.row + 1 :], strict=True):
        row = {name: _cell(cells, number) for name, number in header.columns.items()}
        for said in _clauses_of_row(row, cells, header):
            found += [_clause(said, scope, entry, f"{line}") for scope in _scopes(said, entry)]
    if not found:
        raise LayerError("access.empty", path=rows.source)
    return tuple(found)


def _find_header(rows: TableRows, entry: AccessListEntry) -> Header:
    header = find_header(rows, entry)
    if header is None:
        seen = ", ".join(cell for cell in rows.rows[0] if cell)[:200] if rows.rows else ""
        raise LayerError("access.no_header", path=rows.source, found=seen)
    return header


def _cell(cells: Sequence[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""


def _clauses_of_row(
    row: Mapping[str, str], cells: Sequence[str], header: Header
) -> Iterator[dict[str, str]]:
    """Yield what the row says of each of its clauses."""
    if "text" in header.columns:
        if row["text"]:
            yield dict(row)
        return
    for place, (dimension, number) in enumerate(header.dimensions.items(), 1):
        for clause_no, text in part_clauses(_cell(cells, number), place):
            yield {**row, "dimension": dimension, "number": clause_no, "text": text}


def part_clauses(cell: str, dimension: int) -> list[tuple[str, str]]:
    """Return the numbered clauses of a cell of many lines as (number, text).

    A line that does not begin with a number goes on with the clause before. A cell without
    numbers is one clause. Numbers that the cell writes without the dimension's (1, 2 …) get it.
    """
    parts: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, cell.splitlines())):
        found = _NUMBERED.match(line)
        if found or not parts:
            written = (found[1] or found[2]) if found else ""
            parts.append((written, [line[found.end() :] if found else line]))
        else:
            parts[-1][1].append(line)
    return [
        (_clause_number(written, dimension, place), "\n".join(lines))
        for place, (written, lines) in enumerate(parts, 1)
    ]


def _clause_number(written: str, dimension: int, place: int) -> str:
    if not written or not re.search(r"[-.]", written):
        return f"{dimension}-{place}"
    return written


def _scopes(said: Mapping[str, str], entry: AccessListEntry) -> tuple[str, ...]:
    """Return the codes that a row is for; a cell may name several."""
    cell = said.get("scope_code", "") or entry.scope
    codes = tuple(plain_code(part) for part in _SEPARATORS.split(cell) if part)
    return codes if all(map(_CODE.fullmatch, codes)) and codes else (plain_code(cell),)


def _level_of(said: Mapping[str, str], scope: str, entry: AccessListEntry) -> Level | None:
    """Return the level that the row or the catalogue says, else the one that the code tells."""
    stated = find_term("levels", said.get("level", "")) or find_term("levels", entry.level)
    if stated:
        return Level(stated)
    if scope[:2].isalpha() and _CODE.fullmatch(scope):
        return Level.UNIT
    return {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY}.get(len(division(scope) or ""))


def _clause(said: Mapping[str, str], scope: str, entry: AccessListEntry, line: str) -> Clause:
    restrict = said.get("restrict_type", "")
    kind = find_term("restrict_types", restrict) or find_term(
        "restrict_types", said.get("sub_dimension", "")
    )
    reading = _Reading(entry.source, line)
    return Clause(
        clause_id=said.get("clause_id", "") or f"{entry.id}:{line}:{said.get('number', '')}",
        level=_level_of(said, scope, entry),
        level_text=said.get("level", "") or entry.level,
        scope=scope,
        unit_class=find_unit_class(said.get("unit_class", "")),
        dimension=said.get("dimension", ""),
        sub_dimension=said.get("sub_dimension", ""),
        number=said.get("number", ""),
        text=said["text"],
        restrict_type=RestrictType(kind or "other"),
        restrict_text=restrict,
        industries=reading.industries(said.get("industries", "")),
        projects=ProjectFilter(
            all_tags=_parts(said.get("activities", "")),
            planned_uses=_parts(said.get("planned_uses", "")),
        ),
        limits=reading.limits(said.get("limits", "")),
        document=" ".join(filter(None, (said.get("doc_title", ""), said.get("doc_no", "")))),
        effective_from=reading.day(said.get("effective_from", "")) or entry.valid_from,
        effective_to=reading.day(said.get("effective_to", "")) or entry.valid_to,
        unread=tuple(reading.unread),
    )


@lru_cache(maxsize=10_000)
def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in _SEPARATORS.split(cell) if part)


class _Reading:
    """Reads the cells of one row that are meant for a machine, and keeps what it cannot read."""

    def __init__(self, path: str, line: str) -> None:
        self._path, self._line = path, line
        self.unread: list[Message] = []

    def industries(self, cell: str) -> tuple[Industry, ...]:
        """Return the classes of GB/T 4754 in a cell."""
        found = [(part, parse_industry(part)) for part in _parts(cell)]
        self._note(part for part, industry in found if industry is None)
        return tuple(industry for _, industry in found if industry)

    def limits(self, cell: str) -> tuple[Limit, ...]:
        """Return the limits in a cell, parted by semicolons."""
        parts = [part for part in re.split(r"[;；\n]", cell) if part.strip()]
        found = [(part, parse_limit(part)) for part in parts]
        self._note(part for part, limit in found if limit is None)
        return tuple(limit for _, limit in found if limit)

    def day(self, cell: str) -> date | None:
        """Return the date in a cell, written 2024-07-01, 2024/7/1, 2024年7月1日 or with a time."""
        found = _find_day(cell)
        self._note([cell] if cell and found is None else [])
        return found

    def _note(self, parts: Iterable[str]) -> None:
        self.unread += [
            message("access.unread", path=self._path, line=self._line, part=part.strip())
            for part in parts
        ]


@lru_cache(maxsize=10_000)
def _find_day(cell: str) -> date | None:
    numbers = re.match(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", cell)
    try:
        year, month, day = map(int, numbers.groups() if numbers else ())
        return date(year, month, day)
    except ValueError:
        return None
