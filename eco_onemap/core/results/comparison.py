# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidate sites side by side: criterion by criterion, and which is never better than which.

A criterion is the verdict, a rule, or what a site takes of a layer that a rule of the check is
about. Two sites of which one has a gap in a criterion are not ordered, for nobody knows which is
better in it. A criterion that is known of no site says nothing of any. Distances stand beside and
order nothing: where nearness matters, a rule says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict

KNOWN = (LayerStatus.HIT.value, LayerStatus.NO_HIT.value)
SAME = 1e-9
"""Measures that differ by less, relative to the larger, are the same."""
FAR_M = 1e9
"""Stands for the distance to a layer without features: farther than anything on Earth."""

MEASURES = (
    ("overlap", "overlap_area_m2", 1.0, 0.0),
    ("length", "overlap_length_m", 1.0, 0.0),
    ("distance", "nearest_m", -1.0, FAR_M),
)
"""Kind, column of ``site_layer``, whether more is worse, what no value of a known layer is."""


@dataclass(frozen=True)
class Criterion:
    """One way to compare sites.

    kind: ``verdict``, ``rule``, ``overlap`` (m² on the ellipsoid), ``length`` (m inside the layer)
        or ``distance`` (m to the nearest feature). subject: the rule's or layer's identifier.
    values: shape (n,), float64 as measured, NaN where not known. badness: shape (n,), what is
        compared: more is worse.
    """

    kind: str
    subject: str
    values: NDArray[np.float64]
    badness: NDArray[np.float64]

    @property
    def orders(self) -> bool:
        """Whether it says which site is better: it counts, and is known of one at least."""
        return self.kind != "distance" and not np.isnan(self.badness).all()


@dataclass(frozen=True)
class Comparison:
    """Sites and criteria.

    never_better: pairs (a, b) of numbers of sites: a is in no criterion better than b, and in at
    least one worse.
    """

    site_ids: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    never_better: tuple[tuple[int, int], ...]


def compare_sites(assessment: Assessment, site_ids: Sequence[str]) -> Comparison:
    """Return the comparison of some sites of an assessment, in the given order."""
    ids = tuple(site_ids)
    criteria = tuple(_criteria(assessment, ids))
    ordering = [each.badness for each in criteria if each.orders]
    badness = np.array(ordering).reshape(len(ordering), len(ids))
    pairs = ((a, b) for a in range(len(ids)) for b in range(len(ids)) if a != b)
    ordered = tuple((a, b) for a, b in pairs if _is_never_better(badness[:, a], badness[:, b]))
    return Comparison(ids, criteria, ordered)


def _is_never_better(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    unknown = np.isnan(one) | np.isnan(other)
    if unknown.any():
        return False
    margin = SAME * np.maximum(np.abs(one), np.abs(other))
    return bool((one >= other - margin).all() and (one > other + margin).any())


def _criteria(assessment: Assessment, ids: tuple[str, ...]) -> Iterator[Criterion]:
    verdicts = _of_sites(assessment.site_verdict, ids)
    severity = np.array([SEVERITY[Verdict(text)] for text in verdicts["verdict"]], dtype=float)
    severity[verdicts["verdict"] == Verdict.NO_DATA.value] = np.nan
    yield Criterion("verdict", "", severity, severity)
    yield from _rules(assessment, ids)
    yield from _layers(assessment, ids)


def _rules(assessment: Assessment, ids: tuple[str, ...]) -> Iterator[Criterion]:
    """Yield the rules that applied to one of the sites: the severity that counts, 0 for none."""
    found = assessment.finding.take(
        np.flatnonzero(np.isin(assessment.finding["site_id"].astype(str), ids))
    )
    places = {site: number for number, site in enumerate(ids)}
    for rule in dict.fromkeys(found["rule_id"].tolist()):
        values = np.zeros(len(ids))
        for row in found.where("rule_id", rule).rows():
            effective = Verdict(row["effective_verdict"] or row["verdict"])
            place = places[row["site_id"]]
            values[place] = max(values[place], SEVERITY[effective])
        yield Criterion("rule", str(rule), values, values)


def _layers(assessment: Assessment, ids: tuple[str, ...]) -> Iterator[Criterion]:
    """Yield what the sites take of each layer under a rule, or how far they are from it."""
    for layer in _ruled_layers(assessment):
        rows = _of_sites(assessment.site_layer.where("layer_id", layer), ids)
        known = np.isin(rows["status"].astype(str), KNOWN)
        for kind, column, sign, absent in MEASURES:
            values = np.where(known, rows[column], np.nan)
            has_gaps = kind == "overlap" and 0 < known.sum() < len(known)
            if has_gaps or np.nan_to_num(values).any():
                badness = sign * np.where(np.isnan(values) & known, absent, values)
                yield Criterion(kind, layer, values, badness)


def _ruled_layers(assessment: Assessment) -> list[str]:
    """Return the layers that a rule is about, in the catalogue's order."""
    ruled: set[str] = set()
    for row in assessment.run.rows():
        if row["key"].startswith("rule.") and row["key"].endswith(".layers"):
            ruled.update(str(row["value"]).split(","))
    return [entry.id for entry in assessment.catalogue.layers if entry.id in ruled]


def _of_sites(table: ResultTable, ids: tuple[str, ...]) -> ResultTable:
    """Return the rows of sites in their order; each site has one."""
    places = {site: row for row, site in enumerate(table["site_id"].tolist())}
    return table.take(np.array([places[site] for site in ids if site in places], dtype=np.intp))
