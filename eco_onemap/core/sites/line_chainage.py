# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the chainage (里程桩号) of each line site begins and which way it runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.measures.chainage import Chainages
from eco_onemap.core.measures.chainage_text import parse_chainage
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Geometries

START, DIRECTION = "start_chainage", "chainage_direction"
"""Columns of files of sites: a chainage, and one of the two directions."""
AS_DRAWN, REVERSED = "as_drawn", "reversed"


def chainages_of(sites: SiteSet, lines: Geometries, options: Options) -> Chainages:
    """Return the chainages of line sites; what the file says of one goes before the options.

    lines: shape (n,), the geometries of *sites* to go along.
    """
    return Chainages(lines, _starts_m(sites, options), runs_backwards(sites, options))


def runs_backwards(sites: SiteSet, options: Options) -> NDArray[np.bool_]:
    """Return whether chainage runs against the drawing, shape (n,)."""
    stated = sites.details.get(DIRECTION)
    if stated is None:
        return np.full(len(sites), options.is_reversed)
    return np.where(stated == "", options.is_reversed, stated == REVERSED).astype(bool)


def _starts_m(sites: SiteSet, options: Options) -> NDArray[np.float64]:
    stated = sites.details.get(START)
    if stated is None:
        return np.full(len(sites), options.start_chainage_m)
    texts = stated.tolist()
    known = {text: parse_chainage(text) for text in set(texts) if text}
    return np.array([known.get(text, options.start_chainage_m) for text in texts], dtype=float)
