# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares names of fields with spellings: as given, cut off by a shapefile, or longer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from eco_onemap.core.spellings import plain

DBF_BYTES = 10
"""As many bytes of a field's name a shapefile keeps (dBASE III: 11 with the closing zero)."""

_NUMBERED = re.compile(r"(?<=[^\d])_?\d{1,2}$")
_SHORTEST_ENDING = 2


class Likeness(Enum):
    """How a field's name is like a spelling, best first."""

    SAME = "same_name"
    REPAIRED = "numbered_name"
    CUT_OFF = "cut_off_name"
    ENDING = "name_ending"


def likeness(name: str, spellings: Sequence[str]) -> tuple[Likeness | None, str]:
    """Return how a name is like the first of the plain *spellings* that it is most like."""
    own = plain(name)
    if own in spellings:
        return Likeness.SAME, own
    bare = _NUMBERED.sub("", own)  # DKMC_1 after a join, STHJYSG_1 after a cut
    if bare in spellings:
        return Likeness.REPAIRED, bare
    for spelling in spellings:
        if _is_cut_off(name.strip(), spelling):
            return Likeness.CUT_OFF, spelling
    longest = max(
        (spelling for spelling in spellings if _ends_with(name, own, spelling)),
        key=len,
        default="",
    )
    return (Likeness.ENDING, longest) if longest else (None, "")


def _is_cut_off(name: str, spelling: str) -> bool:
    """Return whether a shapefile may have cut a longer spelling to this name."""
    own = _NUMBERED.sub("", plain(name)) if name[-1:].isdigit() else plain(name)
    if not own or len(own) >= len(spelling) or not spelling.startswith(own):
        return False
    lengths = {len(name.encode("utf-8")), len(name.encode("gb18030"))}
    return any(DBF_BYTES - 2 < length <= DBF_BYTES for length in lengths)


def _ends_with(name: str, own: str, spelling: str) -> bool:
    """Return whether a name ends with a spelling as a word of its own: 红线编码, zone_code."""
    if len(spelling) < _SHORTEST_ENDING or not own.endswith(spelling):
        return False
    before = own[: -len(spelling)]
    if not spelling.isascii():
        return True
    if len(spelling) == _SHORTEST_ENDING and spelling in ("bm", "mc", "dm", "bh"):
        return before.isascii() and len(before) >= _SHORTEST_ENDING
    return not before[-1:].isascii() or name.strip().lower().endswith(f"_{spelling}")
