# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidate sites side by side: which is never better than another, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    Items,
    Paragraph,
    Report,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.conclusion import deciding_reason
from eco_onemap.outputs.report.material import Material, Row, gather
from eco_onemap.outputs.report.papers import paper
from eco_onemap.outputs.report.wording import tone_of

MOST_COMPARED = 5
"""Columns of a page that leave numbers whole; the tables of the result compare more sites."""


def compose_comparison(assessment: Assessment, language: str) -> Report:
    """Return the sheet on the sites with the mildest verdicts, at most :data:`MOST_COMPARED`."""
    material = gather(assessment, language, {}, len(assessment.site_verdict))
    sites = sorted(material.sites, key=_severity)[:MOST_COMPARED]
    say = material.say
    blocks: list[Block] = [Paragraph(say("comparison.intro", n=len(sites)))]
    if len(sites) < len(material.sites):
        shown = say("comparison.left_out", shown=len(sites), n=len(material.sites))
        blocks.append(Paragraph(shown))
    blocks += [_ranking(material, sites), Heading(say("comparison.layers"))]
    blocks += [_layers(material, sites), Heading(say("comparison.dominated"))]
    told = _dominated(material, sites)
    blocks.append(Items(tuple(told)) if told else Paragraph(say("comparison.none_dominated")))
    return paper(material, say("comparison.title"), blocks)


def _severity(site: Row) -> int:
    return SEVERITY[Verdict(site["verdict"])]


def _ranking(material: Material, sites: Sequence[Row]) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.site"), 2),
            TableColumn(say("column.verdict"), 1.8),
            TableColumn(say("fact.area"), 2, Align.RIGHT),
            TableColumn(say("comparison.findings"), 1.2, Align.RIGHT),
            TableColumn(say("column.reason"), 4),
        ),
        rows=tuple(
            (
                Cell(site["name"] or site["site_id"], site["site_id"]),
                Cell(say.verdict(site["verdict"]), tone=tone_of(site["verdict"])),
                Cell(formatting.square_metres(site["area_ellipsoid_m2"])),
                Cell(str(max(site["findings"], 0))),
                deciding_reason(material, site),
            )
            for site in sites
        ),
        caption=say("comparison.caption"),
        to_fill=(TableColumn(say("column.notes"), 1.5),),
    )


def _layers(material: Material, sites: Sequence[Row]) -> Table:
    """Return what each site takes of each layer, or how far away it lies."""
    say = material.say
    by_site = {
        site["site_id"]: {row["layer_id"]: row for row in material.layers.get(site["site_id"], [])}
        for site in sites
    }
    return Table(
        columns=(
            TableColumn(say("column.layer"), 1.9),
            *(TableColumn(site["site_id"], 1.6, Align.RIGHT) for site in sites),
        ),
        rows=tuple(
            (
                Cell(entry.title),
                *(_place(material, by_site[site["site_id"]].get(entry.id)) for site in sites),
            )
            for entry in material.assessment.catalogue.layers
        ),
        caption=say("comparison.layers_caption"),
    )


def _place(material: Material, row: Row | None) -> Cell:
    if row is None:
        return Cell(NO_VALUE)
    if row["status"] == LayerStatus.HIT.value:
        area, length = row["overlap_area_m2"], row["overlap_length_m"]
        if area > 0:
            return Cell(formatting.square_metres(area))
        return Cell(formatting.metres(length) if length > 0 else material.say.word("status", "hit"))
    if row["status"] == LayerStatus.NO_HIT.value:
        return Cell(NO_VALUE, formatting.metres(row["nearest_m"]))
    return Cell(material.say.word("status", row["status"]))


def _dominated(material: Material, sites: Sequence[Row]) -> list[str]:
    """Return a sentence for each site that another one equals or beats in every rule."""
    scores = {site["site_id"]: _score(material, site) for site in sites}
    told = []
    for site, own in scores.items():
        better = next((o for o, theirs in scores.items() if o != site and _beats(theirs, own)), "")
        if better:
            told.append(material.say("comparison.never_better", worse=site, better=better))
    return told


def _score(material: Material, site: Row) -> dict[str, int]:
    """Return the severity of what each rule says of a site, and of what is not known of it."""
    score = {"": SEVERITY[Verdict(site["verdict"])]}
    for row in material.findings.get(site["site_id"], []):
        severity = SEVERITY[Verdict(row["effective_verdict"] or row["verdict"])]
        score[row["rule_id"]] = max(severity, score.get(row["rule_id"], 0))
    return score


def _beats(one: dict[str, int], other: dict[str, int]) -> bool:
    """Return whether *one* is nowhere worse than *other* and somewhere better."""
    rules = {*one, *other}
    differences = [other.get(rule, 0) - one.get(rule, 0) for rule in rules]
    return min(differences, default=0) >= 0 and max(differences, default=-math.inf) > 0
