# SPDX-License-Identifier: GPL-2.0-or-later
"""Which features are one target, and how many people belong to it, as a layer says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.further.attributes import attribute_texts
from eco_onemap.core.measures.measurement import Features

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Targets:
    """The targets of a layer: number of each feature, people and households of each target."""

    of_feature: NDArray[np.intp]
    people: Floats
    households: Floats


def group_targets(features: Features) -> Targets:
    """Return the targets of a layer: same name and kind, or same identifier without a name."""
    names, kinds = features.names, attribute_texts(features, "kind")
    same = [
        f"{name}|{kind}" if name else f"#{identity}"
        for name, kind, identity in zip(names, kinds, features.ids, strict=True)
    ]
    found, of_feature = np.unique(np.array(same, dtype=str), return_inverse=True)
    people, households = (
        _of_targets(_numbers(features, name), of_feature, len(found))
        for name in ("population", "households")
    )
    return Targets(of_feature, people, households)


def _of_targets(numbers: Floats, of_feature: NDArray[np.intp], count: int) -> Floats:
    """Return the largest number of the features of each target, NaN where none has one."""
    found = np.full(count, np.nan)
    np.fmax.at(found, of_feature, numbers)
    return found


def _numbers(features: Features, name: str) -> Floats:
    """Return an attribute as numbers, NaN for what is none or below 0."""
    found = np.array(
        [_number(text) for text in attribute_texts(features, name).tolist()], dtype=float
    )
    return np.where(found >= 0, found, np.nan)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return np.nan
