# SPDX-License-Identifier: GPL-2.0-or-later
"""The table ``crossing``: where along line sites (里程桩号) they meet layers and come near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.columns import Values, dtype_of, joined, text_column
from eco_onemap.core.layers.accuracy import ADMIN_ROLE
from eco_onemap.core.layers.catalogue import FULL_COVERAGE_ROLES
from eco_onemap.core.layers.loading import LoadedVector
from eco_onemap.core.layers.sources import RasterSource
from eco_onemap.core.measures.chainage import Chainages, Stretches, merge_stretches
from eco_onemap.core.measures.chainage_text import stretch_texts
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.sites.line_chainage import chainages_of
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.core.vocabulary import HitKind

Indices = NDArray[np.intp]
TEXT, REAL, INTEGER = ColumnType.TEXT, ColumnType.REAL, ColumnType.INTEGER

CROSSING = (
    Column("site_id", TEXT, "line site"),
    Column("layer_id", TEXT, "layer"),
    Column("scope", TEXT, "layer: all its features merged; feature: one of them"),
    Column("feature_id", TEXT, "feature"),
    Column("feature_name", TEXT, "its name"),
    Column("passage", TEXT, "through an area, along or across a line, touch, or near"),
    Column("chainage", TEXT, "from and to along the line, as K12+340–K12+910"),
    Column("from_m", REAL, "chainage of the beginning"),
    Column("to_m", REAL, "chainage of the end, that of the beginning where it is a point"),
    Column("length_m", REAL, "geodesic length of the stretch along the line"),
    Column("distance_m", REAL, "0, or how far off a feature is that is only near"),
    Column("side", TEXT, "left or right of the line, as the chainage runs, where it is near"),
    Column("part", INTEGER, "part of the line, from 1; chainage counts no gaps between parts"),
    Column("kind", TEXT, "real, narrow, sliver or touch, of what is met"),
)


class Passage(Enum):
    """How a line passes a feature: through it, along it, across it, touching or near it."""

    THROUGH = "through"
    ALONG = "along"
    ACROSS = "across"
    TOUCH = "touch"
    NEAR = "near"


class Scope(Enum):
    """What a row is about: a layer as a whole, or one of its features."""

    LAYER = "layer"
    FEATURE = "feature"


NOT_NEAR = FULL_COVERAGE_ROLES | {ADMIN_ROLE}
"""Roles that tile the ground: what lies beside the line is no news."""
_SIDES = np.array(["", "left", "right"], dtype=object)
"""By the side of a foot: 0, 1 and -1."""


def has_lines(sites: SiteSet) -> bool:
    """Return whether one of the sites is a line."""
    return bool((shapely.get_dimensions(sites.geometries) == 1).any())


def crossing_table(
    sites: SiteSet,
    subject: Subject,
    measured: Sequence[Measurement],
    vectors: Mapping[str, LoadedVector],
    rasters: Mapping[str, RasterSource],
) -> ResultTable:
    """Return where line sites lie in each layer and feature, from the geometries they share.

    The classes of a raster are its features. Raises LayerError for a damaged raster. Sorted by
    site, layer (as in the catalogue), scope and chainage.
    """
    chainages = chainages_of(sites, subject.geometries, subject.options)
    blocks: list[Values] = []
    numbers: list[Indices] = []
    for layer in measured:
        if layer.entry.id in vectors:
            found = _blocks(chainages, subject, layer, vectors[layer.entry.id])
        elif layer.entry.id in rasters:
            found = _class_blocks(chainages, subject, layer, rasters[layer.entry.id])
        else:
            continue
        for site, values in found:
            numbers.append(site)
            blocks.append({"site_id": sites.ids[site], **values})
    order = np.argsort(joined(numbers, np.intp), kind="stable")
    values = {
        column.name: joined([block[column.name] for block in blocks], dtype_of(column))[order]
        for column in CROSSING
    }
    return ResultTable("crossing", CROSSING, values)


def _blocks(
    chainages: Chainages, subject: Subject, layer: Measurement, loaded: LoadedVector
) -> Iterator[tuple[Indices, Values]]:
    """Yield the rows of one layer with the numbers of their sites."""
    hits, join_m = layer.hits, subject.options.tolerances.touch_m
    lines = subject.sizes.dimensions[hits.site] == 1
    rows = np.flatnonzero(lines & ~shapely.is_missing(hits.geometries))
    site, feature = hits.site[rows], hits.feature[rows]
    found = chainages.find_stretches(site, hits.geometries[rows], join_m)
    whole = merge_stretches(found.of(site), join_m)
    dimension = loaded.layer.dimensions[feature]
    yield (
        whole.row,
        _values(
            layer,
            Scope.LAYER,
            whole,
            _passages(whole, _highest(site, dimension, len(subject))[whole.row]),
        ),
    )
    yield (
        site[found.row],
        {
            **_values(layer, Scope.FEATURE, found, _passages(found, dimension[found.row])),
            "feature_id": layer.features.ids[feature[found.row]],
            "feature_name": layer.features.names[feature[found.row]],
            "kind": hits.kind[rows][found.row],
        },
    )
    if subject.options.approach_m > 0 and layer.entry.role not in NOT_NEAR:
        yield _near(chainages, subject, layer, loaded)


def _class_blocks(
    chainages: Chainages, subject: Subject, layer: Measurement, raster: RasterSource
) -> Iterator[tuple[Indices, Values]]:
    """Yield the rows of a raster: where lines run through cells of classes that it declares."""
    join_m, hits = subject.options.tolerances.touch_m, layer.hits
    known = np.array([float(value) for value in layer.features.ids])
    if not len(known):
        return
    site, value, found = chainages.find_cells(raster)
    kept = np.flatnonzero(np.isin(value, known) & (found.to_m > found.from_m))
    group = site * len(known) + np.searchsorted(known, value)
    found = merge_stretches(found.take(kept).of(group), join_m)
    whole = merge_stretches(found.of(np.arange(len(subject) * len(known)) // len(known)), join_m)
    through = text_column([Passage.THROUGH.value])
    yield whole.row, _values(layer, Scope.LAYER, whole, np.repeat(through, len(whole)))
    feature, number = found.row % len(known), found.row // len(known)
    kinds = dict(
        zip(
            zip(hits.site.tolist(), hits.feature.tolist(), strict=True),
            hits.kind.tolist(),
            strict=True,
        )
    )
    pairs = zip(number.tolist(), feature.tolist(), strict=True)
    yield (
        number,
        {
            **_values(layer, Scope.FEATURE, found, np.repeat(through, len(found))),
            "feature_id": layer.features.ids[feature],
            "feature_name": layer.features.names[feature],
            "kind": text_column(kinds.get(pair, HitKind.SLIVER.value) for pair in pairs),
        },
    )


def _highest(site: Indices, dimension: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Return the highest dimension of the features that each site meets."""
    highest = np.zeros(count, dtype=np.int32)
    np.maximum.at(highest, site, dimension)
    return highest


