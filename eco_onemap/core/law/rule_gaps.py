# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that could not be evaluated, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from eco_onemap.core.law.conditions import NO, GroupedFacts, evaluate_projects
from eco_onemap.core.law.gaps import ALL_SITES, NO_GAPS, Gap, Gaps, gaps_at
from eco_onemap.core.law.rules import Rule, RulePack
from eco_onemap.core.layers.building.vocabulary import RoleTitles
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.layers.loading import Loaded, LoadedRaster
from eco_onemap.core.measures.measurement import CLASS_ATTRIBUTES, LostLayer, Measurement
from eco_onemap.core.messages import Message, message
from eco_onemap.core.options import Options
from eco_onemap.core.sentences import Indices, Numbers, Phrase, Rows, by_kind
from eco_onemap.core.sites.site import SiteFacts


def rule_gaps(
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    layers: Sequence[Loaded],
    rules: Mapping[str, tuple[Rule, ...]],
    derived: Sequence[str] = (),
) -> list[Gap]:
    """Return a gap for each rule that lacks its layer or an attribute of it.

    derived: roles of layers that the check makes itself.
    """
    roles = {entry.role for entry in catalogue.layers}
    roles |= set(derived)
    ids = {entry.id for entry in catalogue.layers}
    gaps = [
        _gap(rule, message("gap.no_layer", roles=RoleTitles((*rule.roles, *rule.layers))))
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
        for attribute in dict.fromkeys(name for where in rule.wheres for name in where)
        if attribute not in known
    ]
    if rule.reach_m > 0 and isinstance(layer, LoadedRaster):
        found.append(message("gap.no_distance", layer=layer.entry.title))
    return found


def distance_gaps(
    rule: Rule, layer: Measurement, facts: Sequence[SiteFacts] | GroupedFacts, options: Options
) -> Gaps:
    """Return a gap for each site around which the layer is not mapped as far as the rule looks.

    "Nothing near" then holds for the mapped part only. It is said, and blocks nothing: what is
    mapped at the site itself is judged apart.
    """
    if layer.distances is None:
        return NO_GAPS
    mapped = layer.distances.mapped_within[rule.reach_m]
    open_to_doubt = (mapped != 1.0) & (layer.mapped_share == 1.0)
    meant = evaluate_projects(rule.projects, facts, options.tags) != NO
    site = np.flatnonzero(open_to_doubt & meant)
    unknown = np.isnan(mapped[site])

    def say(is_unknown: bool, rows: Indices) -> Rows:
        share = "?" if is_unknown else Numbers(100 * mapped[site[rows]], ".2f")
        told = {"layer": layer.entry.title, "reach": f"{rule.reach_m:,.0f}", "share": share}
        return Phrase("gap.reach", told, len(rows))

    return gaps_at(site, f"rule:{rule.id}", by_kind(unknown, say), blocks=False)
