# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks one block of sites against loaded layers; blocks know nothing of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException

from eco_onemap.core.errors import LayerError
from eco_onemap.core.further.further_checks import Further, FurtherGround, check_further
from eco_onemap.core.law.capping import cap_older_datums
from eco_onemap.core.law.conditions import NO, group_facts
from eco_onemap.core.law.findings import Findings, apply_rule
from eco_onemap.core.law.gaps import Gap, Gaps, gather_gaps, join_gaps
from eco_onemap.core.law.margins import Margins, check_margins
from eco_onemap.core.law.projects import Projects
from eco_onemap.core.law.rule_gaps import distance_gaps
from eco_onemap.core.law.rules import Rule
from eco_onemap.core.law.setting_aside import set_aside
from eco_onemap.core.law.verdicts import decide, layer_gaps, lost_gap, site_gaps
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.loading import Loaded, LoadedRaster, LoadedVector
from eco_onemap.core.measures.layer_tables import hit_table, raster_class_table, site_layer_table
from eco_onemap.core.measures.measurement import LostLayer, Measurement
from eco_onemap.core.measures.measuring import Subject, measure_grid, measure_vector
from eco_onemap.core.measures.tiled_together import map_together
from eco_onemap.core.measures.vicinities import find_vicinities
from eco_onemap.core.measures.vicinity import Vicinities
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.results.explaining import explained
from eco_onemap.core.results.site_tables import (
    finding_table,
    not_evaluated_table,
    site_verdict_table,
)
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_caps import cap_findings, doubt_gaps, doubt_verdicts
from eco_onemap.core.table import ResultTable, join_tables
from eco_onemap.core.vocabulary import LayerStatus


