# SPDX-License-Identifier: GPL-2.0-or-later
"""What differs between two assessments of the same sites, and what may have made it differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.causes import causes
from eco_onemap.core.table import Column, ColumnType, ResultTable

UNCOMPARED = frozenset({"run"})
"""Tables that name versions and files, told apart as causes."""

MOST_SITES = 20


@dataclass(frozen=True)
class Comparison:
    """Differences and causes, each as a sentence; without differences the results are the same."""

    differences: tuple[Message, ...]
    causes: tuple[Message, ...]

    @property
    def is_same(self) -> bool:
        """Whether every row of every table is the same."""
        return not self.differences


def compare(before: Assessment, now: Assessment) -> Comparison:
    """Return what differs; messages in the tables of both are text in the same language."""
    return Comparison(tuple(_differences(before, now)), tuple(causes(before, now)))


def _differences(before: Assessment, now: Assessment) -> Iterator[Message]:
    yield from _changed_verdicts(before, now)
    earlier = {table.name: table for table in before.tables}
    for table in now.tables:
        old = earlier.pop(table.name, None)
        if table.name not in UNCOMPARED and not _is_same(old, table):
            yield _other_rows(table.name, 0 if old is None else len(old), len(table))
    for name, table in earlier.items():
        yield _other_rows(name, len(table), 0)


def _other_rows(table: str, before: int, now: int) -> Message:
    """Return that a table says something else, by its name in words, and how long it was and is."""
    what = message(f"report.table_of.{table}")
    if before == now:
        return message("compare.other_content", what=what, rows=now)
    return message("compare.other_rows", what=what, before=before, now=now)


def _changed_verdicts(before: Assessment, now: Assessment) -> Iterator[Message]:
    old = dict(zip(*(before.site_verdict[name] for name in ("site_id", "verdict")), strict=True))
    new = zip(*(now.site_verdict[name] for name in ("site_id", "verdict")), strict=True)
    changed = [(site, old.get(site), verdict) for site, verdict in new if old.get(site) != verdict]
    for site, was, verdict in changed[:MOST_SITES]:
        told = message(f"verdict.{was}") if was else "–"
        yield message("compare.verdict", site=site, was=told, now=message(f"verdict.{verdict}"))
    if len(changed) > MOST_SITES:
        yield message("compare.more_verdicts", count=len(changed) - MOST_SITES)


def _is_same(before: ResultTable | None, now: ResultTable) -> bool:
    if before is None or len(before) != len(now):
        return False
    names = [column.name for column in before.columns]
    if names != [column.name for column in now.columns]:
        return False
    return all(_is_same_column(column, before, now) for column in now.columns)


def _is_same_column(column: Column, before: ResultTable, now: ResultTable) -> bool:
    old, new = before[column.name], now[column.name]
    if column.type is ColumnType.REAL:
        return bool(np.array_equal(old, new, equal_nan=True))
    if column.type is ColumnType.INTEGER:  # any negative count is no value
        return bool(np.array_equal(np.maximum(old, -1), np.maximum(new, -1)))
    return bool(np.array_equal(old, new))
