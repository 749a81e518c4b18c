# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a line project meets layers and comes near features, by chainage (里程桩号)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from eco_onemap.core.further.crossing_table import Passage, Scope
from eco_onemap.core.measures.chainage_text import chainage_text
from eco_onemap.core.sites.line_chainage import chainages_of, runs_backwards
from eco_onemap.core.vocabulary import HitKind
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
)
from eco_onemap.outputs.report.material import Material, Row

MOST_ROWS = 300
"""Rows of one table of a line; a file holds them all."""


def crossing_sections(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield what a line meets by chainage, the totals of layers, and what it comes near."""
    rows = material.further.get("crossing", {}).get(site_id, [])
    if not rows:
        return
    yield Heading(material.say("section.line"), level)
    features = [row for row in rows if row["scope"] == Scope.FEATURE.value]
    near = [row for row in features if row["passage"] == Passage.NEAR.value]
    met = [row for row in features if row["passage"] != Passage.NEAR.value]
    whole = [row for row in rows if row["scope"] == Scope.LAYER.value]
    if met:
        yield from _crossings(material, met, level + 1)
        yield from _totals(material, whole, level + 1)
    if near:
        yield from _approaches(material, near, level + 1)


def _crossings(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    yield Heading(say("section.crossing", n=len(rows)), level)
    yield from _left_out(material, rows)
    yield Table(
        columns=(
            TableColumn(say("column.chainage"), 2),
            TableColumn(say("column.length"), 1, Align.RIGHT),
            TableColumn(say("column.layer"), 1.8),
            TableColumn(say("column.feature"), 2.2),
            TableColumn(say("column.passage"), 1.2),
        ),
        rows=tuple(
            (
                Cell(row["chainage"]),
                Cell(formatting.between_chainages(row["from_m"], row["to_m"])),
                Cell(material.layer_title(row["layer_id"])),
                _feature(row),
                Cell(say.word("passage", row["passage"]), _doubtful(material, row)),
            )
            for row in _along(rows)
        ),
        caption=say("caption.crossing", line=_line(material, rows[0]["site_id"])),
        to_fill=(TableColumn(say("column.judgement"), 2),),
    )


def _doubtful(material: Material, row: Row) -> str:
    """Return the kind of what is met where it is not simply real."""
    is_real = row["kind"] in (HitKind.REAL.value, HitKind.TOUCH.value)
    return "" if is_real else material.say.word("kind", row["kind"])


def _totals(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    by_layer: dict[str, list[Row]] = {}
    for row in rows:
        by_layer.setdefault(row["layer_id"], []).append(row)
    length = _site_length(material, rows[0]["site_id"])
    yield Heading(say("section.crossing_totals"), level)
    yield Table(
        columns=(
            TableColumn(say("column.layer"), 3),
            TableColumn(say("column.stretches"), 1, Align.RIGHT),
            TableColumn(say("column.length"), 1.4, Align.RIGHT),
            TableColumn(say("column.of_site"), 1.2, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(material.layer_title(layer_id), say.word("scope", found[0]["scope"])),
                Cell(f"{len(found):,}"),
                Cell(formatting.metres(total) if total > 0 else NO_VALUE),
                Cell(formatting.percent(min(100.0 * total / length, 100.0)) if total else NO_VALUE),
            )
            for layer_id, found in by_layer.items()
            for total in [sum(row["length_m"] for row in found)]
        ),
        caption=say("caption.crossing_totals"),
    )


def _approaches(material: Material, rows: list[Row], level: int) -> Iterator[Block]:
    say = material.say
    yield Heading(say("section.approach", n=len(rows)), level)
    yield from _left_out(material, rows)
    yield Table(
        columns=(
            TableColumn(say("column.chainage"), 1.3),
            TableColumn(say("column.off_line"), 1.4, Align.RIGHT),
            TableColumn(say("column.layer"), 2),
            TableColumn(say("column.feature"), 2.4),
        ),
        rows=tuple(
            (
                Cell(row["chainage"]),
                Cell(formatting.metres(row["distance_m"]), say.word("side", row["side"])),
                Cell(material.layer_title(row["layer_id"])),
                _feature(row),
            )
            for row in _along(rows)
        ),
        caption=say("caption.approach", within=f"{material.assessment.options.approach_m:g}"),
    )


def _along(rows: list[Row]) -> list[Row]:
    """Return the first rows along the line."""
    return sorted(rows, key=lambda row: (row["from_m"], row["to_m"]))[:MOST_ROWS]


def _left_out(material: Material, rows: list[Row]) -> Iterator[Paragraph]:
    if len(rows) > MOST_ROWS:
        yield Paragraph(material.say("crossings_left_out", shown=MOST_ROWS, n=len(rows)))


def _feature(row: Row) -> Cell:
    name, number = row["feature_name"], row["feature_id"]
    return Cell(name or number, number if name else "")


def _site_length(material: Material, site_id: str) -> float:
    return next(float(s["length_m"]) for s in material.sites if s["site_id"] == site_id)


def _line(material: Material, site_id: str) -> str:
    """Return from where to where the chainage of a line runs, and how."""
    say, options, sites = material.say, material.assessment.options, material.assessment.sites
    site = sites.take(np.flatnonzero(sites.ids == site_id))
    whole = chainages_of(site, site.geometries, options).whole
    count = len(whole)
    span = f"{chainage_text(whole.from_m[0])}–{chainage_text(whole.to_m[-1])}"
    whole_line = say("line.whole", chainage=span)
    told = [say("line.parts", chainage=span, count=count) if count > 1 else whole_line]
    if runs_backwards(site, options).any():
        told.append(say("line.reversed"))
    return ("" if say.language == "zh" else " ").join(told)
