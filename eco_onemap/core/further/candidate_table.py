# SPDX-License-Identifier: GPL-2.0-or-later
"""The table ``candidate``: register entries without a boundary that a person is to compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import dtype_of, joined, text_column
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.layers.loading import LoadedVector
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable

TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

CANDIDATE = (
    Column("site_id", TEXT, "site"),
    Column("name", TEXT, "its name"),
    Column("layer_id", TEXT, "register"),
    Column("feature_id", TEXT, "entry without a boundary"),
    Column("feature_name", TEXT, "its name"),
    Column("address", TEXT, "its address, as the register says"),
    Column("bounds_text", TEXT, "what it borders on (四至), as the register says"),
    Column("matched_by", TEXT, "name or address"),
    Column("likeness_pct", REAL, "how alike they are"),
)


def candidate_table(
    sites: SiteSet, measured: Sequence[Measurement], vectors: Mapping[str, LoadedVector]
) -> ResultTable | None:
    """Return one row per site and entry that are alike; None where all entries have a place."""
    boundless = {name for name, one in vectors.items() if (one.layer.dimensions < 0).any()}
    if not boundless:
        return None
    layers = [layer for layer in measured if layer.entry.id in boundless]
    values = {
        column.name: joined(
            [_column(column.name, sites, layer) for layer in layers], dtype_of(column)
        )
        for column in CANDIDATE
    }
    return ResultTable("candidate", CANDIDATE, values)


def _column(name: str, sites: SiteSet, layer: Measurement) -> NDArray[Any]:
    pairs, features = layer.named, layer.features
    if name in ("address", "bounds_text"):
        given = features.attributes.get(name, np.full(len(features), "", dtype=object))
        return text_column(map(plain_text, given[pairs.feature].tolist()))
    return {
        "site_id": sites.ids[pairs.site],
        "name": sites.names[pairs.site],
        "layer_id": np.full(len(pairs.site), layer.entry.id, dtype=object),
        "feature_id": features.ids[pairs.feature],
        "feature_name": features.names[pairs.feature],
        "matched_by": pairs.by,
        "likeness_pct": 100.0 * pairs.likeness,
    }[name]
