# SPDX-License-Identifier: GPL-2.0-or-later
"""The one place where a check is computed: sites against a catalogue under rule packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from eco_onemap.core.assessment import Assessment
from eco_onemap.core.blocks import Ground, Tables, check_block, join_blocks
from eco_onemap.core.catalogue import Catalogue
from eco_onemap.core.crs import find_crs
from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.explaining import record_rules
from eco_onemap.core.findings import rules_for
from eco_onemap.core.loading import Loaded, LoadedVector, close_layers, load_layers
from eco_onemap.core.measurement import LostLayer
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.progress import NoProgress, Progress, SubProgress, stop_if_cancelled
from eco_onemap.core.rule_gaps import rule_gaps
from eco_onemap.core.rules import RulePack
from eco_onemap.core.run_record import record_run
from eco_onemap.core.setting_aside import strangers
from eco_onemap.core.site import SiteSet
from eco_onemap.core.site_tables import not_evaluated_table, run_table
from eco_onemap.core.sources import LayerCache, LayerSource
from eco_onemap.core.stacking import Stack, stack_packs
from eco_onemap.core.table import join_tables
from eco_onemap.core.verdicts import ALL_SITES, Gap, lost_gap

LOADING_SHARE = 0.4
"""How much of a check's time goes into loading layers where none is cached."""


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
    _refuse_geographic_plane(catalogue)
    stack = stack_packs(packs, options.as_of)
    loading = SubProgress(progress, 0.0, LOADING_SHARE)
    layers = load_layers(catalogue, source, cache, options.as_of, loading)
    try:
        ground = _ground(catalogue, stack, options, layers)
        tables = _check_blocks(sites, ground, SubProgress(progress, LOADING_SHARE, 1.0))
    finally:
        close_layers(layers)
    gaps = (*ground.gaps, *strangers(options.overrides, sites))
    everywhere = not_evaluated_table(sites, gaps)
    record: dict[str, Any] = record_run(sites, catalogue, packs, options, layers)
    record = {**record, **stack.record, **record_rules(ground.rules)}
    return Assessment(
        sites=sites,
        catalogue=catalogue,
        packs=stack.packs,
        options=options,
        site_verdict=tables["site_verdict"],
        site_layer=tables["site_layer"],
        hit=tables["hit"],
        finding=tables["finding"],
        not_evaluated=join_tables([everywhere, tables["not_evaluated"]]),
        raster_class=tables["raster_class"],
        run=run_table(record),
    )


def _refuse_geographic_plane(catalogue: Catalogue) -> None:
    if not catalogue.planar_crs:
        return
    crs = find_crs(catalogue.planar_crs)
    if crs is None or not crs.is_projected:
        raise CatalogueError("option.planar_crs", crs=catalogue.planar_crs)


def _ground(
    catalogue: Catalogue, stack: Stack, options: Options, layers: tuple[Loaded, ...]
) -> Ground:
    rules = {entry.id: rules_for(stack.packs, entry.role, entry.id) for entry in catalogue.layers}
    lost: list[Gap] = [
        lost_gap(layer, layer.entry.required or bool(rules[layer.entry.id]))
        for layer in layers
        if isinstance(layer, LostLayer)
    ]
    gaps = (*lost, *_boundless_gaps(layers), *rule_gaps(catalogue, stack.packs, layers, rules))
    gaps += stack.gaps
    return Ground(layers, rules, gaps, catalogue.planar_crs, options)


def _boundless_gaps(layers: Sequence[Loaded]) -> list[Gap]:
    """Return a gap for each layer with features that have no geometry: only names tell of them."""
    counts = [
        (layer.entry, int((layer.layer.dimensions < 0).sum()))
        for layer in layers
        if isinstance(layer, LoadedVector)
    ]
    return [
        Gap(
            ALL_SITES,
            f"layer:{entry.id}",
            message("layer.no_geometry", layer=entry.title, count=count),
            blocks=False,
        )
        for entry, count in counts
        if count
    ]


def _check_blocks(sites: SiteSet, ground: Ground, progress: Progress) -> Tables:
    """Return the tables of all sites, checked block by block in as many threads as asked for.

    Blocks are runs of the sites in their order, so the result is the same for any number of
    threads and any size of block.
    """
    starts = range(0, max(len(sites), 1), ground.options.block_sites)
    blocks = [_block(sites, start, ground.options.block_sites) for start in starts]
    done: list[Tables] = []
    for tables in _in_threads(blocks, ground, progress):
        done.append(tables)
        count = min(len(done) * ground.options.block_sites, len(sites))
        step = message("step.checked", count=count, total=len(sites))
        progress.report(len(done) / len(blocks), step)
    return join_blocks(done)


def _block(sites: SiteSet, start: int, size: int) -> SiteSet:
    return sites.take(np.arange(start, min(start + size, len(sites))))


def _in_threads(blocks: Sequence[SiteSet], ground: Ground, progress: Progress) -> Iterator[Tables]:
    """Yield the tables of each block in order; stop all when cancelled."""
    if ground.options.workers == 1 or len(blocks) == 1:
        for block in blocks:
            stop_if_cancelled(progress)
            yield check_block(block, ground, progress)
        return
    with ThreadPoolExecutor(ground.options.workers) as pool:
        waiting = [pool.submit(check_block, block, ground, progress) for block in blocks]
        try:
            for result in waiting:
                yield result.result()
        finally:
            for result in waiting:
                result.cancel()
