# SPDX-License-Identifier: GPL-2.0-or-later
"""The one place where a check is computed: sites against a catalogue under rule packs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.batch import Executor, Threads, plan_blocks, site_numbers
from eco_onemap.core.blocks import Ground, Tables, check_block
from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.further.further_checks import (
    FURTHER_TABLES,
    FurtherGround,
    prepare_further,
    with_transformation,
    within_reach,
)
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.law.findings import rules_for
from eco_onemap.core.law.gaps import Gap, gather_gaps
from eco_onemap.core.law.rule_gaps import rule_gaps
from eco_onemap.core.law.rules import Rule, RulePack
from eco_onemap.core.law.setting_aside import strangers
from eco_onemap.core.law.stacking import Stack, stack_packs
from eco_onemap.core.law.verdicts import lost_gap
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.layers.layer_gaps import incomplete_gaps
from eco_onemap.core.layers.loading import Loaded, close_layers, load_layers
from eco_onemap.core.layers.sources import LayerCache, LayerSource
from eco_onemap.core.measures.measurement import LostLayer
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.progress import NoProgress, Progress, SubProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.explaining import SPOKEN, record_rules
from eco_onemap.core.results.run_record import noted, record_run
from eco_onemap.core.results.site_tables import not_evaluated_table, run_table
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable, join_tables

LOADING_SHARE = 0.4
"""How much of a check's time goes into loading layers where none is cached."""

CHECKED_SHARE = 0.95
"""Where the sink begins to put the tables together."""

LOST_STATUSES = ("not_loaded", "failed")


class ResultSink(Protocol):
    """Takes the tables of a check block by block, in any order."""

    def begin(self, key: str, empty: Callable[[], Tables]) -> Collection[int]:
        """Return the numbers of blocks that are there already, from a run with the same key.

        empty: makes the tables to come, without rows, for who needs to know their columns first.
        """

    def add(self, block: int, tables: Tables, numbers: Mapping[str, NDArray[np.intp]]) -> None:
        """Take a block's tables; numbers: of the site of each row in the batch, by table."""

    def finish(self, everywhere: ResultTable, run: ResultTable, progress: Progress) -> None:
        """Take what concerns all sites: rows of ``not_evaluated`` that stand first, and ``run``.

        Raises Cancelled; a sink that keeps what it was given may be finished by a later run.
        """


def assess(
    sites: SiteSet,
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    options: Options,
    source: LayerSource,
    progress: Progress | None = None,
    cache: LayerCache | None = None,
    *,
    executor: Executor | None = None,
) -> Assessment:
    """Return the assessment of all sites.

    cache: keeps layers compiled between checks; without one they are compiled anew.
    executor: where blocks are checked; by default in ``options.workers`` threads.
    A layer or site that cannot be used is said in the result and the rest goes on. Raises
    CatalogueError for a planar_crs that is no projected CRS, and Cancelled.
    """
    kept = _InMemory()
    assess_into(kept, sites, catalogue, packs, options, source, progress, cache, executor=executor)
    return assessment_of(kept.tables(), sites, catalogue, packs, options)


def assessment_of(
    tables: Tables,
    sites: SiteSet,
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    options: Options,
) -> Assessment:
    """Return tables of a check, or the rows of some of its sites, with all that they came from."""
    options, _ = with_transformation(options, sites.crs)
    return Assessment(
        sites=sites,
        catalogue=catalogue,
        packs=stack_packs(packs, options.as_of).packs,
        options=options,
        site_verdict=tables["site_verdict"],
        site_layer=tables["site_layer"],
        hit=tables["hit"],
        finding=tables["finding"],
        not_evaluated=tables["not_evaluated"],
        raster_class=tables["raster_class"],
        run=tables["run"],
        further={name: tables[name] for name in FURTHER_TABLES if name in tables},
    )


