# SPDX-License-Identifier: GPL-2.0-or-later
"""The closed choices that results are told in; their values stand in the result files."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray


class Verdict(Enum):
    """What a check says of a site, worst first."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    STUDY = "study"
    NO_DATA = "no_data"
    CLEAR = "clear"

    @property
    def severity(self) -> int:
        """Return the rank: 4 for prohibited down to 0 for clear."""
        return SEVERITY[self]


SEVERITY = {verdict: 4 - rank for rank, verdict in enumerate(Verdict)}


def worst(severities: NDArray[np.int64]) -> Verdict:
    """Return the worst of the verdicts with these severities; clear if there are none."""
    return list(Verdict)[4 - int(severities.max(initial=0))]


class LayerStatus(Enum):
    """What is known of one layer at one site."""

    HIT = "hit"
    NO_HIT = "no_hit"
    PARTLY_MAPPED = "partly_mapped"
    NOT_MAPPED = "not_mapped"
    NOT_LOADED = "not_loaded"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class HitKind(Enum):
    """How much of an overlap a hit is, by its area and width (2 · area / perimeter)."""

    REAL = "real"
    NARROW = "narrow"
    SLIVER = "sliver"
    TOUCH = "touch"


class GeometryKind(Enum):
    """Dimension of a geometry, as planners name it."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"
