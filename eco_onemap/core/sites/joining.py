# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites of several files as one, for a file that holds them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.sites.raw_sites import RawSites


def join_sites(files: Sequence[RawSites]) -> RawSites:
    """Return the sites of all *files*, which are in one CRS, in their order.

    An identifier that stands in several files gets the number of its file behind it.
    """
    first = files[0]
    names = dict.fromkeys(name for one in files for name in one.columns)
    return replace(
        first,
        geometries=np.concatenate([one.geometries for one in files]),
        ids=_unique_ids(files),
        names=np.concatenate([one.names for one in files]),
        columns={name: np.concatenate([_column(one, name) for one in files]) for name in names},
        source="; ".join(one.source for one in files),
        problems={},
        notes=(),
    )


def _unique_ids(files: Sequence[RawSites]) -> NDArray[np.object_]:
    given = [text for one in files for text in one.ids.tolist()]
    taken: set[str] = set()
    for place, text in enumerate(given):
        number, unique = 1, text
        while unique in taken:
            number += 1
            unique = f"{text}-{number}"
        taken.add(unique)
        given[place] = unique
    return np.array(given, dtype=object)


def _column(sites: RawSites, name: str) -> NDArray[Any]:
    if name in sites.columns:
        return sites.columns[name]
    missing: object = np.nan if name == "declared_area_m2" else ""
    return np.full(len(sites), missing, dtype=float if missing != "" else object)


def choose_sites(raw: RawSites, rows: Sequence[int]) -> RawSites:
    """Return some of the sites of a file, by their rows and in that order."""
    place = {row: number for number, row in enumerate(rows)}
    chosen = np.asarray(rows, dtype=np.intp)
    return replace(
        raw,
        geometries=raw.geometries[chosen],
        ids=raw.ids[chosen],
        names=raw.names[chosen],
        columns={name: values[chosen] for name, values in raw.columns.items()},
        problems={place[row]: why for row, why in raw.problems.items() if row in place},
        repairs=tuple(
            replace(entry, site=place[entry.site]) for entry in raw.repairs if entry.site in place
        ),
    )


def name_site(raw: RawSites, row: int, name: str) -> RawSites:
    """Return the sites with another name for one of them."""
    names = raw.names.copy()
    names[row] = name
    return replace(raw, names=names)
