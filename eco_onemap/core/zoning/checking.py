# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks a block of sites against units and access lists: clauses, and what they forbid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import group_facts
from eco_onemap.core.law.gaps import Gaps, gaps_at, join_gaps
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.prints import FeaturePrints
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.measurement import Features, Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.measures.vicinity import Vicinities
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sentences import Rows, Same, by_kind
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import HitKind, LayerStatus
from eco_onemap.core.zoning.clauses import Clause, Conformity
from eco_onemap.core.zoning.conformity import Comparer
from eco_onemap.core.zoning.loading import LIST_PREFIX, Zoning
from eco_onemap.core.zoning.tables import clause_table, site_unit_table
from eco_onemap.core.zoning.unit_shares import KIND_ORDER, UnitShares, unit_shares
from eco_onemap.core.zoning.vocabulary import Level

Indices = NDArray[np.intp]

SLIVER = KIND_ORDER.index(HitKind.SLIVER.value)


@dataclass(frozen=True)
class ZoningResult:
    """What units and access lists say of a block of sites.

    violations: clauses that sites violate, as hits on a layer with the role of access lists; those
    that only units in an older datum bring stand apart, with that datum.
    """

    tables: tuple[ResultTable, ...]
    violations: tuple[Measurement, ...]
    gaps: Gaps


@dataclass(frozen=True)
class _Rows:
    """Pairs of a site and a clause for it, sorted.

    kind: best kind of the units that bring it. layer: the number of the layer of units that brings
    it, one on CGCS2000 before others.
    """

    site: Indices
    clause: Indices
    kind: Indices
    layer: Indices


def check_zoning(
    zoning: Zoning,
    sites: SiteSet,
    subject: Subject,
    measured: Sequence[Measurement],
    vicinities: Vicinities,
) -> ZoningResult:
    """Return units, clauses and violations of a block of sites."""
    shares = [
        unit_shares(layer, zoning.layers[layer.entry.id])
        for layer in measured
        if layer.entry.id in zoning.layers
    ]
    gaps = _gaps(zoning, shares, measured, subject)
    tables = (site_unit_table(sites, shares, subject.options.terms),)
    if zoning.entry is None:
        return ZoningResult(tables, (), gaps)
    overlapping = [share.overlapping() for share in shares]
    rows = _clause_rows(zoning, overlapping)
    lost = zoning.without({layer.entry.id for layer in measured})
    comparer = Comparer(sites.facts, subject.sizes, measured, vicinities, lost, subject.options)
    answered = comparer.compare(zoning.conditions, rows.site, rows.clause)
    grouped = group_facts(sites.facts)
    facts = (grouped.distinct, grouped.numbers)
    clauses = clause_table(sites, facts, zoning.columns, (rows.site, rows.clause), answered)
    broken = np.flatnonzero(answered.conformity == Conformity.VIOLATES.value)
    violations = tuple(
        _violations(zoning, entry, rows, broken[np.isin(rows.layer[broken], numbers)], len(sites))
        for entry, numbers in _entries(zoning.entry, overlapping)
    )
    return ZoningResult((*tables, clauses), violations, gaps)


