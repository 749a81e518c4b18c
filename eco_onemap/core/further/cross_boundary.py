# SPDX-License-Identifier: GPL-2.0-or-later
"""Which neighbouring counties and cities a project is to be discussed with (会商)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import dtype_of, joined, text_column
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.geometry.rings import build_rings
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.layers.accuracy import ADMIN_ROLE
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.loading import LoadedVector
from eco_onemap.core.measures.hits import Hits
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.measures.overlap import find_overlaps
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.core.vocabulary import HitKind

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
TEXT, REAL = ColumnType.TEXT, ColumnType.REAL

OWN, NEIGHBOUR, ABOVE = "own", "neighbour", "above"
"""A division that the site lies in, one near it, and one that its own belongs to."""

CONSULT = "consult"

NEIGHBOUR_COLUMNS = (
    Column("site_id", TEXT, "site"),
    Column("layer_id", TEXT, "layer of divisions"),
    Column("code", TEXT, "code of the division"),
    Column("name", TEXT, "its name"),
    Column("level", TEXT, "its level, as the layer says"),
    Column("relation", TEXT, "own, neighbour, or above: the city or province of the site's own"),
    Column("distance_m", REAL, "distance from the site, 0 inside"),
    Column("within_m", REAL, "how far around the site divisions are looked for"),
    Column("area_m2", REAL, "area of the division within that distance, near borders only"),
    Column("share_pct", REAL, "percent of the ground within that distance"),
    Column("consult", TEXT, "consult: to be discussed with this division (会商)"),
)


@dataclass(frozen=True)
class _Near:
    """Pairs of a site and a division near it, sorted by both."""

    site: Indices
    division: Indices
    distance_m: Floats


def neighbour_table(
    sites: SiteSet,
    subject: Subject,
    measured: Sequence[Measurement],
    vectors: Mapping[str, LoadedVector],
) -> ResultTable | None:
    """Return one row per site and division within ``consult_m``; None without such a layer."""
    reach = subject.options.consult_m
    admin = {name for name, loaded in vectors.items() if loaded.entry.role == ADMIN_ROLE}
    if not admin or reach <= 0:
        return None
    layers = [layer for layer in measured if layer.entry.id in admin]
    blocks, numbers = [], []
    for layer in layers:
        near = _near(layer, reach)
        compiled = vectors[layer.entry.id].layer
        blocks.append(_values(sites, subject, layer, compiled, near))
        numbers.append(near.site)
    order = np.argsort(joined(numbers, np.intp), kind="stable")
    values = {
        column.name: joined([block[column.name] for block in blocks], dtype_of(column))[order]
        for column in NEIGHBOUR_COLUMNS
    }
    return ResultTable("neighbour", NEIGHBOUR_COLUMNS, values)


def _near(layer: Measurement, reach_m: float) -> _Near:
    if layer.distances is None:
        raise ValueError(layer.entry.id)
    near = layer.distances.neighbours
    rows = near.distance_m <= reach_m
    return _Near(near.site[rows], near.feature[rows], near.distance_m[rows])


def _values(
    sites: SiteSet, subject: Subject, layer: Measurement, compiled: CompiledLayer, near: _Near
) -> dict[str, NDArray[np.object_] | Floats]:
    count, attributes = len(near.site), layer.features.attributes
    codes = text_column(map(plain_text, attributes.get("code", layer.features.ids).tolist()))
    levels = text_column(map(plain_text, attributes["level"].tolist())) \
        if "level" in attributes else np.full(len(codes), "", dtype=object)  # fmt: skip
    is_own, is_above = _relations(layer.hits, near, codes)
    area, share = _ring_shares(subject, compiled, near)
    return {
        "site_id": sites.ids[near.site],
        "layer_id": np.full(count, layer.entry.id, dtype=object),
        "code": codes[near.division],
        "name": layer.features.names[near.division],
        "level": levels[near.division],
        "relation": np.select([is_own, is_above], [OWN, ABOVE], NEIGHBOUR).astype(object),
        "distance_m": near.distance_m,
        "within_m": np.full(count, subject.options.consult_m),
        "area_m2": area,
        "share_pct": 100.0 * share,
        "consult": np.where(_to_consult(near.site, is_own, is_above), CONSULT, "").astype(object),
    }


def _relations(
    hits: Hits, near: _Near, codes: NDArray[np.object_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which divisions the site lies in, and which are above one that it lies in."""
    stride = len(codes) + 1
    inside = hits.kind != HitKind.TOUCH.value
    own = hits.site[inside] * stride + hits.feature[inside]
    is_own = np.isin(near.site * stride + near.division, own)
    above = _above(codes)
    rows = np.flatnonzero(is_own)
    upper = above[near.division[rows]]  # the divisions above each own one
    first, other = np.nonzero(upper)
    pairs = near.site[rows[first]] * stride + other
    return is_own, np.isin(near.site * stride + near.division, pairs)


def _above(codes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return for each division (row) which are the city or province that it belongs to."""
    listed = codes.tolist()
    return np.array([[_is_above(upper, code) for upper in listed] for code in listed]).reshape(
        len(listed), len(listed)
    )


def _is_above(upper: str, code: str) -> bool:
    digits = next((n for n in (2, 4) if len(upper) == 6 and set(upper[n:]) == {"0"}), 0)
    return bool(digits) and upper != code and upper[:digits] == code[:digits]


def _to_consult(
    site: Indices, is_own: NDArray[np.bool_], is_above: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which divisions are to be consulted: neighbours, and all of a site in several."""
    own = is_own & ~is_above
    count = np.bincount(site[own], minlength=int(site.max(initial=0)) + 1)
    return (~is_own & ~is_above) | (own & (count[site] > 1))


def _ring_shares(subject: Subject, compiled: CompiledLayer, near: _Near) -> tuple[Floats, Floats]:
    """Return each division's area within the distance, and its share of the ground there.

    Rings are cut only for sites near a border; where a single division is near, all of the ground
    is its own and no area is measured (NaN).
    """
    alone = np.bincount(near.site, minlength=len(subject))[near.site] == 1
    border = np.unique(near.site[~alone])
    cut = np.full(len(subject), None, dtype=object)
    cut[border] = build_rings(subject.geometries[border], subject.options.consult_m)
    size = areas_m2(cut)
    overlaps = find_overlaps(cut, compiled)
    stride = len(compiled) + 1
    pair, wanted = overlaps.site * stride + overlaps.feature, near.site * stride + near.division
    place = np.searchsorted(pair, wanted)
    known = np.isin(wanted, pair)
    area = np.where(alone, np.nan, 0.0)
    area[known] = overlaps.area_m2[place[known]]
    share = np.ones(len(area))
    share[~alone] = area[~alone] / size[near.site[~alone]]
    return area, share
