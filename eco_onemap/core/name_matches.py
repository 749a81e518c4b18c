# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds register entries without a boundary by the name that a site bears."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

GRAM = 4
"""Names are alike only if they share a run of as many characters."""

SHARED = 0.6
"""… and if the longest run that they share is this part of the register's name."""

_COMMON = re.compile(
    r"地块|场地|用地|项目|原址|遗留|关闭|搬迁|厂区|有限责任公司|股份有限公司|有限公司|公司|[\W_]"
)
"""Words that many names share, and punctuation."""


@dataclass(frozen=True)
class NamedPairs:
    """Pairs of a site and a feature without a geometry whose names are alike."""

    site: Indices
    feature: Indices


NO_PAIRS = NamedPairs(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))


def match_names(
    site_names: NDArray[np.object_],
    feature_names: NDArray[np.object_],
    without_geometry: NDArray[np.bool_],
) -> NamedPairs:
    """Return candidates for a person to compare: sites that bear a boundless feature's name.

    site_names: shape (n,). feature_names, without_geometry: shape (m,).
    """
    wanted = {
        number: plain
        for number in np.flatnonzero(without_geometry).tolist()
        if len(plain := _plain(feature_names[number])) >= GRAM
    }
    if not wanted:
        return NO_PAIRS
    by_gram: dict[str, set[int]] = {}
    for number, name in wanted.items():
        for gram in _grams(name):
            by_gram.setdefault(gram, set()).add(number)
    pairs = [
        (site, number)
        for site, name in enumerate(map(_plain, site_names.tolist()))
        for number in sorted(set().union(*(by_gram.get(gram, ()) for gram in _grams(name))))
        if _alike(name, wanted[number])
    ]
    array = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return NamedPairs(array[:, 0], array[:, 1])


def _plain(name: str) -> str:
    """Return a name without punctuation and the words that many names share."""
    return _COMMON.sub("", unicodedata.normalize("NFKC", name or ""))


def _grams(name: str) -> Iterator[str]:
    return (name[start : start + GRAM] for start in range(len(name) - GRAM + 1))


def _alike(name: str, wanted: str) -> bool:
    matcher = difflib.SequenceMatcher(None, name, wanted, autojunk=False)
    longest = matcher.find_longest_match().size
    return longest >= GRAM and longest >= SHARED * len(wanted)
