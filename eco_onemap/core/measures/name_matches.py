# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds register entries without a boundary by the name or address that a site bears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import missing, text_column
from eco_onemap.core.geometry.vertices import ragged_places, runs_of
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.measures.name_likeness import (
    RUN,
    address_likeness,
    name_likeness,
    plain_address,
    plain_name,
)

Indices = NDArray[np.intp]

GRAMS = 2
"""Texts are compared only if they share as many runs of two characters."""

MOST_AT_ONCE = 2_000_000
"""So many shared runs are counted at a time, to bound the memory."""

_LETTER_BITS = 21
"""All of Unicode's characters have numbers below 2^21."""


class MatchedBy(Enum):
    """What makes a site a candidate for an entry."""

    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True)
class NamedPairs:
    """Pairs of a site and a feature without a geometry whose names or addresses are alike.

    likeness: 0 to 1. by: values of :class:`MatchedBy`. All arrays have shape (k,).
    """

    site: Indices
    feature: Indices
    likeness: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    by: NDArray[np.object_] = field(default_factory=lambda: np.zeros(0, dtype=object))


NO_PAIRS = NamedPairs(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))

Texts = NDArray[np.object_]
Likeness = Callable[[str, str], float]


def match_names(
    site_names: Texts,
    feature_names: Texts,
    without_geometry: NDArray[np.bool_],
    site_addresses: Texts | None = None,
    feature_addresses: Texts | None = None,
) -> NamedPairs:
    """Return candidates for a person to compare: sites that bear a boundless feature's name.

    site_names, site_addresses: shape (n,). The others: shape (m,). A pair that name and address
    make alike is told once, by the better of both.
    """
    boundless = np.flatnonzero(without_geometry)
    if not len(boundless):
        return NO_PAIRS
    found = [
        _matches(site_names, feature_names, boundless, plain_name, name_likeness, MatchedBy.NAME)
    ]
    if site_addresses is not None and feature_addresses is not None:
        texts = (site_addresses, feature_addresses, boundless)
        found.append(_matches(*texts, plain_address, address_likeness, MatchedBy.ADDRESS))
    return _best_of_each(found)


def _best_of_each(found: Sequence[NamedPairs]) -> NamedPairs:
    """Return each pair once, by what makes it most alike; the first of equals."""
    site, feature, likeness, by = (
        np.concatenate([getattr(pairs, name) for pairs in found])
        for name in ("site", "feature", "likeness", "by")
    )
    order = np.lexsort((-likeness, feature, site))
    changes = (np.diff(site[order], prepend=-1) != 0) | (np.diff(feature[order], prepend=-1) != 0)
    best = order[changes]
    return NamedPairs(site[best], feature[best], likeness[best], by[best])


def _matches(
    sites: Texts,
    features: Texts,
    boundless: Indices,
    plain: Callable[[str], str],
    likeness: Likeness,
    by: MatchedBy,
) -> NamedPairs:
    """Return the pairs that are alike at all; each pair of distinct texts is compared once."""
    wanted, entry = _distinct(features[boundless], plain)
    texts, bearer = _distinct(sites, plain)
    long_enough = np.array([len(text) >= RUN for text in wanted], dtype=bool)
    text, other = candidate_pairs(texts, np.where(long_enough, wanted, ""))
    alike = np.fromiter(map(likeness, texts[text], wanted[other]), np.float64, len(text))
    text, other, alike = text[alike > 0], other[alike > 0], alike[alike > 0]
    row, site = _expand(text, bearer)
    pair, place = _expand(other[row], entry)
    count = len(pair)
    kinds = np.full(count, by.value, dtype=object)
    return NamedPairs(site[pair], boundless[place], alike[row][pair], kinds)


def _distinct(texts: Texts, plain: Callable[[str], str]) -> tuple[Texts, Indices]:
    """Return the distinct plain texts, and the number of each text's own."""
    given, number = np.unique(np.where(missing(texts), "", texts), return_inverse=True)
    made = text_column(map(plain, given))
    distinct, again = np.unique(made, return_inverse=True)
    return distinct, again[number]


def _expand(wanted: Indices, numbers: Indices) -> tuple[Indices, Indices]:
    """Return for each wanted number all places that hold it: the row that asks, and the place."""
    order = np.argsort(numbers, kind="stable")
    starts, ends = (np.searchsorted(numbers, wanted, side, order) for side in ("left", "right"))
    places = order[ragged_places(starts, ends - starts)]
    return np.repeat(np.arange(len(wanted)), ends - starts), places


def candidate_pairs(texts: Texts, others: Texts) -> tuple[Indices, Indices]:
    """Return the pairs of texts that share at least two runs of two characters.

    texts: shape (n,). others: shape (m,). Returns numbers in both, sorted by the first, then the
    second. A run that stands in a text several times counts once.
    """
    owner, gram = _grams(texts)
    entry, known = _grams(others)
    order = np.argsort(known, kind="stable")
    start, end = (np.searchsorted(known, gram, side, order) for side in ("left", "right"))
    counts = end - start
    of_text = sum_by(owner, counts.astype(np.float64), len(texts)).astype(np.intp)
    found = [np.zeros(0, dtype=np.intp)]
    for some in runs_of(of_text, MOST_AT_ONCE):
        rows = slice(*np.searchsorted(owner, (some.start, some.stop)))
        other = entry[order[ragged_places(start[rows], counts[rows])]]
        pairs = np.repeat(owner[rows], counts[rows]) * len(others) + other
        distinct, shared = np.unique(pairs, return_counts=True)
        found.append(distinct[shared >= GRAMS])
    every = np.concatenate(found)
    return every // max(len(others), 1), every % max(len(others), 1)


def _grams(texts: Texts) -> tuple[Indices, Indices]:
    """Return the distinct runs of two characters of each text as numbers, and whose they are."""
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    written = "".join(texts).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(written, np.uint32).astype(np.intp)
    owner = np.repeat(np.arange(len(texts)), lengths)
    inside = np.flatnonzero(np.diff(owner) == 0)
    grams = (letters[inside] << _LETTER_BITS) | letters[inside + 1]
    order = np.lexsort((grams, owner[inside]))
    owner, grams = owner[inside][order], grams[order]
    first = np.ones(len(grams), dtype=bool)
    first[1:] = (np.diff(owner) != 0) | (np.diff(grams) != 0)
    return owner[first], grams[first]
