# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists to be shown, sorted, filtered and copied: plain values, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

from eco_onemap.outputs.report.blocks import Tone


@dataclass(frozen=True)
class Target:
    """What a line is about on the map: a site, and a feature of a layer where there is one."""

    site_id: str
    layer_id: str = ""
    feature_id: str = ""


@dataclass(frozen=True)
class Entry:
    """One cell: what is read, what its column is sorted by, and what is told on pointing at it."""

    text: str
    order: float | str = ""
    tip: str = ""


@dataclass(frozen=True)
class Line:
    """One row, with its place on the map and the tone of what it says."""

    cells: tuple[Entry, ...]
    target: Target
    tone: Tone = Tone.PLAIN


class LinesWhenSeen(Sequence[Line]):
    """Lines that are made when they are first asked for: of ten thousand few are seen.

    make: returns the line of a row.
    """

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        self._made: list[Line | None] = [None] * count
        self._make = make

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, row: int) -> Line: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[Line]: ...

    def __getitem__(self, row: int | slice) -> Line | Sequence[Line]:
        if isinstance(row, slice):
            return tuple(self[each] for each in range(*row.indices(len(self))))
        line = self._made[row]
        if line is None:
            line = self._made[row] = self._make(row)
        return line


@dataclass(frozen=True)
class Listing:
    """Rows under headings; *empty* is said where there is none.

    numeric: columns of numbers. tips: column to what its heading means in more words.
    wraps: whether long texts take several lines; lists to be looked through stay one line high.
    """

    headings: tuple[str, ...]
    lines: Sequence[Line]
    empty: str = ""
    numeric: frozenset[int] = field(default_factory=frozenset)
    tips: Mapping[int, str] = field(default_factory=dict)
    wraps: bool = True

    @property
    def text(self) -> str:
        """The whole list for a spreadsheet: tabs between cells."""
        return tab_separated(self.headings, self.lines)


def tab_separated(headings: tuple[str, ...], lines: Sequence[Line]) -> str:
    """Return headings and rows with tabs between cells and no other tabs or line ends."""
    rows = [headings, *(tuple(cell.text for cell in line.cells) for line in lines)]
    return "\n".join("\t".join(" ".join(text.split()) for text in row) for row in rows)


def without_empty(listing: Listing, silent: Mapping[int, str]) -> Listing:
    """Return a listing without the columns whose cells all say nothing.

    silent: the columns that may be left out, with the text that says nothing there.
    """
    said = {
        column
        for line in listing.lines
        for column, nothing in silent.items()
        if line.cells[column].text != nothing
    }
    kept = [n for n in range(len(listing.headings)) if n in said or n not in silent]
    if not listing.lines or len(kept) == len(listing.headings):
        return listing
    place = {number: new for new, number in enumerate(kept)}
    return replace(
        listing,
        headings=tuple(listing.headings[n] for n in kept),
        lines=tuple(
            replace(line, cells=tuple(line.cells[n] for n in kept)) for line in listing.lines
        ),
        numeric=frozenset(place[n] for n in listing.numeric if n in place),
        tips={place[n]: tip for n, tip in listing.tips.items() if n in place},
    )


def shortened(text: str, most: int) -> str:
    """Return a text with its end cut off where it is longer than *most* characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
