# SPDX-License-Identifier: GPL-2.0-or-later
"""The chapter on method."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.outputs.report.blocks import Align, Block, Cell, Facts, Heading, Table, TableColumn
from eco_onemap.outputs.report.material import Material
from eco_onemap.outputs.report.sources import FINGERPRINT_DIGITS
from eco_onemap.outputs.report.wording import or_dash


def method_chapter(material: Material) -> Iterator[Block]:
    """Yield how coordinates, areas, distances and verdicts come about, and the rule packs."""
    yield Heading(material.say("chapter.method"), anchor="method")
    yield Facts(
        tuple((material.say(f"step.{name}"), Cell(text)) for name, text in _method(material))
    )
    yield _packs(material)


def _method(material: Material) -> Iterator[tuple[str, str]]:
    """Yield the name of each step of the method and what it does."""
    say, options = material.say, material.assessment.options
    tolerances = options.tolerances
    sites = material.assessment.sites
    evidence = sites.crs_evidence.text(say.language) if sites.crs_evidence else ""
    came_in = say("method.coordinates", crs=or_dash(sites.crs))
    yield "coordinates", f"{came_in} {evidence}".rstrip()
    yield "area", say("method.area")
    yield (
        "planar",
        say("method.planar", crs=material.assessment.catalogue.planar_crs or say("own_zone")),
    )
    yield "overlap", say("method.overlap")
    yield "distance", say("method.distance")
    yield (
        "tolerances",
        say(
            "method.tolerances",
            touch=f"{tolerances.touch_m:g}",
            sliver=f"{tolerances.sliver_m:g}",
            sliver_m2=f"{tolerances.sliver_m2:g}",
            narrow=f"{tolerances.narrow_m:g}",
        ),
    )
    yield "coverage", say("method.coverage")
    yield "law", say("method.law", day=options.as_of.isoformat())
    yield "verdict", say("method.verdict")
    yield "rounding", say("method.rounding")


def _packs(material: Material) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.pack"), 2),
            TableColumn(say("column.version"), 1.2),
            TableColumn(say("column.jurisdiction"), 2),
            TableColumn(say("column.rules"), 1, Align.RIGHT),
            TableColumn(say("column.fingerprint"), 2),
        ),
        rows=tuple(
            (
                Cell(pack.name),
                Cell(pack.version),
                Cell(pack.jurisdiction),
                Cell(str(len(pack.rules))),
                Cell(or_dash(pack.fingerprint[:FINGERPRINT_DIGITS])),
            )
            for pack in material.assessment.packs
        ),
        caption=say("caption.packs"),
        empty=say("empty.packs"),
    )
