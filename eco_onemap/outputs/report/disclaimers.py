# SPDX-License-Identifier: GPL-2.0-or-later
"""The chapter on limits: what always holds, and what holds because of what happened."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.layers.catalogue import CoverageKind
from eco_onemap.core.vocabulary import HitKind, LayerStatus
from eco_onemap.outputs.report.blocks import Block, Heading, Items
from eco_onemap.outputs.report.material import Material


def disclaimers_chapter(material: Material) -> Iterator[Block]:
    """Yield the disclaimers that fit the assessment."""
    yield Heading(material.say("chapter.disclaimers"), anchor="disclaimers")
    lines = (*_always(material), *_of_layers(material), *_of_hits(material), *_of_rules(material))
    yield Items(lines, numbered=True)


def _always(material: Material) -> Iterator[str]:
    say = material.say
    yield say("disclaimer.screening")
    yield say("disclaimer.own_data")
    yield say("disclaimer.redo")
    if any(site["repaired"] for site in material.sites):
        yield say("disclaimer.repaired")


def _of_layers(material: Material) -> Iterator[str]:
    say, statuses = material.say, {status for _, status in material.totals.statuses}
    if statuses & {LayerStatus.NOT_LOADED.value, LayerStatus.FAILED.value}:
        yield say("disclaimer.lost")
    if statuses & {LayerStatus.NOT_MAPPED.value, LayerStatus.PARTLY_MAPPED.value}:
        yield say("disclaimer.unmapped")
    entries = material.assessment.catalogue.layers
    assumed = [entry.title for entry in entries if entry.coverage.kind is CoverageKind.EXTENT]
    if assumed:
        yield say("disclaimer.extent", layers=say.listed(assumed))
    accurate = [
        say("layer_accuracy", layer=entry.title, m=f"{entry.accuracy_m:g}")
        for entry in entries
        if entry.accuracy_m
    ]
    if accurate:
        yield say("disclaimer.accuracy", layers=say.listed(accurate))


def _of_hits(material: Material) -> Iterator[str]:
    slight = {HitKind.SLIVER.value, HitKind.TOUCH.value, HitKind.NARROW.value}
    if slight & set(material.totals.hit_kinds):
        yield material.say("disclaimer.slivers")


def _of_rules(material: Material) -> Iterator[str]:
    """Yield what holds for law that was not checked or that is not in force."""
    say = material.say
    used = {row["rule_id"] for rows in material.findings.values() for row in rows}
    bases = {rule: material.in_force(rule) for rule in sorted(used)}
    unverified = [
        rule for rule, found in bases.items() if found and not any(b.verified for b in found)
    ]
    if unverified:
        yield say("disclaimer.unverified", rules=say.listed(unverified))
    without = [rule for rule, found in bases.items() if not found]
    if without:
        yield say("disclaimer.no_basis", rules=say.listed(without))
