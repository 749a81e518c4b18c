# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints of sites, features and rules: short hashes that change when what they stand for does.

An override holds only while the prints of what it was given for are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from operator import add, itemgetter, methodcaller

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.law.rules import Rule
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.table import Geometries

DIGITS = 12
"""48 bits: two of a million differ by chance but once in five hundred million."""

DECIMALS = 8
"""A millimetre in degrees: vertices are compared on this grid, so that rounding changes nothing."""

SEPARATOR = "-"

_KINDS = np.array([b"-1", b"0", b"1", b"2"], dtype=object)
"""What stands for the dimension in a print: none, points, lines, polygons."""


def print_of(content: bytes) -> str:
    """Return the print of some bytes."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def site_prints(geometries: Geometries) -> NDArray[np.object_]:
    """Return the print of each geometry, shape (n,), by its vertices on a millimetre grid."""
    return group_prints(geometries, np.arange(len(geometries)), len(geometries))


def group_prints(
    geometries: Geometries, owners: NDArray[np.intp], count: int
) -> NDArray[np.object_]:
    """Return the print of the geometries of each owner 0 to *count* - 1.

    The order of vertices and parts does not count; all of an owner have one dimension.
    """
    dimension = np.full(count, -1, dtype=np.int64)
    dimension[owners] = shapely.get_dimensions(geometries)
    vertices, index = shapely.get_coordinates(geometries, return_index=True)
    places = np.round(vertices * 10**DECIMALS).astype(np.int64)
    owner = owners[index]
    order = np.lexsort((places[:, 1], places[:, 0], owner))
    places, owner = places[order], owner[order]
    first = np.ones(len(owner), dtype=bool)  # a ring begins and ends at the same place
    first[1:] = (np.diff(owner) != 0) | (np.diff(places, axis=0) != 0).any(axis=1)
    content = places[first].tobytes()
    ends = (16 * np.searchsorted(owner[first], np.arange(count + 1))).tolist()
    outlines = map(content.__getitem__, map(slice, ends[:-1], ends[1:]))
    kinds = _KINDS[dimension + 1].tolist()
    hashes = map(methodcaller("hexdigest"), map(hashlib.sha256, map(add, kinds, outlines)))
    return np.fromiter(map(itemgetter(slice(DIGITS)), hashes), dtype=object, count=count)


def rule_print(rule: Rule) -> str:
    """Return the print of a rule in its version of the pack; its samples do not count."""
    return print_of(repr(replace(rule, samples=(), yields_to=())).encode())


class FeaturePrints:
    """Prints of a layer's features, made when they are asked for and kept.

    seed: stands for what the pieces do not hold, such as the fingerprint of a raster.
    contents: of features without a layer, which are numbered by what a check finds: what each is
    known by, whatever else was found.
    """

    def __init__(
        self, layer: CompiledLayer | None, seed: str = "", contents: Sequence[str] = ()
    ) -> None:
        self._layer, self._seed, self._contents = layer, seed, contents
        self._known: dict[int, str] = {-1: print_of(seed.encode())}

    def of(self, features: NDArray[np.intp]) -> NDArray[np.object_]:
        """Return the print of each feature by number, -1 for the layer as a whole."""
        distinct, numbers = np.unique(features, return_inverse=True)
        missing = [number for number in distinct.tolist() if number not in self._known]
        if missing:
            self._known.update(zip(missing, self._prints(np.array(missing)), strict=True))
        prints = np.array([self._known[number] for number in distinct.tolist()], dtype=object)
        return prints[numbers]

    @cached_property
    def _by_owner(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The pieces' owners in order, and the numbers of the pieces in that order."""
        owners = self._layer.owners if self._layer else np.zeros(0, dtype=np.intp)
        order = np.argsort(owners, kind="stable")
        return owners[order], order

    def _prints(self, features: NDArray[np.intp]) -> list[str]:
        """Return the prints of features in ascending order."""
        if self._contents:
            return [print_of(self._contents[number].encode()) for number in features.tolist()]
        if self._layer is None:
            return [print_of(f"{self._seed} {number}".encode()) for number in features.tolist()]
        owners, order = self._by_owner
        starts, ends = (np.searchsorted(owners, features, side) for side in ("left", "right"))
        counts = ends - starts
        places = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        groups = np.repeat(np.arange(len(features)), counts)
        prints: list[str] = group_prints(
            self._layer.pieces[order[places]], groups, len(features)
        ).tolist()
        for place in np.flatnonzero(counts == 0).tolist():  # register entries: names stand for them
            prints[place] = print_of(str(self._layer.feature_names[features[place]]).encode())
        return prints
