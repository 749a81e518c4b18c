# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of control units that tile a region together: those of the land and those of the sea.

A site is in no unit only where no layer has one for it. Taken alone, each layer would miss it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.layers.catalogue import UNIT_ROLE
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.measurement import LostLayer, Measurement, hit_counts
from eco_onemap.core.measures.measuring import Subject, status_of, tiled_shares
from eco_onemap.core.measures.overlap import Overlaps, dissolve

Layers = Sequence[Measurement | LostLayer]
Floats = NDArray[np.float64]


def map_together(layers: Layers, subject: Subject) -> list[Measurement | LostLayer]:
    """Return the layers, those of control units mapped wherever one of them has a unit."""
    parts = [
        layer
        for layer in layers
        if isinstance(layer, Measurement) and layer.entry.role == UNIT_ROLE
    ]
    if len(parts) < 2:
        return list(layers)
    together = dissolve(_overlaps([part.hits for part in parts]), len(subject))
    area = np.minimum(together.area_m2, subject.sizes.area_m2)
    share = subject.sizes.shares(area, together.length_m, together.met)
    mapped = tiled_shares(share, subject)
    unknown = np.any([np.isnan(part.mapped_share) for part in parts], axis=0)
    mapped[unknown] = np.nan
    found = {id(part): _remapped(part, mapped, subject) for part in parts}
    return [found.get(id(layer), layer) for layer in layers]


def _remapped(layer: Measurement, mapped: Floats, subject: Subject) -> Measurement:
    hits = hit_counts(layer.hits, len(subject))
    status = status_of(hits, mapped, subject.sizes.dimensions)
    return replace(layer, mapped_share=mapped, status=status)


def _overlaps(hits: Sequence[Hits]) -> Overlaps:
    """Return what sites share with the units of all layers; those near them share nothing."""
    site, area, length, geometries = (
        np.concatenate([getattr(one, name) for one in hits])
        for name in ("site", "area_m2", "length_m", "geometries")
    )
    rows = np.flatnonzero(~shapely.is_missing(geometries))
    order = rows[np.argsort(site[rows], kind="stable")]
    number = np.arange(len(order))
    return Overlaps(site[order], number, area[order], length[order], geometries[order], number)
