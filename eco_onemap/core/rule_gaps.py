# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that could not be evaluated, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eco_onemap.core.catalogue import Catalogue
from eco_onemap.core.loading import Loaded, LoadedRaster
from eco_onemap.core.measurement import CLASS_ATTRIBUTES, LostLayer
from eco_onemap.core.messages import Message, message
from eco_onemap.core.rules import Relation, Rule, RulePack
from eco_onemap.core.verdicts import ALL_SITES, Gap


def rule_gaps(
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    layers: Sequence[Loaded],
    rules: Mapping[str, tuple[Rule, ...]],
) -> list[Gap]:
    """Return a gap for each rule that lacks its layer or an attribute of it."""
    roles = {entry.role for entry in catalogue.layers}
    ids = {entry.id for entry in catalogue.layers}
    gaps = [
        _gap(rule, message("gap.no_layer", roles=", ".join((*rule.roles, *rule.layers))))
        for pack in packs
        for rule in pack.rules
        if not roles & set(rule.roles) and not ids & set(rule.layers)
    ]
    for layer in layers:
        for rule in rules[layer.entry.id]:
            gaps += [_gap(rule, why) for why in _shortcomings(rule, layer)]
    return gaps


def _gap(rule: Rule, why: Message) -> Gap:
    return Gap(ALL_SITES, f"rule:{rule.id}", why, blocks=False)


def _shortcomings(rule: Rule, layer: Loaded) -> list[Message]:
    """Return what the layer lacks for the rule; a lost layer is a gap of its own."""
    if isinstance(layer, LostLayer):
        return []
    known = CLASS_ATTRIBUTES if isinstance(layer, LoadedRaster) else layer.layer.attributes
    found = [
        message("layer.missing_attribute", attribute=attribute, layer=layer.entry.title)
        for attribute in rule.where
        if attribute not in known
    ]
    if rule.relation is Relation.WITHIN_DISTANCE and isinstance(layer, LoadedRaster):
        found.append(message("gap.no_distance", layer=layer.entry.title))
    return found
