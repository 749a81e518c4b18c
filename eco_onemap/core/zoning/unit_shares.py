# SPDX-License-Identifier: GPL-2.0-or-later
"""What part of each site lies in which unit or zone: a code's features taken together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.grouping import sum_by
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.vocabulary import HitKind
from eco_onemap.core.zoning.loading import CodedLayer

Indices = NDArray[np.intp]
Floats = NDArray[np.float64]

KIND_ORDER = (
    HitKind.REAL.value,
    HitKind.NARROW.value,
    HitKind.SLIVER.value,
    HitKind.TOUCH.value,
)


@dataclass(frozen=True)
class UnitShares:
    """Pairs of a site and a code that meet, arrays of shape (k,), sorted by site, then code.

    share: 0 to 1 of the site. kind: place in KIND_ORDER of the code's best hit.
    """

    layer: CodedLayer
    site: Indices
    code: Indices
    area_m2: Floats
    length_m: Floats
    share: Floats
    kind: Indices

    def overlapping(self) -> UnitShares:
        """Return the pairs that do more than touch."""
        rows = np.flatnonzero(self.kind < KIND_ORDER.index(HitKind.TOUCH.value))
        return UnitShares(
            self.layer,
            self.site[rows],
            self.code[rows],
            self.area_m2[rows],
            self.length_m[rows],
            self.share[rows],
            self.kind[rows],
        )


def unit_shares(measurement: Measurement, layer: CodedLayer) -> UnitShares:
    """Return what part of each site lies in each code of a layer."""
    hits, stride = measurement.hits, len(layer.codes) + 1
    pair, number = np.unique(hits.site * stride + layer.code_of[hits.feature], return_inverse=True)
    best = np.full(len(pair), len(KIND_ORDER), dtype=np.intp)
    np.minimum.at(best, number, _kind_numbers(hits.kind))
    return UnitShares(
        layer=layer,
        site=pair // stride,
        code=pair % stride,
        area_m2=sum_by(number, hits.area_m2, len(pair)),
        length_m=sum_by(number, hits.length_m, len(pair)),
        share=np.minimum(sum_by(number, hits.share_of_site, len(pair)), 1.0),
        kind=best,
    )


def _kind_numbers(kinds: NDArray[np.object_]) -> Indices:
    conditions = [kinds == kind for kind in KIND_ORDER]
    return np.select(conditions, range(len(KIND_ORDER)), len(KIND_ORDER)).astype(np.intp)
