# SPDX-License-Identifier: GPL-2.0-or-later
"""One sheet per source of drinking water (一源一册): its facts, and the projects at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

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
    """Yield a list of the sources that sites are in or near, by code, and a sheet for each.

    told_of: the sites that a report is about, of which the list and its sheets are an appendix;
    by default all. Nothing where no site is in or near a source.
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
    if not by_source:
        return
    say = Wording(language)
    if told_of is not None:
        yield Heading(say("chapter.source_sheets"), anchor="sources-of-water", new_page=True)
    yield _list(say, by_source)
    for code, rows in sorted(by_source.items()):
        yield Heading(rows[0]["source_name"] or code, 1 if told_of is None else 2, new_page=True)
        yield from _sheet(say, code, rows, verdicts)


def _list(say: Wording, by_source: dict[str, list[Row]]) -> Table:
    return Table(
        columns=(
            TableColumn(say("source.name"), 2),
            TableColumn(say("source.code"), 1.5),
            TableColumn(say("source.type"), 1),
            TableColumn(say("source.approval"), 2),
            TableColumn(say("source.inside"), 1.2, Align.RIGHT),
            TableColumn(say("source.near"), 1.2, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(or_dash(rows[0]["source_name"])),
                Cell(code),
                Cell(or_dash(rows[0]["source_type"])),
                Cell(or_dash(rows[0]["approval_doc"])),
                Cell(str(sum(bool(row["level"]) for row in rows))),
                Cell(str(sum(not row["level"] for row in rows))),
            )
            for code, rows in sorted(by_source.items())
        ),
        caption=say("source.list"),
    )


def _sheet(say: Wording, code: str, rows: list[Row], verdicts: dict[str, str]) -> Iterator[Block]:
    first = rows[0]
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
        Cell(formatting.metres(row["distance_m"])),
        Cell(formatting.metres(row["intake_m"])),
        Cell(say.verdict(verdict) if verdict else NO_VALUE, tone=tone_of(verdict)),
    )