def _clause_rows(zoning: Zoning, shares: Sequence[UnitShares]) -> _Rows:
    """Return the clauses of all units that each site overlaps, each clause once."""
    parts = [(np.zeros(0, dtype=np.intp),) * 4]
    for number, share in enumerate(shares):
        if share.layer.joined:
            row, clause = share.layer.joined.expand(share.code)
            layer = np.full(len(row), number)
            parts.append((share.site[row], clause, share.kind[row], layer))
    site, clause, kind, layer = (np.concatenate(part) for part in zip(*parts, strict=True))
    stride = len(zoning.clauses) + 1
    pair, number_of = np.unique(site * stride + clause, return_inverse=True)
    old = np.array([bool(share.layer.entry.datum) for share in shares], dtype=bool)
    # the last one written stays: of each pair the best kind in a layer that is not old
    order = np.lexsort((kind, old[layer]))[::-1]
    best = np.zeros(len(pair), dtype=np.intp)
    best[number_of[order]] = order
    return _Rows(pair // stride, pair % stride, kind[best], layer[best])


def _entries(
    entry: LayerEntry, shares: Sequence[UnitShares]
) -> Iterator[tuple[LayerEntry, list[int]]]:
    """Yield the entry that stands for the lists, once for each datum of the layers of units."""
    by_datum: dict[tuple[str, float], list[int]] = {("", 0.0): []}
    for number, share in enumerate(shares):
        of_units = share.layer.entry
        by_datum.setdefault((of_units.datum, of_units.datum_error_m), []).append(number)
    for (datum, error_m), numbers in by_datum.items():
        yield replace(entry, datum=datum, datum_error_m=error_m), numbers


def _violations(
    zoning: Zoning, entry: LayerEntry, rows: _Rows, broken: Indices, count: int
) -> Measurement:
    """Return the clauses that sites violate (*broken*, row numbers) as hits on a layer."""
    nothing = np.zeros(count)
    features = np.unique(rows.clause[broken])
    return Measurement(
        entry=entry,
        features=_features([zoning.clauses[number] for number in features.tolist()]),
        status=np.full(count, LayerStatus.NOT_APPLICABLE.value, dtype=object),
        mapped_share=np.full(count, np.nan),
        hits=_clause_hits(
            rows.site[broken],
            np.searchsorted(features, rows.clause[broken]),
            rows.kind[broken] >= SLIVER,
        ),
        overlap_area_m2=nothing,
        overlap_planar_m2=nothing,
        overlap_length_m=nothing,
        overlap_share=nothing,
    )


def _features(clauses: Sequence[Clause]) -> Features:
    def column(values: list[str]) -> NDArray[np.object_]:
        return np.array(values, dtype=object)

    return Features(
        ids=column([clause.clause_id for clause in clauses]),
        names=column([" ".join((c.scope, c.dimension, c.number, c.text)) for c in clauses]),
        prints=FeaturePrints(None, contents=[f"{c.clause_id} {c.text}" for c in clauses]),
        attributes={
            "restrict_type": column([clause.restrict_type.value for clause in clauses]),
            "dimension": column([clause.dimension for clause in clauses]),
            "level": column([clause.level.value if clause.level else "" for clause in clauses]),
        },
    )


def _clause_hits(site: Indices, feature: Indices, slight: NDArray[np.bool_]) -> Hits:
    """Return violated clauses as hits; what only a sliver in a unit brings is a sliver."""
    count = len(site)
    nothing, unknown = np.zeros(count), np.full(count, np.nan)
    return Hits(
        site=site,
        feature=feature,
        relation=np.full(count, "within", dtype=object),
        kind=np.where(slight, HitKind.SLIVER.value, HitKind.REAL.value).astype(object),
        area_m2=nothing,
        length_m=nothing,
        share_of_site=unknown,
        share_of_feature=unknown,
        distance_m=nothing,
        bearing_deg=unknown,
        geometries=np.full(count, None, dtype=object),
    )


def _gaps(
    zoning: Zoning, shares: Sequence[UnitShares], measured: Sequence[Measurement], subject: Subject
) -> Gaps:
    """Return why the units or the clauses at a site may be the wrong ones, or not all."""
    by_id = {layer.entry.id: layer for layer in measured}
    listed = any(clause.level is Level.UNIT for clause in zoning.clauses)
    gaps: list[Gaps] = []
    for share in shares:
        if share.layer.joined:
            gaps.append(_missing_units(share, by_id[share.layer.entry.id], subject))
        gaps.append(_untrusted_units(share, _untrusted(share, listed)))
    return join_gaps(gaps)


def _untrusted_units(share: UnitShares, untrusted: Mapping[int, Message]) -> Gaps:
    """Return a gap for each site and unit that it overlaps which cannot be trusted."""
    overlapping = share.overlapping()
    bad = np.flatnonzero(np.isin(overlapping.code, list(untrusted)))

    def say(code: int, rows: Indices) -> Rows:
        return Same(untrusted[int(code)], len(rows))

    what = f"{LIST_PREFIX}clauses" if share.layer.joined else f"layer:{share.layer.entry.id}"
    return gaps_at(overlapping.site[bad], what, by_kind(overlapping.code[bad], say), blocks=True)


def _missing_units(share: UnitShares, layer: Measurement, subject: Subject) -> Gaps:
    """Return a gap for each site that is not wholly in units."""
    checked = subject.sizes.dimensions >= 0
    lacking = np.flatnonzero(checked & ~(layer.mapped_share == 1.0))
    why = message("zoning.no_unit", layer=share.layer.entry.title)
    return gaps_at(lacking, f"{LIST_PREFIX}clauses", Same(why, len(lacking)), blocks=True)


def _untrusted(share: UnitShares, listed: bool) -> dict[int, Message]:
    """Return the codes that are wrong or whose clauses are not known, with the reason."""
    layer, found = share.layer, dict(share.layer.wrong)
    for number in np.unique(share.code).tolist():
        code = layer.codes[number]
        if number in found or layer.joined is None:
            continue
        if not code.admin:
            found[number] = message("zoning.unreadable_code", code=code.text)
        elif listed and not layer.joined.has_own[number]:
            found[number] = message("zoning.not_listed", code=code.text)
    return found
