# SPDX-License-Identifier: GPL-2.0-or-later
"""One sheet per source of drinking water (一源一册): its facts, and the projects at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Facts,
    Heading,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.wording import Wording, or_dash, tone_of

Row = dict[str, Any]


def source_sheets(
    assessment: Assessment, language: str, told_of: Collection[str] | None = None
) -> Iterator[Block]:
    """Yield the blocks of a sheet for each source that sites are in or near, by its code.

    told_of: the sites that a report is about; by default all. Nothing where the run has no layer
    of drinking-water zones.
    """
    table = assessment.further.get("site_source")
    if table is None:
        return
    verdicts = dict(
        zip(assessment.site_verdict["site_id"], assessment.site_verdict["verdict"], strict=True)
    )
    by_source: dict[str, list[Row]] = {}
    wanted = None if told_of is None else frozenset(told_of)
    for row in table.rows():
        if wanted is not None and row["site_id"] not in wanted:
            continue
        by_source.setdefault(row["source_code"], []).append(row)
    say = Wording(language)
    for code, rows in sorted(by_source.items()):
        yield from _sheet(say, code, rows, verdicts)


def _sheet(say: Wording, code: str, rows: list[Row], verdicts: dict[str, str]) -> Iterator[Block]:
    first = rows[0]
    yield Heading(first["source_name"] or code, level=1, new_page=True)
    yield Facts(
        (
            (say("source.code"), Cell(code)),
            (say("source.type"), Cell(or_dash(first["source_type"]))),
            (say("source.approval"), Cell(or_dash(first["approval_doc"]))),
            (say("source.inside"), Cell(str(sum(bool(row["level"]) for row in rows)))),
        ),
        pairs=2,
    )
    ordered = sorted(rows, key=lambda row: (row["level"] or "9", row["distance_m"], row["site_id"]))
    yield Table(
        columns=(
            TableColumn(say("column.site"), 2),
            TableColumn(say("source.level"), 1.2),
            TableColumn(say("source.area"), 1.5, Align.RIGHT),
            TableColumn(say("source.distance"), 1.2, Align.RIGHT),
            TableColumn(say("source.intake"), 1.2, Align.RIGHT),
            TableColumn(say("source.verdict"), 1.5),
        ),
        rows=tuple(_site(say, row, verdicts) for row in ordered),
        caption=say("source.caption"),
    )


def _site(say: Wording, row: Row, verdicts: dict[str, str]) -> tuple[Cell, ...]:
    area = sum(row[f"overlap_{level}_m2"] for level in "123")
    verdict = verdicts.get(row["site_id"], "")
    return (
        Cell(row["site_id"], row["name"]),
        Cell(say.word("source.zone", row["level"]) if row["level"] else NO_VALUE),
        Cell(formatting.square_metres(area) if area > 0 else NO_VALUE),
        Cell(_metres(row["distance_m"])),
        Cell(_metres(row["intake_m"])),
        Cell(say.verdict(verdict) if verdict else NO_VALUE, tone=tone_of(verdict)),
    )


def _metres(value: float) -> str:
    return NO_VALUE if np.isnan(value) else f"{value:,.1f} m"
