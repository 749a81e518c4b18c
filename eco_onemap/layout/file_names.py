# SPDX-License-Identifier: GPL-2.0-or-later
"""File names for sites: readable, valid on every system, never the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\s]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
"""Names that Windows keeps for devices."""
LONGEST = 60
"""Characters of a name; 60 Chinese ones take 180 of the 255 bytes that file systems allow."""


def file_names(site_ids: Iterable[str]) -> Mapping[str, str]:
    """Return a file name (without ending) for each site, alike but for characters and case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for site_id in site_ids:
        name = _valid_name(site_id)
        number = 2
        candidate = name
        while candidate.casefold() in taken:
            candidate, number = f"{name}_{number}", number + 1
        taken.add(candidate.casefold())
        names[site_id] = candidate
    return names


def _valid_name(text: str) -> str:
    name = _FORBIDDEN.sub("_", text).strip(" ._")[:LONGEST] or "site"
    return f"_{name}" if _DEVICES.match(name) else name
