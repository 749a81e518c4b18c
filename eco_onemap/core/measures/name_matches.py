# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds register entries without a boundary by the name or address that a site bears."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

GRAM = 2
"""Texts are compared only if they share runs of as many characters."""

RUN = 4
"""Names are alike if they share a run of as many characters …"""

SHARED = 0.6
"""… and the longest run that they share is this part of the register's name …"""

LIKE = 0.8
"""… or if they are the same but for a slip: so much of both is the same, in the same order."""

ADDRESS_SHARED = 0.7
"""Addresses are alike if the longest run that they share is this part of the register's."""

_COMMON = re.compile(
    r"地块|场地|用地|项目|原址|遗留|关闭|搬迁|厂区|有限责任公司|股份有限公司|有限公司|公司|[\W_]"
)
"""Words that many names share, and punctuation."""

_TELLING = re.compile(r"[0-9一二三四五六七八九十东南西北中上下前后左右甲乙丙丁]")
"""Characters that tell one works from another: a slip in them is none."""

_PLACED = re.compile(r"\d|[路街道巷弄村组号]")
"""What an address has that says more than a district."""


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
    found = _matches(site_names, feature_names, without_geometry, _plain, _name_likeness)
    by: dict[tuple[int, int], tuple[float, str]] = {
        pair: (likeness, MatchedBy.NAME.value) for pair, likeness in found.items()
    }
    if site_addresses is not None and feature_addresses is not None:
        found = _matches(
            site_addresses, feature_addresses, without_geometry, _plain_address, _address_likeness
        )
        for pair, likeness in found.items():
            if likeness > by.get(pair, (0.0, ""))[0]:
                by[pair] = (likeness, MatchedBy.ADDRESS.value)
    return _pairs(by)


def _pairs(by: Mapping[tuple[int, int], tuple[float, str]]) -> NamedPairs:
    pairs = sorted(by)
    array = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return NamedPairs(
        array[:, 0],
        array[:, 1],
        np.array([by[pair][0] for pair in pairs], dtype=np.float64),
        np.array([by[pair][1] for pair in pairs], dtype=object),
    )


def _matches(
    sites: Texts,
    features: Texts,
    without_geometry: NDArray[np.bool_],
    plain: Callable[[str], str],
    likeness: Likeness,
) -> dict[tuple[int, int], float]:
    """Return the likeness of each pair that is alike at all."""
    wanted = {
        number: text
        for number in np.flatnonzero(without_geometry).tolist()
        if len(text := plain(features[number])) >= RUN
    }
    if not wanted:
        return {}
    by_gram: dict[str, list[int]] = {}
    for number, text in wanted.items():
        for gram in set(_grams(text)):
            by_gram.setdefault(gram, []).append(number)
    return {
        (site, number): found
        for site, text in enumerate(map(plain, sites.tolist()))
        for number in _candidates(text, by_gram)
        if (found := likeness(text, wanted[number])) > 0
    }


def _candidates(text: str, by_gram: Mapping[str, list[int]]) -> list[int]:
    """Return the entries that share at least two runs of two characters with a text."""
    shared = Counter(n for gram in set(_grams(text)) for n in by_gram.get(gram, ()))
    return sorted(number for number, count in shared.items() if count >= GRAM)


def _plain(name: str) -> str:
    """Return a name without punctuation and the words that many names share."""
    return _COMMON.sub("", unicodedata.normalize("NFKC", name or ""))


def _plain_address(address: str) -> str:
    """Return an address without punctuation, "" where it names no more than a district."""
    text = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", address or ""))
    return text if _PLACED.search(text) else ""


def _grams(text: str) -> Iterator[str]:
    return (text[start : start + GRAM] for start in range(len(text) - GRAM + 1))


def _name_likeness(name: str, wanted: str) -> float:
    """Return how alike two names are, 0 where they are not."""
    matcher = difflib.SequenceMatcher(None, name, wanted, autojunk=False)
    longest = matcher.find_longest_match().size
    if longest >= RUN and longest >= SHARED * len(wanted):
        return longest / len(wanted)
    ratio = matcher.ratio()
    return ratio if ratio >= LIKE and not _tells_apart(matcher, name, wanted) else 0.0


def _tells_apart(matcher: difflib.SequenceMatcher[str], name: str, wanted: str) -> bool:
    return any(
        _TELLING.search(name[a:b] + wanted[c:d])
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    )


def _address_likeness(address: str, wanted: str) -> float:
    """Return how alike two addresses are, 0 where they are not or their numbers differ."""
    numbers, others = re.findall(r"\d+", address), re.findall(r"\d+", wanted)
    if others and numbers != others:
        return 0.0
    matcher = difflib.SequenceMatcher(None, address, wanted, autojunk=False)
    longest = matcher.find_longest_match().size
    return longest / len(wanted) if longest >= ADDRESS_SHARED * len(wanted) else 0.0
