# SPDX-License-Identifier: GPL-2.0-or-later
"""Strips onto pages, by arithmetic: what belongs together stays together, headings repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only its measures are looked at: no Qt is needed for the arithmetic
    from eco_onemap.layout.pages.strips import Strip


@dataclass
class Page:
    """Strips with the places of their tops; *repeated*: heads that stand there again."""

    room: float
    placed: list[tuple[Strip, float]] = field(default_factory=list)
    repeated: list[tuple[Strip, float]] = field(default_factory=list)
    bottom: float = 0.0

    def takes(self, strips: Sequence[Strip]) -> bool:
        """Return whether strips fit below what is there; of more than a page, the first one."""
        height = _height(strips)
        if height > self.room:
            height = _height(strips[:1])
        return self.bottom + height <= self.room

    def add(self, strip: Strip) -> Strip | None:
        """Place a strip; return what of it is left where even an empty page is too short."""
        if not self.placed and strip.head is not None:
            self.repeated.append((strip.head, 0.0))
            self.bottom = strip.head.height
        top = self.bottom + (strip.before if self.placed else 0.0)
        rest = None
        if top + strip.height > self.room:
            strip, rest = strip.split(self.room - top)
        self.placed.append((strip, top))
        self.bottom = top + strip.height + strip.after
        return rest


def paged(strips: Iterable[Strip], room: float) -> Iterator[Page]:
    """Yield pages of strips; *room*: the height of text on a page."""
    page = Page(room)
    for group in _groups(strips):
        if page.placed and (group[0].new_page or not page.takes(group)):
            yield page
            page = Page(room)
        for strip in group:
            rest: Strip | None = strip
            while rest is not None:
                if page.placed and not page.takes([rest]):
                    yield page
                    page = Page(room)
                rest = page.add(rest)
    if page.placed:
        yield page


def _groups(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    """Yield strips together with those that must follow them at once."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.with_next:
            yield group
            group = []
    if group:
        yield group


def _height(strips: Sequence[Strip]) -> float:
    inside = sum(strip.before + strip.height + strip.after for strip in strips)
    return inside - (strips[-1].after if strips else 0.0)
