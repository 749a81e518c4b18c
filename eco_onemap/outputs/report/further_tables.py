# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check finds beyond layers and rules at a site: units, clauses, neighbours, candidates.

And by how much it passes: the rules that it comes nearest to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from eco_onemap.core.law.pass_tables import AT_LEAST
from eco_onemap.core.law.situations import Unit
from eco_onemap.core.zoning.clauses import Conformity
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    Paragraph,
    Table,
    TableColumn,
    Tone,
)
from eco_onemap.outputs.report.hit_list import overlap_cell
from eco_onemap.outputs.report.material import Material, Row
from eco_onemap.outputs.report.wording import or_dash

MOST_PASSES = 12
"""Rules that a site comes nearest to; the table ``pass`` holds all."""

_TONES = {
    Conformity.VIOLATES.value: Tone.PROHIBITED,
    Conformity.MANUAL.value: Tone.STUDY,
    Conformity.CONFORMS.value: Tone.CLEAR,
}
_UNITS = {Unit.SQUARE_METRES.value: "m²", Unit.PERCENT.value: "%"}


def unit_sections(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield the units and zones that a site lies in, and the clauses of access lists for it."""
    yield from _built(material, site_id, "site_unit", _units, level)
    yield from _built(material, site_id, "clause", _clauses, level)


def neighbour_sections(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield the divisions around a site, and whom to consult."""
    yield from _built(material, site_id, "neighbour", _neighbours, level)


def candidate_sections(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield the entries of registers without a boundary that a site may lie in."""
    yield from _built(material, site_id, "candidate", _candidates, level)


def pass_sections(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield the rules that a site passed and comes nearest to."""
    yield from _built(material, site_id, "pass", _passes, level)


def _built(
    material: Material,
    site_id: str,
    table: str,
    build: Callable[[Material, list[Row], int], Iterator[Block]],
    level: int,
) -> Iterator[Block]:
    """Yield what is built of a site's rows in a table that only some runs have."""
    rows = material.further.get(table, {}).get(site_id, [])
    if rows:
        yield from build(material, rows, level)


def _units(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    yield Heading(say("section.site_unit", n=len(rows)), level)
    yield Table(
        columns=(
            TableColumn(say("column.unit"), 3),
            TableColumn(say("column.unit_class"), 1.6),
            TableColumn(say("column.overlap"), 1.4, Align.RIGHT),
            TableColumn(say("column.share"), 1.1, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(row["code"], " · ".join(filter(None, (row["what"], row["name"])))),
                Cell(or_dash(row["class_name"] or row["zone"]), row["element"]),
                overlap_cell(material, row),
                Cell(formatting.percent(row["share_pct"]), say.word("kind", row["kind"])),
            )
            for row in rows
        ),
        caption=say("caption.site_unit"),
    )


def _clauses(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    yield Heading(say("section.clause", n=len(rows)), level)
    yield Paragraph(say("clause_facts", facts=_facts(material, rows[0]["site_id"])))
    yield Table(
        columns=(
            TableColumn(say("column.clause"), 1.6),
            TableColumn(say("column.clause_text"), 4),
            TableColumn(say("column.conformity"), 1.5),
            TableColumn(say("column.why"), 2),
        ),
        rows=tuple(
            (
                Cell(or_dash(row["clause_no"]), _place(row)),
                Cell(row["clause_text"], row["document"]),
                Cell(row["answer"], tone=_TONES.get(row["conformity"], Tone.PLAIN)),
                Cell(row["reason"]),
            )
            for row in rows
        ),
        caption=say("caption.clause"),
        to_fill=(TableColumn(say("column.judgement"), 2),),
    )


def _facts(material: Material, site_id: str) -> str:
    """Return what clauses are compared with, in the words of the report."""
    say, facts = material.say, material.facts[site_id]
    tags = say.words("tag", sorted(facts.tags | material.assessment.options.tags))
    uses = say.word("use", facts.planned_use), say.word("stage", facts.stage)
    return say.listed(filter(None, (facts.industry, *uses, tags))) or say("nothing_stated")


def _place(row: Row) -> str:
    """Return whose list a clause is from, for whom, and in which dimension."""
    return " · ".join(filter(None, (row["level"], row["scope_code"], row["dimension"])))


def _neighbours(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    yield Heading(say("section.neighbour", n=len(rows)), level)
    yield Table(
        columns=(
            TableColumn(say("column.division"), 2.5),
            TableColumn(say("column.relation_to"), 1.2),
            TableColumn(say("column.distance"), 1.2, Align.RIGHT),
            TableColumn(say("column.share_around"), 1.3, Align.RIGHT),
            TableColumn(say("column.consult"), 1.3),
        ),
        rows=tuple(_neighbour(material, row) for row in rows),
        caption=say("caption.neighbour", within=f"{rows[0]['within_m']:,.0f}"),
    )


def _neighbour(material: Material, row: Row) -> tuple[Cell, ...]:
    say, share = material.say, row["share_pct"]
    asked = bool(row["consult"])
    return (
        Cell(row["name"] or row["code"], row["code"]),
        Cell(say.word("neighbour", row["relation"])),
        Cell(formatting.metres(row["distance_m"])),
        Cell(NO_VALUE if math.isnan(share) else formatting.percent(share)),
        Cell(say("to_consult") if asked else NO_VALUE, tone=Tone.STUDY if asked else Tone.PLAIN),
    )


def _candidates(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    yield Heading(say("section.candidate", n=len(rows)), level)
    yield Table(
        columns=(
            TableColumn(say("column.candidate"), 2.5),
            TableColumn(say("column.address"), 3),
            TableColumn(say("column.matched_by"), 1.2),
            TableColumn(say("column.likeness"), 1, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(row["feature_name"] or row["feature_id"], row["feature_id"]),
                Cell(or_dash(row["address"]), row["bounds_text"]),
                Cell(say.word("matched_by", row["matched_by"])),
                Cell(formatting.percent(row["likeness_pct"])),
            )
            for row in rows
        ),
        caption=say("caption.candidate"),
        to_fill=(TableColumn(say("column.judgement"), 2),),
    )


def _passes(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    """Yield the passes with the least headroom, those first whose nearest feature is known."""
    say = material.say
    known = [row for row in rows if not math.isnan(row["headroom"])]
    known.sort(key=lambda row: (row["certainty"] == AT_LEAST, row["headroom"], row["rule_id"]))
    nearest = known[:MOST_PASSES]
    yield Heading(say("section.pass", n=len(rows)), level)
    yield Table(
        columns=(
            TableColumn(say("column.rule"), 3),
            TableColumn(say("column.nearest"), 2.5),
            TableColumn(say("column.headroom"), 1.4, Align.RIGHT),
        ),
        rows=tuple(_pass(material, row) for row in nearest),
        caption=say("caption.pass", shown=len(nearest), total=len(rows)),
        empty=say("nothing_near"),
    )


def _pass(material: Material, row: Row) -> tuple[Cell, ...]:
    say, near = material.say, row["nearest_m"]
    found = Cell(say("none_found"), "" if row["nearest_id"] else row["nearest_name"])
    if not math.isnan(near):
        name = row["nearest_name"] or row["nearest_id"]
        found = Cell(name, say("nearest_at", metres=formatting.metres(near)))
    about = [material.layer_title(row["layer_id"]), row["condition"]]
    return (
        Cell(material.rule_title(row["rule_id"]), " · ".join(filter(None, about))),
        found,
        Cell(_headroom(row), say.word("certainty", row["certainty"])),
    )


def _headroom(row: Row) -> str:
    value, unit = row["headroom"], row["unit"]
    if unit == Unit.METRES.value:
        return formatting.metres(value)
    return f"{value:,.2f} {_UNITS.get(unit, '')}".strip()
