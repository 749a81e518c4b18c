# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a report's text was changed: lines that are not where they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eco_onemap.readers.sealed_files import Line

_AHEAD = 60
"""So many lines somebody may have added, or taken away, in one place."""


@dataclass(frozen=True)
class Change:
    """A line that is not as it was; found: what stands there, "" where it is gone."""

    place: str
    expected: str
    found: str


def find_changes(expected: Sequence[Line], found: Sequence[Line]) -> list[Change]:
    """Return the lines of *expected* that *found* has not, in order.

    Lines that were added are no changes: notes, judgements and captions of maps.
    """
    wanted, held = ([line.text for line in lines] for lines in (expected, found))
    changes: list[Change] = []
    here = there = 0
    while here < len(wanted):
        added, gone = _step(wanted, held, here, there)
        for line in expected[here : here + gone]:
            changes.append(Change(line.place, line.text, ""))
        here, there = here + gone, there + added
        if added or gone:
            continue
        if _at(wanted, here) != _at(held, there):
            line = expected[here]
            changes.append(Change(line.place, line.text, _at(held, there)))
        here, there = here + 1, there + 1
    return changes


def _step(wanted: Sequence[str], held: Sequence[str], here: int, there: int) -> tuple[int, int]:
    """Return how many lines were added, or are gone, at a place; none where one was edited.

    Two lines in a row that read the same tell where both texts go on.
    """
    if _at(wanted, here) == _at(held, there) or _at(wanted, here + 1) == _at(held, there + 1):
        return 0, 0
    for number in range(1, _AHEAD):
        if _goes_on(wanted, here, held, there + number):
            return number, 0
        if _goes_on(wanted, here + number, held, there):
            return 0, number
    return 0, 0


def _goes_on(wanted: Sequence[str], here: int, held: Sequence[str], there: int) -> bool:
    is_inside = here < len(wanted) and there < len(held)
    return is_inside and all(
        _at(wanted, here + ahead) == _at(held, there + ahead) for ahead in (0, 1)
    )


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""
