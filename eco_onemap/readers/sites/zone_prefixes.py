# SPDX-License-Identifier: GPL-2.0-or-later
"""Zone numbers in front of eastings: one for each site, so that a file may reach over zones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.gauss_kruger import zones_of


def zone_prefixes(
    east: NDArray[np.float64], sites: Sequence[int], lines: Sequence[int], path: str
) -> tuple[int, ...]:
    """Return the zones in front of the eastings in ascending order, () where none is written.

    sites, lines: site and line in the file of each easting, shape (n,). SiteError names two lines:
    where one site's points stand in several zones, or where some eastings of a file have a zone
    and others have none.
    """
    zones = zones_of(east)
    written = zones > 0
    if not written.any():
        return ()
    if not written.all():
        bare = int(np.argmin(written))
        raise SiteError(
            "txt.zone_missing",
            path=path,
            line=int(lines[bare]),
            zoned_line=int(lines[int(np.argmax(written))]),
            zone=int(zones[written][0]),
        )
    _refuse_mixed_sites(zones, np.asarray(sites), lines, path)
    return tuple(np.unique(zones).tolist())


def _refuse_mixed_sites(
    zones: NDArray[np.int64], sites: NDArray[np.int64], lines: Sequence[int], path: str
) -> None:
    """Raise SiteError for the first point whose site began in another zone."""
    _, first, own = np.unique(sites, return_index=True, return_inverse=True)
    away = np.flatnonzero(zones != zones[first][own])
    if len(away):
        row, start = int(away[0]), int(first[own[away[0]]])
        raise SiteError(
            "txt.several_zones",
            path=path,
            line=int(lines[row]),
            zone=int(zones[row]),
            first_line=int(lines[start]),
            first_zone=int(zones[start]),
        )
