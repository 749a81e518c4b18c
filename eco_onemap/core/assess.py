# SPDX-License-Identifier: GPL-2.0-or-later
"""The one place where a check is computed: sites against a catalogue under rule packs."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.core import tabulating
from eco_onemap.core.assessment import Assessment
from eco_onemap.core.catalogue import Catalogue
from eco_onemap.core.crs import find_crs
from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.findings import Findings, apply_rule, rules_for
from eco_onemap.core.loading import Measured, measure_layers
from eco_onemap.core.measurement import LostLayer, Measurement
from eco_onemap.core.measuring import Subject
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.progress import NoProgress, Progress, SubProgress, stop_if_cancelled
from eco_onemap.core.rule_gaps import rule_gaps
from eco_onemap.core.rules import Rule, RulePack
from eco_onemap.core.run_record import record_run
from eco_onemap.core.site import SiteSet
from eco_onemap.core.sources import LayerCache, LayerSource
from eco_onemap.core.verdicts import Gap, decide, layer_gaps, lost_gap, site_gaps

MEASURING_SHARE = 0.9
"""How much of a check's time goes into measuring layers."""


def assess(
    sites: SiteSet,
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    options: Options,
    source: LayerSource,
    progress: Progress | None = None,
    cache: LayerCache | None = None,
) -> Assessment:
    """Return the assessment of all sites.

    cache: keeps layers compiled between checks; without one they are compiled anew.
    A layer or site that cannot be used is said in the result and the rest goes on. Raises
    CatalogueError for a planar_crs that is no projected CRS, and Cancelled.
    """
    progress = progress or NoProgress()
    subject = _subject(sites, catalogue, options)
    rules = {entry.id: rules_for(packs, entry.role, entry.id) for entry in catalogue.layers}
    measuring = SubProgress(progress, 0.0, MEASURING_SHARE)
    measured = measure_layers(subject, catalogue, rules, source, cache, measuring)
    progress.report(
        MEASURING_SHARE, message("step.judging", count=sum(len(p.rules) for p in packs))
    )
    findings = _findings(measured, rules, sites, options, progress)
    gaps = _gaps(subject, sites, catalogue, packs, measured, rules)
    verdicts = decide(len(sites), findings, gaps)
    in_order = _in_catalogue_order(catalogue, measured)
    needed = [layer for layer in measured.layers if _is_needed(layer, rules)]
    return Assessment(
        sites=sites,
        catalogue=catalogue,
        packs=tuple(packs),
        options=options,
        site_verdict=tabulating.site_verdict_table(sites, subject, verdicts, findings, needed),
        site_layer=tabulating.site_layer_table(sites, subject, in_order),
        hit=tabulating.hit_table(sites, measured.layers),
        finding=tabulating.finding_table(sites, subject, findings),
        not_evaluated=tabulating.not_evaluated_table(sites, gaps),
        raster_class=tabulating.raster_class_table(sites, subject, measured.layers),
        run=tabulating.run_table(record_run(sites, catalogue, packs, options, in_order)),
    )


def _subject(sites: SiteSet, catalogue: Catalogue, options: Options) -> Subject:
    if catalogue.planar_crs:
        crs = find_crs(catalogue.planar_crs)
        if crs is None or not crs.is_projected:
            raise CatalogueError("option.planar_crs", crs=catalogue.planar_crs)
    return Subject(sites.geometries, catalogue.planar_crs, options)


def _is_needed(layer: Measurement | LostLayer, rules: dict[str, tuple[Rule, ...]]) -> bool:
    """Return whether a site cannot be clear without the layer: required, or used by a rule."""
    return layer.entry.required or bool(rules[layer.entry.id])


def _findings(
    measured: Measured,
    rules: dict[str, tuple[Rule, ...]],
    sites: SiteSet,
    options: Options,
    progress: Progress,
) -> list[Findings]:
    findings = []
    for layer in measured.layers:
        stop_if_cancelled(progress)
        findings += [
            apply_rule(rule, layer, sites.facts, options) for rule in rules[layer.entry.id]
        ]
    return [finding for finding in findings if len(finding)]


def _gaps(
    subject: Subject,
    sites: SiteSet,
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    measured: Measured,
    rules: dict[str, tuple[Rule, ...]],
) -> list[Gap]:
    checked = subject.sizes.dimensions >= 0
    gaps = site_gaps(sites) + [lost_gap(lost, _is_needed(lost, rules)) for lost in measured.lost]
    for layer in measured.layers:
        gaps += layer_gaps(layer, checked, _is_needed(layer, rules))
    return gaps + rule_gaps(catalogue, packs, measured, rules)


def _in_catalogue_order(catalogue: Catalogue, measured: Measured) -> list[Measurement | LostLayer]:
    every: list[Measurement | LostLayer] = [*measured.layers, *measured.lost]
    by_id = {layer.entry.id: layer for layer in every}
    return [by_id[entry.id] for entry in catalogue.layers]