@dataclass(frozen=True)
class Ground:
    """What all blocks of a check stand on.

    rules: those of each layer by its id. gaps: what no site could be checked against.
    told: the record of the run by which findings are explained, None where they are not.
    """

    layers: tuple[Loaded, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    gaps: tuple[Gap, ...]
    planar_crs: str
    options: Options
    further: FurtherGround = field(default_factory=FurtherGround)
    told: Mapping[str, Any] | None = None

    def is_needed(self, entry: LayerEntry) -> bool:
        """Return whether a site cannot be clear without the layer: for all, or used by a rule."""
        return entry.is_for_all_sites or bool(self.rules[entry.id])

    def needed_at(self, entry: LayerEntry, projects: Projects) -> NDArray[np.bool_]:
        """Return which sites cannot be clear without the layer.

        All where it is required or holds units; else those that one of its rules is, or may be,
        for.
        """
        needed = np.full(len(projects.number), entry.is_for_all_sites)
        for rule in self.rules[entry.id]:
            if needed.all():
                break
            needed |= projects.applies(rule) != NO
        return needed


Tables = dict[str, ResultTable]


class _PoisonedBlockError(Exception):
    """A block in which GEOS failed; its halves are tried on their own."""


def check_block(sites: SiteSet, ground: Ground, progress: Progress) -> Tables:
    """Return the result tables of a block of sites by name, all but ``run``.

    Where GEOS fails on a layer, the block is halved until the site at fault stands alone: for it
    the layer is ``failed``, for all others nothing changes.
    """
    try:
        return _check(sites, ground, progress)
    except _PoisonedBlockError:
        middle = len(sites) // 2
        halves = (np.arange(middle), np.arange(middle, len(sites)))
        parts = [check_block(sites.take(half), ground, progress) for half in halves]
        return join_blocks(parts)


def join_blocks(blocks: Sequence[Tables]) -> Tables:
    """Return the tables of several blocks, one after another."""
    return {name: join_tables([block[name] for block in blocks]) for name in blocks[0]}


def _check(sites: SiteSet, ground: Ground, progress: Progress) -> Tables:
    subject = Subject(
        sites.geometries, sites.names, ground.planar_crs, ground.options, sites.addresses
    )
    layers = []
    for loaded in ground.layers:
        stop_if_cancelled(progress)
        layers.append(_measure(subject, loaded, ground, progress))
    shapely.destroy_prepared(sites.geometries)  # a whole batch of prepared sites fills the memory
    layers = _map_together(layers, subject)
    measured = [layer for layer in layers if isinstance(layer, Measurement)]
    projects = Projects.of(sites.facts, ground.options.tags)
    vicinities = find_vicinities(subject, ground.layers, measured)
    stop_if_cancelled(progress)
    further = _further(ground, sites, subject, measured, vicinities)
    findings = _find([*measured, *further.derived], sites, ground)
    stop_if_cancelled(progress)
    margins, unsure = _margins(findings, measured, sites, ground, subject, vicinities)
    stop_if_cancelled(progress)
    reviewed = set_aside(margins.findings, sites, ground.options.overrides)
    here = _gaps(subject, sites, layers, ground, projects) + _distance_gaps(measured, sites, ground)
    gaps = join_gaps([*here, further.gaps, unsure, gather_gaps(reviewed.gaps)])
    placed = cap_older_datums(reviewed.findings)
    findings = cap_findings(placed, sites)
    decisive = join_gaps([gaps, gather_gaps(ground.gaps)])
    verdicts = doubt_verdicts(decide(len(sites), placed, decisive), sites)
    needed = [(item, ground.needed_at(item.entry, projects)) for item in layers]
    tables = (
        site_verdict_table(sites, subject, verdicts, findings, needed),
        site_layer_table(sites, subject, layers),
        hit_table(sites, measured),
        explained(finding_table(sites, subject, findings), sites, ground.told),
        not_evaluated_table(sites, gaps),
        raster_class_table(sites, subject, measured),
        *further.tables,
        *margins.tables,
    )
    return {table.name: table for table in tables}


def _measure(
    subject: Subject, loaded: Loaded, ground: Ground, progress: Progress
) -> Measurement | LostLayer:
    """Return what is measured of a layer, or that it failed at a site on its own."""
    if isinstance(loaded, LostLayer):
        return loaded
    try:
        if isinstance(loaded, LoadedVector):
            rules = ground.rules[loaded.entry.id]
            asked = {rule.reach_m for rule in rules} - {0.0}
            areas = frozenset[float]().union(*(rule.ring_areas_m for rule in rules))
            return measure_vector(subject, loaded, progress, sorted(asked), sorted(areas))
        return measure_grid(subject, loaded, progress)
    except (GEOSException, LayerError) as error:  # LayerError: a raster damaged below the site
        if len(subject) > 1:
            raise _PoisonedBlockError from error
        problem = message("layer.failed", layer=loaded.entry.title, cause=str(error))
        return LostLayer(loaded.entry, LayerStatus.FAILED.value, problem)


def _map_together(
    layers: list[Measurement | LostLayer], subject: Subject
) -> list[Measurement | LostLayer]:
    """Return the layers, those that tile the region together mapped where one of them is."""
    try:
        return map_together(layers, subject)
    except GEOSException as error:
        if len(subject) > 1:
            raise _PoisonedBlockError from error
        return layers  # each by itself leaves more unmapped


def _further(
    ground: Ground,
    sites: SiteSet,
    subject: Subject,
    measured: Sequence[Measurement],
    vicinities: Vicinities,
) -> Further:
    """Return the further checks; where GEOS fails at a site, limits within the error are open."""
    rasters = {one.entry.id: one.raster for one in ground.layers if isinstance(one, LoadedRaster)}
    try:
        return check_further(ground.further, sites, subject, measured, vicinities, rasters)
    except (GEOSException, LayerError) as error:
        if len(subject) > 1:
            raise _PoisonedBlockError from error
        return check_further(ground.further, sites, subject, measured, {}, rasters)


def _margins(
    findings: Sequence[Findings],
    measured: Sequence[Measurement],
    sites: SiteSet,
    ground: Ground,
    subject: Subject,
    vicinities: Vicinities,
) -> tuple[Margins, Gaps]:
    """Return what the positional error makes of the findings; a site that GEOS fails at is open."""
    given = findings, measured, ground.rules, sites, ground.further.lists_passes, subject
    try:
        return check_margins(*given, vicinities), gather_gaps([])
    except (GEOSException, LayerError) as error:
        if len(subject) > 1:
            raise _PoisonedBlockError from error
        why = message("gap.margins", cause=str(error))
        return check_margins(*given, {}), gather_gaps([Gap(0, "site", why, blocks=True)])


def _distance_gaps(measured: Sequence[Measurement], sites: SiteSet, ground: Ground) -> list[Gaps]:
    """Return where a rule on distances looks further than its layer is mapped."""
    facts = group_facts(sites.facts)
    return [
        distance_gaps(rule, layer, facts, ground.options)
        for layer in measured
        for rule in ground.rules[layer.entry.id]
        if rule.reach_m > 0
    ]


def _find(measured: Sequence[Measurement], sites: SiteSet, ground: Ground) -> list[Findings]:
    facts = group_facts(sites.facts)
    findings = [
        apply_rule(rule, layer, facts, ground.options)
        for layer in measured
        for rule in ground.rules[layer.entry.id]
    ]
    return [finding for finding in findings if len(finding)]


def _gaps(
    subject: Subject,
    sites: SiteSet,
    layers: Sequence[Measurement | LostLayer],
    ground: Ground,
    projects: Projects,
) -> list[Gaps]:
    """Return what could not be evaluated at sites of the block."""
    checked = subject.sizes.dimensions >= 0
    gaps = [site_gaps(sites), doubt_gaps(sites)]
    known_lost = {gap.what for gap in ground.gaps}
    for layer in layers:
        if isinstance(layer, Measurement):
            gaps.append(layer_gaps(layer, checked, ground.needed_at(layer.entry, projects)))
        elif f"layer:{layer.entry.id}" not in known_lost:
            needed = ground.is_needed(layer.entry)
            failed = lost_gap(layer, needed, site=0)  # it failed at the only site here
            gaps.append(gather_gaps([failed]))
    return gaps
