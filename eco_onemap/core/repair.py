# SPDX-License-Identifier: GPL-2.0-or-later
"""Repair of invalid geometries, with what it changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries


@dataclass(frozen=True)
class Repair:
    """Geometries after repair and what was wrong with them.

    geometries: shape (n,), valid, of the same dimension as before; empty where nothing is left.
    repaired: shape (n,), whether a geometry was changed.
    reasons: shape (n,), what was wrong and where (``Self-intersection[x y]``), "" if valid.
    """

    geometries: Geometries
    repaired: NDArray[np.bool_]
    reasons: NDArray[np.object_]


def repair(geometries: Geometries) -> Repair:
    """Return the geometries with the invalid ones made valid (GEOS' structure method).

    Rings keep their meaning (holes stay holes); parts that collapse to lines or points vanish.
    """
    wrong = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    reasons = np.full(len(geometries), "", dtype=object)
    if not wrong.any():
        return Repair(geometries, wrong, reasons)
    reasons[wrong] = shapely.is_valid_reason(geometries[wrong])
    mended = geometries.copy()
    mended[wrong] = shapely.make_valid(geometries[wrong], method="structure", keep_collapsed=False)
    return Repair(mended, wrong, reasons)


def unusable(geometries: Geometries) -> NDArray[np.bool_]:
    """Return where a geometry is missing, empty or has coordinates that are not finite."""
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    useless: NDArray[np.bool_] = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    useless[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return useless