def assess_into(
    sink: ResultSink,
    sites: SiteSet,
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    options: Options,
    source: LayerSource,
    progress: Progress | None = None,
    cache: LayerCache | None = None,
    *,
    executor: Executor | None = None,
) -> None:
    """Check all sites and hand the tables to *sink* block by block.

    What the sink has kept of an interrupted run with the same input is not checked again.
    Otherwise as :func:`assess`.
    """
    progress = progress or NoProgress()
    options, datum_gaps = with_transformation(within_reach(options, len(sites)), sites.crs)
    _refuse_geographic_plane(catalogue)
    stack = stack_packs(packs, options.as_of)
    loading = SubProgress(progress, 0.0, LOADING_SHARE)
    layers = load_layers(catalogue, source, cache, options.as_of, loading)
    try:
        further = prepare_further(catalogue, source, layers, options, sites, datum_gaps)
        ground = _ground(catalogue, stack, options, layers, further)
        record = {**record_run(sites, catalogue, packs, options, layers), **further.record}
        told = {**record, **noted(sites, catalogue, layers), **stack.record}
        told.update(record_rules(ground.rules))
        if len(sites) <= options.explain_sites:
            ground = replace(ground, told=told)
        nobody = sites.take(np.zeros(0, dtype=np.intp))
        empty = partial(check_block, nobody, ground, progress)
        done = set(sink.begin(_run_key(record, sites, catalogue, options), empty))
        work = SubProgress(progress, LOADING_SHARE, CHECKED_SHARE)
        _check_blocks(sink, sites, ground, done, work, executor or Threads(options.workers))
    finally:
        close_layers(layers)
    gaps = (*ground.gaps, *strangers(options.overrides, sites))
    sink.finish(
        not_evaluated_table(sites, gather_gaps(gaps)),
        run_table({**told, "language": SPOKEN}),
        SubProgress(progress, CHECKED_SHARE, 1.0),
    )
    progress.report(1.0, message("step.checked", count=len(sites), total=len(sites)))


def _run_key(
    record: Mapping[str, str], sites: SiteSet, catalogue: Catalogue, options: Options
) -> str:
    """Return a digest of all that decides the result, and of how it is cut into blocks."""
    told = [sorted(record.items()), sites.digest(), repr(catalogue), options.block_sites]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _check_blocks(
    sink: ResultSink,
    sites: SiteSet,
    ground: Ground,
    done: set[int],
    progress: Progress,
    executor: Executor,
) -> None:
    blocks = plan_blocks(sites.geometries, ground.options.block_sites)
    checked = sum(len(block.rows) for block in blocks if block.number in done)
    waiting = [block for block in blocks if block.number not in done]
    if done:
        progress.report(0.0, message("step.continued", count=checked, total=len(sites)))
    for block, tables in executor.run(waiting, sites, ground, progress):
        sink.add(block.number, tables, site_numbers(tables, block, sites.ids))
        checked += len(block.rows)
        step = message("step.checked", count=checked, total=len(sites))
        progress.report(checked / max(len(sites), 1), step)


@dataclass
class _InMemory:
    """Keeps all tables and puts their rows into the order of the sites."""

    _tables: list[Tables] = field(default_factory=list)
    _numbers: list[Mapping[str, NDArray[np.intp]]] = field(default_factory=list)
    _everywhere: ResultTable | None = None
    _run: ResultTable | None = None

    def begin(self, key: str, empty: Callable[[], Tables]) -> Collection[int]:
        return ()

    def add(self, block: int, tables: Tables, numbers: Mapping[str, NDArray[np.intp]]) -> None:
        self._tables.append(tables)
        self._numbers.append(numbers)

    def finish(self, everywhere: ResultTable, run: ResultTable, progress: Progress) -> None:
        self._everywhere, self._run = everywhere, run

    def tables(self) -> Tables:
        if self._everywhere is None or self._run is None:
            raise ValueError("not finished")
        result = {}
        for name in self._tables[0]:
            order = np.concatenate([numbers[name] for numbers in self._numbers])
            whole = join_tables([tables[name] for tables in self._tables])
            result[name] = whole.take(np.argsort(order, kind="stable"))
        result["not_evaluated"] = join_tables([self._everywhere, result["not_evaluated"]])
        result["run"] = self._run
        return result


def _refuse_geographic_plane(catalogue: Catalogue) -> None:
    if not catalogue.planar_crs:
        return
    crs = find_crs(catalogue.planar_crs)
    if crs is None or not crs.is_projected:
        raise CatalogueError("option.planar_crs", crs=catalogue.planar_crs)


def _ground(
    catalogue: Catalogue,
    stack: Stack,
    options: Options,
    layers: tuple[Loaded, ...],
    further: FurtherGround,
) -> Ground:
    entries = (*catalogue.layers, *further.entries)
    rules = {entry.id: rules_for(stack.packs, entry.role, entry.id) for entry in entries}
    lost: list[Gap] = [
        lost_gap(layer, _is_needed(layer, rules))
        for layer in layers
        if isinstance(layer, LostLayer)
    ]
    incomplete = incomplete_gaps(layers, lambda layer: _is_needed(layer, rules))
    derived = [entry.role for entry in further.entries]
    gaps = (
        *lost,
        *incomplete,
        *rule_gaps(catalogue, stack.packs, layers, rules, derived),
        *stack.gaps,
        *further.gaps,
    )
    return Ground(layers, rules, gaps, catalogue.planar_crs, options, further)


def _is_needed(layer: Loaded, rules: Mapping[str, tuple[Rule, ...]]) -> bool:
    return layer.entry.is_for_all_sites or bool(rules[layer.entry.id])
