# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that could not be evaluated, and why."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.core.catalogue import Catalogue
from eco_onemap.core.loading import Measured
from eco_onemap.core.measurement import Measurement
from eco_onemap.core.messages import Message, message
from eco_onemap.core.rules import Relation, Rule, RulePack
from eco_onemap.core.verdicts import Gap

ALL_SITES = -1


def rule_gaps(
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    measured: Measured,
    rules: dict[str, tuple[Rule, ...]],
) -> list[Gap]:
    """Return a gap for each rule that lacks its layer or an attribute of it."""
    roles = {entry.role for entry in catalogue.layers}
    layers = {entry.id for entry in catalogue.layers}
    gaps = [
        _gap(rule, message("gap.no_layer", roles=", ".join((*rule.roles, *rule.layers))))
        for pack in packs
        for rule in pack.rules
        if not roles & set(rule.roles) and not layers & set(rule.layers)
    ]
    for layer in measured.layers:
        for rule in rules[layer.entry.id]:
            gaps += [_gap(rule, why) for why in _shortcomings(rule, layer)]
    return gaps


def _gap(rule: Rule, why: Message) -> Gap:
    return Gap(ALL_SITES, f"rule:{rule.id}", why, blocks=False)


def _shortcomings(rule: Rule, layer: Measurement) -> list[Message]:
    """Return what the layer lacks for the rule."""
    found = [
        message("layer.missing_attribute", attribute=attribute, layer=layer.entry.title)
        for attribute in rule.where
        if attribute not in layer.features.attributes
    ]
    if rule.relation is Relation.WITHIN_DISTANCE and layer.distances is None:
        found.append(message("gap.no_distance", layer=layer.entry.title))
    return found