def _passages(found: Stretches, dimension: NDArray[np.int32]) -> NDArray[np.object_]:
    """Return how each stretch passes features of a dimension."""
    is_area, is_stretch = dimension == 2, found.to_m > found.from_m
    return np.select(
        [is_area & is_stretch, is_stretch, is_area],
        [Passage.THROUGH.value, Passage.ALONG.value, Passage.TOUCH.value],
        Passage.ACROSS.value,
    ).astype(object)


def _values(
    layer: Measurement, scope: Scope, found: Stretches, passage: NDArray[np.object_]
) -> Values:
    count = len(found)
    nothing = np.full(count, "", dtype=object)
    return {
        "layer_id": np.full(count, layer.entry.id, dtype=object),
        "scope": np.full(count, scope.value, dtype=object),
        "feature_id": nothing,
        "feature_name": nothing,
        "passage": passage,
        "chainage": stretch_texts(found.from_m, found.to_m),
        "from_m": found.from_m,
        "to_m": found.to_m,
        "length_m": found.to_m - found.from_m,
        "distance_m": np.zeros(count),
        "side": nothing,
        "part": found.part.astype(np.int64),
        "kind": nothing,
    }


def _near(
    chainages: Chainages, subject: Subject, layer: Measurement, loaded: LoadedVector
) -> tuple[Indices, Values]:
    """Return the features near line sites, each where the line comes nearest to it."""
    line = np.flatnonzero(subject.sizes.dimensions == 1)
    near = loaded.index.find_approaches(subject.geometries[line], subject.options.approach_m)
    site = line[near.site]
    feet = chainages.find_feet(site, near.gaps.start, near.gaps.end)
    order = np.lexsort((near.feature, feet.at_m, site))
    at, feature = feet.at_m[order], near.feature[order]
    found = Stretches(order, feet.part[order], at, at)
    return site[order], {
        **_values(layer, Scope.FEATURE, found, text_column([Passage.NEAR.value] * len(order))),
        "feature_id": layer.features.ids[feature],
        "feature_name": layer.features.names[feature],
        "distance_m": near.gaps.distance_m[order],
        "side": _SIDES[feet.side[order]],
    }
