# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a report's text was changed, what was filled in, and what was added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from eco_onemap.readers.sealed_text import Line
from eco_onemap.readers.text_alignment import aligned

_ALIKE = 0.5


@dataclass(frozen=True)
class Change:
    """A text that is not as it was.

    found: what stands there, "" where it is gone; expected: "" where something was put in.
    """

    place: str
    expected: str
    found: str


@dataclass
class TextChanges:
    """What differs: edits; what a person wrote where there is room for it, and elsewhere."""

    changes: list[Change] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    additions: list[Line] = field(default_factory=list)


def find_changes(
    expected: Sequence[Line], found: Sequence[Line], fillable: frozenset[str] = frozenset()
) -> TextChanges:
    """Return how *found* differs from *expected*.

    fillable: headings of columns, and names beside cells, that a person fills in. What stands
    there, and in further columns on the right, is a note; a paragraph that was put in is an
    addition; a row or a cell that was put in is a change.
    """
    form = _Form(fillable, {line.heads for line in expected})
    told = TextChanges()
    here = there = 0
    keys = [[form.key(line) for line in lines] for lines in (expected, found)]
    for old, new in (*aligned(*keys), (len(expected), len(found))):
        for was, stands in form.paired(expected[here:old], found[there:new]):
            form.compare(was, stands, told)
        if new < len(found):
            told.notes += form.notes(found[new])
        here, there = old + 1, new + 1
    return told


class _Form:
    """Knows which cells of a report a person fills in."""

    def __init__(self, fillable: frozenset[str], heads: set[tuple[str, ...]]) -> None:
        self._fillable, self._heads = fillable, heads
        self._widths: dict[tuple[str, ...], int] = {}

    def key(self, line: Line) -> tuple[object, ...]:
        """Return what of a line must be as it was."""
        return (bool(line.heads), *(line.texts[place] for place in self._fixed(line)))

    def notes(self, line: Line) -> list[Line]:
        """Return the notes in a line, each with its place."""
        fixed = set(self._fixed(line))
        if line.texts == line.heads:
            fixed |= {n for n, head in enumerate(line.heads) if head in self._fillable}
        texts = (text for place, text in enumerate(line.texts) if place not in fixed)
        return [Line(line.place, (text,)) for text in texts if text]

    def compare(self, was: Line | None, stands: Line | None, told: TextChanges) -> None:
        """Tell how a line that is not as it was differs; ``None`` for one that is not there."""
        if was is None and stands is not None:
            if stands.heads or len(stands.texts) > 1:
                told.changes.append(Change(stands.place, "", stands.text))
            else:
                told.additions.append(stands)
        elif was is not None and stands is None:
            told.changes.append(Change(was.place, was.text, ""))
        elif was is not None and stands is not None:
            told.changes += self._edits(was, stands)
            told.notes += self.notes(stands)

    def paired(
        self, expected: Sequence[Line], found: Sequence[Line]
    ) -> Iterator[tuple[Line | None, Line | None]]:
        """Yield which lines stand for which between two that are as they were."""
        if len(expected) == len(found):
            yield from zip(expected, found, strict=True)
            return
        here = 0
        for line in expected:
            alike = (n for n in range(here, len(found)) if self._are_alike(line, found[n]))
            place = next(alike, None)
            if place is None:
                yield line, None
                continue
            yield from ((None, added) for added in found[here:place])
            yield line, found[place]
            here = place + 1
        yield from ((None, added) for added in found[here:])

    def _edits(self, was: Line, stands: Line) -> Iterator[Change]:
        old, new = ([line.texts[n] for n in self._fixed(line)] for line in (was, stands))
        if len(old) != len(new):
            yield Change(was.place, was.text, stands.text)
            return
        for before, now in zip(old, new, strict=True):
            if before != now:
                yield Change(was.place, before, now)

    def _fixed(self, line: Line) -> list[int]:
        """Return the places of the cells of a line that nobody fills in."""
        heads, count = line.heads, len(line.texts)
        if not heads:
            is_form = count > 1 and line.texts[0] in self._fillable
            return [0] if is_form else list(range(count))
        width = self._width(heads)
        return [n for n in range(min(count, width)) if heads[n] not in self._fillable]

    def _width(self, heads: tuple[str, ...]) -> int:
        """Return how many columns a table had before a person added others on the right."""
        if heads not in self._widths:
            known = (len(own) for own in self._heads if own and heads[: len(own)] == own)
            self._widths[heads] = max(known, default=len(heads))
        return self._widths[heads]

    def _are_alike(self, one: Line, other: Line) -> bool:
        old, new = ([line.texts[n] for n in self._fixed(line)] for line in (one, other))
        if len(old) != len(new):
            return False
        if len(old) > 1:
            return sum(a == b for a, b in zip(old, new, strict=True)) >= _ALIKE * len(old)
        return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() > _ALIKE
