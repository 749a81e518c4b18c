# SPDX-License-Identifier: GPL-2.0-or-later
"""What could not be evaluated, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from eco_onemap.core.results.gap_subjects import gap_subject
from eco_onemap.outputs.report.blocks import Block, Cell, Heading, Paragraph, Table, TableColumn
from eco_onemap.outputs.report.material import EVERY_SITE, Material, Row

_MOST_PROBLEMS = 200


def why_not(material: Material, gap: Row) -> str:
    """Return one sentence on a row of ``not_evaluated``."""
    return material.say("gap", what=subject(material, gap), why=gap["why"])


def subject(material: Material, gap: Row) -> str:
    """Return what a row of ``not_evaluated`` is about: a rule or a layer, by its title."""
    told = gap_subject(gap["what"], material.layer_title, material.rule_title)
    return told.text(material.say.language)


def is_layer(gap: Row) -> bool:
    """Return whether a row of ``not_evaluated`` is about a layer."""
    return str(gap["what"]).startswith("layer:")


def gaps_table(material: Material, gaps: list[Row]) -> Table:
    """Return the rows of ``not_evaluated`` as a table; what shares a reason shares a row."""
    say = material.say
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        subjects[gap["why"]].append(subject(material, gap))
    return Table(
        columns=(TableColumn(say("column.what"), 3), TableColumn(say("column.why"), 2)),
        rows=tuple((Cell(_lines(material, named)), Cell(why)) for why, named in subjects.items()),
        caption=say("caption.gaps"),
        to_fill=(TableColumn(say("column.notes"), 1.2),),
    )


def _lines(material: Material, named: list[str]) -> str:
    return material.say("semicolon").join(dict.fromkeys(named))


def gaps_chapter(material: Material) -> Iterator[Block]:
    """Yield what could not be evaluated at any site, and the sites that could not be checked."""
    say, gaps = material.say, material.gaps.get(EVERY_SITE, [])
    problems = material.assessment.sites.problems
    yield Heading(say("chapter.gaps"), anchor="gaps", new_page=True)
    if not gaps and not problems:
        yield Paragraph(say("no_gaps_anywhere"))
    if gaps:
        yield gaps_table(material, gaps)
    if problems:
        yield _problems_table(material)


def _problems_table(material: Material) -> Table:
    say, sites = material.say, material.assessment.sites
    return Table(
        columns=(TableColumn(say("column.site"), 2), TableColumn(say("column.why"), 3)),
        rows=tuple(
            (Cell(sites.names[number] or sites.ids[number], sites.ids[number]), Cell(why))
            for number, why in _problems(material)
        ),
        caption=say("caption.problems"),
    )


def _problems(material: Material) -> list[tuple[int, str]]:
    """Return the numbers of the first sites that could not be checked, with the reason."""
    problems = sorted(material.assessment.sites.problems.items())[:_MOST_PROBLEMS]
    return [(number, why.text(material.say.language)) for number, why in problems]
