# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometry collections become one site for each kind of geometry in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from eco_onemap.core.messages import message
from eco_onemap.core.table import Geometries
from eco_onemap.readers.vector_files import VectorLayer

_COLLECTION = 7
_MULTI = {0: shapely.MultiPoint, 1: shapely.MultiLineString, 2: shapely.MultiPolygon}


def split_by_type(layer: VectorLayer) -> VectorLayer:
    """Return the layer with each collection as its polygons, its lines and its points.

    The rows of one collection follow each other and share their attributes.
    """
    mixed = np.flatnonzero(shapely.get_type_id(layer.geometries) == _COLLECTION).tolist()
    if not mixed:
        return layer
    pieces = {row: _pieces(layer.geometries[row]) for row in mixed}
    counts = np.ones(len(layer), dtype=np.intp)
    counts[mixed] = [len(pieces[row]) for row in mixed]
    rows = np.repeat(np.arange(len(layer)), counts)
    first = np.r_[0, np.cumsum(counts)[:-1]]
    geometries = layer.geometries[rows]
    for row in mixed:
        geometries[first[row] : first[row] + counts[row]] = pieces[row]
    split = sum(len(found) > 1 for found in pieces.values())
    notes = (message("site_file.note_split", count=split),) if split else ()
    return replace(
        layer,
        geometries=geometries,
        columns={name: values[rows] for name, values in layer.columns.items()},
        feature_ids=layer.feature_ids[rows],
        notes=(*layer.notes, *notes),
        closings=tuple(one._replace(row=int(first[one.row])) for one in layer.closings),
    )


def without_lone_parts(geometries: Geometries) -> Geometries:
    """Return geometries of one part as that part: some formats and engines know no others."""
    kinds = shapely.get_type_id(geometries)
    lone = (kinds >= 4) & (kinds <= 6) & (shapely.get_num_geometries(geometries) == 1)
    result: Geometries = geometries.copy()
    result[lone] = shapely.get_geometry(geometries[lone], 0)
    return result


def _pieces(collection: shapely.Geometry) -> Geometries:
    """Return one geometry for each dimension in a collection, polygons first."""
    parts = np.array([collection], dtype=object)
    while (shapely.get_type_id(parts) >= 4).any():
        parts = shapely.get_parts(parts)
    dimensions = shapely.get_dimensions(parts)
    found = [
        _joined(parts[dimensions == one], one) for one in (2, 1, 0) if (dimensions == one).any()
    ]
    result = np.full(max(len(found), 1), None, dtype=object)
    result[: len(found)] = found
    return result


def _joined(parts: Geometries, dimension: int) -> shapely.Geometry:
    return parts[0] if len(parts) == 1 else _MULTI[dimension](list(parts))
