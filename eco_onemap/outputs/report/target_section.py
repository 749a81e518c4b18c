# SPDX-License-Identifier: GPL-2.0-or-later
"""Sensitive targets of a site (环境保护目标表), people within 50 m, 500 m and 5 km, and class E."""

from __future__ import annotations

import math
from collections.abc import Iterator

from eco_onemap.core.further.sensitive_targets import (
    CLASSES,
    CLASSES_VERIFIED,
    DISTANCES_M,
    LEAST_CLASS,
)
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
    Tone,
)
from eco_onemap.outputs.report.material import Material, Row

MOST_TARGETS = 25
"""Targets that a page has room for; the table ``site_target`` holds more."""


def target_section(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield the tables of targets and of people, nothing where no layer tells them."""
    say = material.say
    sums = material.further.get("site_population", {}).get(site_id, [])
    if not sums:
        return
    targets = material.further.get("site_target", {}).get(site_id, [])
    shown = targets[:MOST_TARGETS]
    whole = sums[-1]
    yield Heading(say("section.targets", n=whole["targets"]), level)
    yield _targets(material, shown, whole["targets"])
    yield _people(material, sums)
    yield _class(material, whole)


def _targets(material: Material, rows: list[Row], total: int) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.number"), 0.8, Align.CENTRE),
            TableColumn(say("column.target"), 3),
            TableColumn(say("column.people"), 1.4, Align.RIGHT),
            TableColumn(say("column.households"), 1.8, Align.RIGHT),
            TableColumn(say("column.bearing"), 1.6),
            TableColumn(say("column.distance_to_boundary"), 1.6, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(str(number)),
                Cell(row["feature_name"] or row["feature_id"], row["target_kind"]),
                Cell(_count(row["population"])),
                Cell(_count(row["households"])),
                Cell(formatting.compass(row["bearing_deg"], say.language)),
                Cell(formatting.metres(row["distance_m"])),
            )
            for number, row in enumerate(rows, start=1)
        ),
        caption=say("caption.targets", shown=len(rows), n=total),
        empty=say("empty.targets"),
        to_fill=(TableColumn(say("column.function_zone"), 1.4),),
    )


def _people(material: Material, rows: list[Row]) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.within_distance"), 2),
            TableColumn(say("column.targets"), 1.5, Align.RIGHT),
            TableColumn(say("column.people"), 2, Align.RIGHT),
            TableColumn(say("column.uncounted"), 2, Align.RIGHT),
            TableColumn(say("column.mapped"), 1.5, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(_whole_metres(row["within_m"])),
                Cell(_count(row["targets"])),
                Cell(_count(row["population"])),
                Cell(_count(row["uncounted"]), tone=Tone.STUDY if row["uncounted"] else Tone.PLAIN),
                Cell(formatting.percent(row["mapped_pct"])),
            )
            for row in rows
        ),
        caption=say("caption.people"),
    )


def _class(material: Material, row: Row) -> Facts:
    """Return the class by known people, with limits, source and whether it was compared.

    The class may be higher where some people are not known, but for the highest one.
    """
    name, say = row["exposure"], material.say
    is_sure = name == CLASSES[0][0] or (not row["uncounted"] and row["mapped_pct"] >= 100)
    near, far = (_whole_metres(distance) for distance in DISTANCES_M[1:])
    limits = [
        say(
            "exposure.limit", name=one, near=near, some=f"{some:,.0f}", far=far, many=f"{many:,.0f}"
        )
        for one, some, many in CLASSES
    ]
    limits.append(say("exposure.else", name=LEAST_CLASS))
    compared = say("exposure.verified") if CLASSES_VERIFIED else say("exposure.unverified")
    return Facts(
        (
            (
                say("exposure.class"),
                Cell(name)
                if is_sure
                else Cell(say("exposure.at_least", name=name), say("exposure.open")),
            ),
            (say("exposure.limits"), Cell(say("semicolon").join(limits))),
            (say("exposure.source"), Cell(say("exposure.standard"), compared)),
        )
    )


def _whole_metres(distance_m: float) -> str:
    return f"{distance_m:,.0f} m"


def _count(number: float) -> str:
    return NO_VALUE if math.isnan(number) else f"{number:,.0f}"
