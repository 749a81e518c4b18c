# SPDX-License-Identifier: GPL-2.0-or-later
"""How the width of a table is shared among its columns, so that nothing lies out of sight."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_PX = 72
"""A text is wrapped into no less: some six Chinese characters."""


def share_width(wanted: Sequence[int], room: int, fixed: frozenset[int]) -> list[int]:
    """Return the width of each column in pixels.

    wanted: what shows each column whole. fixed: columns that are shown whole always, as those of
    numbers are. The others share what is left of *room*: narrow ones stay as they are, wide ones
    become equally wide, but none narrower than :data:`LEAST_PX`.
    """
    widths = list(wanted)
    flexible = sorted((set(range(len(wanted))) - fixed), key=lambda column: wanted[column])
    left = room - sum(wanted[column] for column in fixed)
    for done, column in enumerate(flexible):
        fair = left // (len(flexible) - done)
        widths[column] = min(wanted[column], max(fair, LEAST_PX))
        left -= widths[column]
    return widths
