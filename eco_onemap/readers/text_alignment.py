# SPDX-License-Identifier: GPL-2.0-or-later
"""Which lines of two texts are the same: those that stand once in both come first."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

_MOST_COMPARED = 250_000
"""Pairs of lines between two sure ones that are compared one by one."""

Pair = tuple[int, int]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Pair]:
    """Yield the places of equal lines in both texts, rising in both ("patience diff")."""
    yield from _aligned(old, new, (0, 0), (len(old), len(new)))


def _aligned(
    old: Sequence[Hashable], new: Sequence[Hashable], start: Pair, end: Pair
) -> Iterator[Pair]:
    here, there = start
    while here < end[0] and there < end[1] and old[here] == new[there]:
        yield here, there
        here, there = here + 1, there + 1
    last, tail = end, 0
    while here < last[0] and there < last[1] and old[last[0] - 1] == new[last[1] - 1]:
        last, tail = (last[0] - 1, last[1] - 1), tail + 1
    yield from _between(old, new, (here, there), last)
    yield from ((last[0] + ahead, last[1] + ahead) for ahead in range(tail))


def _between(
    old: Sequence[Hashable], new: Sequence[Hashable], start: Pair, end: Pair
) -> Iterator[Pair]:
    sure = _rising(_once_in_both(old[start[0] : end[0]], new[start[1] : end[1]]))
    if not sure:
        if 0 < (end[0] - start[0]) * (end[1] - start[1]) <= _MOST_COMPARED:
            parts = old[start[0] : end[0]], new[start[1] : end[1]]
            for block in SequenceMatcher(None, *parts, autojunk=False).get_matching_blocks():
                for ahead in range(block.size):
                    yield start[0] + block.a + ahead, start[1] + block.b + ahead
        return
    here = start
    for place in (*((start[0] + a, start[1] + b) for a, b in sure), None):
        yield from _aligned(old, new, here, place or end)
        if place:
            yield place
            here = (place[0] + 1, place[1] + 1)


def _once_in_both(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    counts = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new)}
    return [
        (place, places[line])
        for place, line in enumerate(old)
        if counts[0][line] == 1 and counts[1][line] == 1
    ]


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest run of pairs that rises in the second place, too."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        place = bisect_left(tops, there)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [there]
        ends[place : place + 1] = [number]
    run, number = [], ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
