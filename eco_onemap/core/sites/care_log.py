# SPDX-License-Identifier: GPL-2.0-or-later
"""What was found in sites' geometries, one entry a place, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from eco_onemap.core.messages import Message, message

MOST_ENTRIES = 5
"""Entries that the text of one site lists; the log has them all."""


class CareKind(Enum):
    """What was found; the value is the end of the sentence's key."""

    CLOSED = "closed"
    REPEATED = "repeated"
    SPIKE = "spike"
    CROSSING = "crossing"
    RING_ORDER = "ring_order"
    HOLE_OUTSIDE = "hole_outside"
    TINY_PART = "tiny_part"
    COLLAPSED = "collapsed"
    AREA_CHANGED = "area_changed"
    OVERLAP = "overlap"
    PARTLY_OUTSIDE = "partly_outside"


CHANGES = frozenset(CareKind) - {CareKind.OVERLAP, CareKind.PARTLY_OUTSIDE}
"""What changed a geometry; the others are only told."""


@dataclass(frozen=True)
class CareEntry:
    """One place in one site.

    ring: from 1 over all rings of the site in the file's order, 0 for the whole site; a line
    counts as one ring. point: from 1 within the ring, 0 for none.
    x, y: in the file's CRS, x = east or longitude. detail: a size or another site, with its unit.
    """

    site: int
    kind: CareKind
    ring: int
    point: int
    x: float
    y: float
    detail: str = ""

    def say(self) -> Message:
        """Return the entry as a sentence."""
        return message(
            f"care.{self.kind.value}",
            ring=self.ring,
            point=self.point,
            at=f"{self.x:.10g} {self.y:.10g}",
            detail=self.detail,
        )


@dataclass(frozen=True)
class CareText:
    """The entries of one site in words."""

    entries: tuple[CareEntry, ...]

    def text(self, language: str = "en") -> str:
        """Return the first entries one after another, and how many more there are."""
        said = [entry.say().text(language) for entry in self.entries[:MOST_ENTRIES]]
        more = len(self.entries) - MOST_ENTRIES
        if more > 0:
            said.append(message("care.more", count=more).text(language))
        return " ".join(said)


def by_site(entries: Iterable[CareEntry]) -> dict[int, list[CareEntry]]:
    """Return the entries of each site that has any."""
    found: dict[int, list[CareEntry]] = {}
    for entry in entries:
        found.setdefault(entry.site, []).append(entry)
    return found


def ordered(entries: Sequence[CareEntry]) -> tuple[CareEntry, ...]:
    """Return entries by site, ring and point."""
    return tuple(sorted(entries, key=_place))


_ORDER = {kind: number for number, kind in enumerate(CareKind)}


def _place(entry: CareEntry) -> tuple[int, int, int, int]:
    return entry.site, entry.ring, entry.point, _ORDER[entry.kind]
