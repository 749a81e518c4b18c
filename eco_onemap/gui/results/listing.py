# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists to be shown, sorted, filtered and copied: plain values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Listing:
    """Rows under headings; *empty* is said where there is none."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    empty: str = ""
    numeric: frozenset[int] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        """The whole list for a spreadsheet: tabs between cells."""
        return tab_separated(self.headings, self.lines)


def tab_separated(headings: tuple[str, ...], lines: tuple[Line, ...]) -> str:
    """Return headings and rows with tabs between cells and no other tabs or line ends."""
    rows = [headings, *(tuple(cell.text for cell in line.cells) for line in lines)]
    return "\n".join("\t".join(" ".join(text.split()) for text in row) for row in rows)
