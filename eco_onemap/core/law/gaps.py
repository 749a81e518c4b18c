# SPDX-License-Identifier: GPL-2.0-or-later
"""What could not be evaluated: at all, one by one, or at sites, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import joined, text_column
from eco_onemap.core.messages import Message
from eco_onemap.core.sentences import Listed, Rows, Sentences, join_columns, one_phrase

Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

ALL_SITES = -1
"""The number that stands for all sites."""


@dataclass(frozen=True)
class Gap:
    """Something that could not be evaluated at a site (:data:`ALL_SITES`: at all).

    blocks: whether it keeps the site from being clear.
    """

    site: int
    what: str
    why: Message
    blocks: bool


@dataclass(frozen=True)
class Gaps:
    """Many gaps, one a row; all columns have shape (k,) and mean what they do in :class:`Gap`."""

    site: Indices
    what: NDArray[np.object_]
    why: Sentences
    blocks: Flags

    def __len__(self) -> int:
        return len(self.site)

    def first_rows(self, count: int, chosen: Indices) -> Indices:
        """Return the first of the *chosen* rows about each of *count* sites, -1 where none is.

        chosen: row numbers, ascending. Gaps of all sites count for each.
        """
        first = np.full(count, len(self), dtype=np.intp)
        everywhere = chosen[self.site[chosen] < 0]
        backwards = chosen[self.site[chosen] >= 0][::-1]
        first[self.site[backwards]] = backwards  # what is written last stays
        first = np.minimum(first, everywhere.min(initial=len(self)))
        return np.where(first < len(self), first, -1)


NO_GAPS = Gaps(
    np.zeros(0, dtype=np.intp),
    np.zeros(0, dtype=object),
    Sentences((), np.zeros(0, dtype=np.intp)),
    np.zeros(0, dtype=bool),
)


def gaps_at(site: Indices, what: str, why: Rows, blocks: bool | Flags) -> Gaps:
    """Return gaps in the same thing at several sites, each with a reason of its own."""
    told = why if isinstance(why, Sentences) else one_phrase(why)
    names = np.full(len(site), what, dtype=object)
    return Gaps(site, names, told, np.broadcast_to(blocks, len(site)))


def gather_gaps(gaps: Sequence[Gap]) -> Gaps:
    """Return gaps that were told one by one as columns."""
    return Gaps(
        np.array([gap.site for gap in gaps], dtype=np.intp),
        text_column(gap.what for gap in gaps),
        one_phrase(Listed([gap.why for gap in gaps])),
        np.array([gap.blocks for gap in gaps], dtype=bool),
    )


def join_gaps(parts: Sequence[Gaps]) -> Gaps:
    """Return gaps one after another."""
    return Gaps(
        joined([part.site for part in parts], np.intp),
        joined([part.what for part in parts], object),
        join_columns([NO_GAPS.why, *(part.why for part in parts)]),
        joined([part.blocks for part in parts], np.bool_),
    )
