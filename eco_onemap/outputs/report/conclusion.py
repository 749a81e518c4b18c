# SPDX-License-Identifier: GPL-2.0-or-later
"""The first page: what the report is, what was not checked, and the conclusion on each site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from eco_onemap.core.vocabulary import LayerStatus, Verdict
from eco_onemap.outputs.formatting import largest_remainder
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
    TableColumn,
    Tally,
    Tone,
)
from eco_onemap.outputs.report.gaps import is_layer, why_not
from eco_onemap.outputs.report.material import EVERY_SITE, Material, Row
from eco_onemap.outputs.report.sources import file_name
from eco_onemap.outputs.report.wording import or_dash, tone_of

_MOST_LINES = 8


def first_page(material: Material) -> Iterator[Block]:
    """Yield the blocks of the first page and the table of conclusions."""
    yield _about(material)
    yield Paragraph(material.say("what_it_is"))
    yield _tally(material)
    yield _not_checked(material)
    yield Heading(material.say("chapter.conclusion"), anchor="conclusion")
    if material.left_out:
        yield _left_out(material)
    yield _conclusions(material)


def site_anchor(number: int) -> str:
    """Return the anchor of the section on the site with this number (from 1) in the report."""
    return f"site-{number}"


def _about(material: Material) -> Facts:
    say, assessment = material.say, material.assessment
    packs = say.listed(f"{pack.name} {pack.version}" for pack in assessment.packs)
    source = file_name(assessment.sites.source)
    return Facts(
        rows=(
            (say("fact.as_of"), Cell(assessment.options.as_of.isoformat())),
            (say("fact.sites"), Cell(say("sites_in_file", n=len(assessment.sites), file=source))),
            (say("fact.layers"), Cell(str(len(assessment.catalogue.layers)))),
            (say("fact.packs"), Cell(or_dash(packs))),
        ),
        pairs=2,
    )


def _tally(material: Material) -> Tally:
    """Return the number of sites by verdict, with shares that add up to 100 %."""
    counts = Counter(material.totals.verdicts)
    total = sum(counts.values()) or 1
    order = [verdict.value for verdict in Verdict]
    shares = largest_remainder([100 * counts[verdict] / total for verdict in order], 1)
    return Tally(
        tuple(
            Cell(
                str(counts[verdict]),
                material.say("tally", verdict=material.say.verdict(verdict), share=f"{share}%"),
                tone_of(verdict),
            )
            for verdict, share in zip(order, shares, strict=True)
        )
    )


def _not_checked(material: Material) -> Notice:
    """Return what this check does not answer, in the order of its weight."""
    say = material.say
    lines = [*_unchecked_sites(material), *_everywhere(material), *_unmapped(material)]
    if len(lines) > _MOST_LINES:
        more = len(lines) - _MOST_LINES
        lines = [*lines[:_MOST_LINES], say("not_checked.more", n=more)]
    return Notice(
        say("not_checked.title"), (*lines, say("not_checked.outside_catalogue")), Tone.NO_DATA
    )


def _unchecked_sites(material: Material) -> Iterator[str]:
    problems = material.assessment.sites.problems
    if problems:
        yield material.say("not_checked.sites", n=len(problems))


def _everywhere(material: Material) -> Iterator[str]:
    """Yield the lost layers by name and the rules that lack something by number."""
    gaps = material.gaps.get(EVERY_SITE, [])
    layers = [gap for gap in gaps if is_layer(gap)]
    yield from (why_not(material, gap) for gap in layers)
    rules = {gap["what"] for gap in gaps} - {gap["what"] for gap in layers}
    if rules:
        yield material.say("not_checked.rules", n=len(rules))


def _unmapped(material: Material) -> Iterator[str]:
    """Yield the layers that lack data at some sites."""
    lacking = {LayerStatus.NOT_MAPPED.value, LayerStatus.PARTLY_MAPPED.value}
    counts: Counter[str] = Counter()
    for (layer, status), count in material.totals.statuses.items():
        if status in lacking:
            counts[layer] += count
    for layer, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield material.say("not_checked.unmapped", layer=material.layer_title(layer), n=count)


def _left_out(material: Material) -> Notice:
    say = material.say
    line = say("left_out", shown=len(material.sites), n=material.left_out)
    return Notice(say("left_out_title"), (line,))


def _conclusions(material: Material) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.number"), 0.9, Align.CENTRE),
            TableColumn(say("column.site"), 2.2),
            TableColumn(say("column.verdict"), 1.9),
            TableColumn(say("column.reason"), 4.0),
            TableColumn(say("column.law"), 2.6),
        ),
        rows=tuple(
            _conclusion(material, number, site)
            for number, site in enumerate(material.sites, start=1)
        ),
        caption=say("caption.conclusions"),
        to_fill=(TableColumn(say("column.notes"), 1.5),),
    )


def _conclusion(material: Material, number: int, site: Row) -> tuple[Cell, ...]:
    verdict = site["verdict"]
    return (
        Cell(str(number)),
        Cell(site["name"] or site["site_id"], site["site_id"], anchor=site_anchor(number)),
        Cell(material.say.verdict(verdict), tone=tone_of(verdict)),
        deciding_reason(material, site),
        Cell(or_dash(deciding_law(material, site))),
    )


def deciding_reason(material: Material, site: Row) -> Cell:
    """Return why a site has its verdict, with the rule that decides below."""
    rule = site["deciding_rule"]
    return Cell(or_dash(site["reason"]), material.say("rule_number", rule=rule) if rule else "")


def deciding_law(material: Material, site: Row) -> str:
    """Return the articles in force behind the rule that decides on a site, "" where none does.

    Where there is no article in force, the result's own words say so.
    """
    rule = site["deciding_rule"]
    bases = material.in_force(rule)
    if bases:
        return material.say.listed(basis.citation for basis in bases)
    findings = material.findings.get(site["site_id"], [])
    return next((row["citation"] for row in findings if row["rule_id"] == rule), "")
