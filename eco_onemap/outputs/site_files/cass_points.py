# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as a CASS point file (``.dat``): number, code, east, north, height."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.errors import OutputError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.messages import Message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.site_files.runs import outlines

_SPOILING = str.maketrans({",": "、", "，": "、", "\r": " ", "\n": " "})


def write_cass_points(path: Path, sites: RawSites, decimals: int = 3) -> tuple[Message, ...]:
    """Write the points of *sites*, the site's identifier as code; return what could not be kept.

    Rings return to their first points. Heights are 0: sites have none. GB18030 with CRLF, as CASS
    writes it. OutputError for coordinates in degrees.
    """
    crs = find_crs(sites.crs or "")
    if crs is None or not crs.is_projected:
        raise OutputError("site_output.no_plane", crs=sites.crs or "?")
    made, notes = outlines(sites, decimals)
    if not made:
        raise OutputError("site_output.nothing")
    lines: list[str] = []
    for outline in made:
        code = str(sites.ids[outline.site]).translate(_SPOILING).strip()
        for points in outline.runs:
            lines += [
                f"{number},{code},{east:.{decimals}f},{north:.{decimals}f},0"
                for number, (east, north) in enumerate(points.tolist(), start=len(lines) + 1)
            ]
    with replacing(path) as part:
        part.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030", "replace"))
    return tuple(notes)
