# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometries as GeoPackageBinary (GeoPackage 1.3, clause 2.1.3), a whole array at once."""

from __future__ import annotations

from operator import itemgetter

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.table import Geometries

_LITTLE_ENDIAN, _XY_ENVELOPE, _EMPTY = 0b0000_0001, 0b0000_0010, 0b0001_0000
_HEADER = np.dtype(
    [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs_id", "<i4"), ("box", "<f8", 4)]
)
_BYTES_WITHOUT_BOX = 8


def geometry_blobs(
    geometries: Geometries, boxes: NDArray[np.float64], srs_id: int
) -> list[bytes | None]:
    """Return one blob per geometry in two dimensions, ``None`` where there is no geometry.

    boxes: shape (n, 4), ``shapely.bounds(geometries)``.
    """
    empty = np.isnan(boxes[:, 0])
    headers = np.zeros(len(geometries), dtype=_HEADER)
    headers["magic"] = b"GP"
    headers["flags"] = _LITTLE_ENDIAN | np.where(empty, _EMPTY, _XY_ENVELOPE)
    headers["srs_id"] = srs_id
    headers["box"] = boxes[:, [0, 2, 1, 3]]
    bodies = shapely.to_wkb(geometries, output_dimension=2, byte_order=1, flavor="iso")
    blobs = headers.view(f"V{_HEADER.itemsize}").astype(object)
    blobs[empty] = list(map(itemgetter(slice(_BYTES_WITHOUT_BOX)), blobs[empty]))
    present = ~shapely.is_missing(geometries)
    blobs[present] += bodies[present]
    blobs[~present] = None
    found: list[bytes | None] = blobs.tolist()
    return found
