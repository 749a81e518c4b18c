# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks a block of sites against the access lists: units, clauses, and what they forbid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import group_facts
from eco_onemap.core.law.gaps import Gaps, gaps_at, join_gaps
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.measurement import Features, Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sentences import Rows, Same, by_kind
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import HitKind, LayerStatus
from eco_onemap.core.zoning.clauses import Clause, Conformity
from eco_onemap.core.zoning.conformity import Answered, Comparer
from eco_onemap.core.zoning.loading import LIST_PREFIX, Zoning
from eco_onemap.core.zoning.tables import clause_table, site_unit_table
from eco_onemap.core.zoning.unit_shares import KIND_ORDER, UnitShares, unit_shares
from eco_onemap.core.zoning.vocabulary import Level

Indices = NDArray[np.intp]

SLIVER = KIND_ORDER.index(HitKind.SLIVER.value)


@dataclass(frozen=True)
class ZoningResult:
    """What the access lists say of a block of sites.

    violations: clauses that sites violate, as hits on a layer with the role of access lists.
    """

    tables: tuple[ResultTable, ...]
    violations: Measurement
    gaps: Gaps


@dataclass(frozen=True)
class _Rows:
    """Pairs of a site and a clause for it, sorted; kind: best kind of the units that bring it."""

    site: Indices
    clause: Indices
    kind: Indices


def check_zoning(
    zoning: Zoning, sites: SiteSet, subject: Subject, measured: Sequence[Measurement]
) -> ZoningResult:
    """Return units, clauses and violations of a block of sites."""
    shares = [
        unit_shares(layer, zoning.layers[layer.entry.id])
        for layer in measured
        if layer.entry.id in zoning.layers
    ]
    rows = _clause_rows(zoning, [share.overlapping() for share in shares])
    comparer = Comparer(sites.facts, subject.sizes, measured, subject.options)
    answered = comparer.compare(zoning.conditions, rows.site, rows.clause)
    grouped = group_facts(sites.facts)
    facts = (grouped.distinct, grouped.numbers)
    return ZoningResult(
        tables=(
            site_unit_table(sites, shares, subject.options.terms),
            clause_table(sites, facts, zoning.columns, (rows.site, rows.clause), answered),
        ),
        violations=_violations(zoning, rows, answered, len(sites)),
        gaps=_gaps(zoning, shares, measured, subject),
    )


def _clause_rows(zoning: Zoning, shares: Sequence[UnitShares]) -> _Rows:
    """Return the clauses of all units that each site overlaps, each clause once."""
    parts = []
    for share in shares:
        if share.layer.joined:
            row, clause = share.layer.joined.expand(share.code)
            parts.append((share.site[row], clause, share.kind[row]))
    site, clause, kind = (
        np.concatenate([np.zeros(0, dtype=np.intp), *(part[at] for part in parts)])
        for at in range(3)
    )
    stride = len(zoning.clauses) + 1
    pair, number = np.unique(site * stride + clause, return_inverse=True)
    best = np.full(len(pair), len(KIND_ORDER), dtype=np.intp)
    np.minimum.at(best, number, kind)
    return _Rows(pair // stride, pair % stride, best)


def _violations(zoning: Zoning, rows: _Rows, answered: Answered, count: int) -> Measurement:
    broken = np.flatnonzero(answered.conformity == Conformity.VIOLATES.value)
    nothing = np.zeros(count)
    features = np.unique(rows.clause[broken])
    return Measurement(
        entry=zoning.entry,
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
    """Return why the clauses at a site may be the wrong ones, or not all."""
    by_id = {layer.entry.id: layer for layer in measured}
    listed = any(clause.level is Level.UNIT for clause in zoning.clauses)
    gaps: list[Gaps] = []
    for share in shares:
        if not share.layer.joined:
            continue
        gaps.append(_missing_units(share, by_id[share.layer.entry.id], subject))
        gaps.append(_untrusted_units(share, _untrusted(share, listed)))
    return join_gaps(gaps)


def _untrusted_units(share: UnitShares, untrusted: Mapping[int, Message]) -> Gaps:
    """Return a gap for each site and unit that it overlaps whose clauses are not known."""
    overlapping = share.overlapping()
    bad = np.flatnonzero(np.isin(overlapping.code, list(untrusted)))

    def say(code: int, rows: Indices) -> Rows:
        return Same(untrusted[int(code)], len(rows))

    return _gaps_at(overlapping.site[bad], by_kind(overlapping.code[bad], say))


def _missing_units(share: UnitShares, layer: Measurement, subject: Subject) -> Gaps:
    """Return a gap for each site that is not wholly in units."""
    checked = subject.sizes.dimensions >= 0
    lacking = np.flatnonzero(checked & ~(layer.mapped_share == 1.0))
    why = message("zoning.no_unit", layer=share.layer.entry.title)
    return _gaps_at(lacking, Same(why, len(lacking)))


def _untrusted(share: UnitShares, listed: bool) -> dict[int, Message]:
    """Return the codes whose clauses are not known, with the reason."""
    layer, found = share.layer, dict(share.layer.wrong)
    for number in np.unique(share.code).tolist():
        code = layer.codes[number]
        if number in found:
            continue
        if not code.admin:
            found[number] = message("zoning.unreadable_code", code=code.text)
        elif listed and layer.joined and not layer.joined.has_own[number]:
            found[number] = message("zoning.not_listed", code=code.text)
    return found


def _gaps_at(site: Indices, why: Rows) -> Gaps:
    return gaps_at(site, f"{LIST_PREFIX}clauses", why, blocks=True)
