# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the rows of a site begin a further ring: by ring numbers, blank rows, and point numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eco_onemap.readers.sites.tables.coordinates import Placed
from eco_onemap.readers.sites.tables.grouping import Groups
from eco_onemap.readers.sites.tables.headings import Role
from eco_onemap.readers.sites.tables.layout import Layout
from eco_onemap.readers.sites.tables.rows import PointRows, role_texts

_FEWEST_CORNERS = 3

Point = tuple[float, float]


def ring_labels(
    rows: PointRows, layout: Layout, groups: Groups, placed: Placed
) -> tuple[list[str], int]:
    """Return a label for each row that changes where a ring begins, and how many numbers began.

    Rings are told apart by the column of ring numbers, where there is one, else by blank rows and
    where the point numbers of a site begin anew (J1 … J4, J1 … J3) at another place.
    """
    blocks = [str(block) for block in rows.block]
    if Role.RING in layout.roles:
        written = rows.column(layout.roles[Role.RING])
        return [f"{block}:{ring}" for block, ring in zip(blocks, written, strict=True)], 0
    if groups.one_each:
        return blocks, 0
    role = Role.POINT if Role.POINT in layout.roles else Role.NUMBER
    turns = list(_turns(role_texts(rows, layout, role), groups.of_row, rows.block, placed))
    labels = [f"{block}:{turn}" for block, turn in zip(blocks, turns, strict=True)]
    return labels, len(set(zip(groups.of_row, labels, strict=True))) - len(
        set(zip(groups.of_row, blocks, strict=True))
    )


@dataclass
class _Ring:
    """The labels of a site's present ring, its first point, and the number of rings before."""

    first: Point
    labels: set[str] = field(default_factory=set)
    start: str = ""
    count: int = 0
    turn: int = 0


def _turns(
    labels: Sequence[str], groups: Sequence[int], blocks: Sequence[int], placed: Placed
) -> Iterator[int]:
    """Yield for each row how often the numbers of its site have begun anew before."""
    rings: dict[tuple[int, int], _Ring] = {}
    points = zip(placed.east.tolist(), placed.north.tolist(), strict=True)
    for label, point, place in zip(labels, points, zip(groups, blocks, strict=True), strict=True):
        ring = rings.setdefault(place, _Ring(point, start=label))
        numbered = len(ring.labels) == ring.count >= _FEWEST_CORNERS
        if label and label == ring.start and numbered and point != ring.first:
            ring = rings[place] = _Ring(point, start=label, turn=ring.turn + 1)
        ring.labels.add(label)
        ring.count += 1
        yield ring.turn
