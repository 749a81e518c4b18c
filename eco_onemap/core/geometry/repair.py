# SPDX-License-Identifier: GPL-2.0-or-later
"""Repair of invalid geometries, with what it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import to_cgcs2000
from eco_onemap.core.geometry.geodesy import areas_m2, polygon_parts
from eco_onemap.core.grouping import sum_by
from eco_onemap.core.table import Geometries

LARGE_CHANGE = 0.001
"""A repair that changes an area by more than this share is told in every result: a thousandth is
what parcel areas may be off in cadastral work, and far above the rounding of coordinates."""


@dataclass(frozen=True)
class RepairRecord:
    """What became of the broken geometries of a layer.

    repaired: number of features. change_m2: the sum of what their areas changed by, gains and
    losses alike. largest_share: the largest change of one, 0 to 1 of the larger of its areas
    before and after; largest_id: its id. lost: number of features whose geometry could not be
    used at all; first_lost: id of the first.
    """

    repaired: int = 0
    change_m2: float = 0.0
    largest_share: float = 0.0
    largest_id: str = ""
    lost: int = 0
    first_lost: str = ""

    @property
    def is_large(self) -> bool:
        """Whether the area of a feature changed by more than :data:`LARGE_CHANGE`."""
        return self.largest_share > LARGE_CHANGE


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
    made = shapely.make_valid(geometries[wrong], method="structure", keep_collapsed=False)
    still = ~shapely.is_valid(made)
    made[still] = [_united(one) for one in made[still]]
    mended[wrong] = made
    return Repair(mended, wrong, reasons)


def made_valid(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry made valid by GEOS's structure method; what collapses vanishes."""
    made = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    return made if shapely.is_valid(made) else _united(made)


def _united(made: shapely.Geometry) -> shapely.Geometry:
    """Return parts that share an edge as one: GEOS leaves them where edges ran along each other."""
    return shapely.union_all(shapely.get_parts(made))


def unusable(geometries: Geometries) -> NDArray[np.bool_]:
    """Return where a geometry is missing, empty or has coordinates that are not finite."""
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    useless: NDArray[np.bool_] = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    useless[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return useless


def record_repair(
    source: Geometries,
    crs: str,
    repaired: NDArray[np.bool_],
    areas: NDArray[np.float64],
    lost: NDArray[np.bool_],
    ids: NDArray[np.object_],
) -> RepairRecord:
    """Return what repair changed.

    source: shape (n,), geometries before, in *crs*. areas: shape (n,), in m² after. lost: shape
    (n,), what was given up. The area before is what the rings as drawn enclose by the sum over
    their edges, holes taken off: the two halves of a bow-tie cancel out there, and ground that two
    parts share counts twice, which is what a surveyor's figure of the broken feature would be.
    """
    wrong = np.flatnonzero(repaired & ~lost)
    record = RepairRecord(
        lost=int(lost.sum()), first_lost=str(ids[np.argmax(lost)]) if lost.any() else ""
    )
    if not len(wrong):
        return record
    before, after = _drawn_areas(source[wrong], crs), areas[wrong]
    change = np.abs(after - before)
    largest = np.maximum(np.abs(before), after)
    share = np.divide(change, largest, out=np.zeros(len(wrong)), where=largest > 0)
    worst = int(np.argmax(share))
    return replace(
        record,
        repaired=len(wrong),
        change_m2=float(change.sum()),
        largest_share=float(min(share[worst], 1.0)),
        largest_id=str(ids[wrong[worst]]),
    )


def _drawn_areas(source: Geometries, crs: str) -> NDArray[np.float64]:
    """Return what the rings of polygons enclose as they are drawn, in m², less the holes.

    Rings are brought to CGCS2000 one by one: densifying a whole polygon would mend it.
    """
    polygons, owner = polygon_parts(source)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    sizes = areas_m2(shapely.polygons(to_cgcs2000(rings, crs)))
    is_shell = np.r_[True, np.diff(polygon) != 0][: len(rings)]
    return sum_by(owner[polygon], np.where(is_shell, sizes, -sizes), len(source))
