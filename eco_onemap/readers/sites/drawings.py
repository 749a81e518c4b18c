# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites in a CAD drawing: one of its layers, closed outlines as polygons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.table import Geometries
from eco_onemap.readers.vector_files import VectorLayer

DXF = "DXF"
CLOSING_GAP_M = 0.001
"""An outline whose ends are this near is closed: coordinates are kept to a millimetre."""

Rows = NDArray[np.intp]


def sites_of_drawing(path: str, drawing: VectorLayer, wanted: str | None) -> VectorLayer:
    """Return the outlines of one layer of a drawing as polygons, or its lines or points.

    wanted: the CAD layer; None: the only one with closed outlines. A ring inside another one is
    its hole, a ring in that hole a part. SiteError names the layers where a choice is needed.
    """
    entities = _in_model_space(drawing)
    names = entities.columns["Layer"].astype(str)
    closed = _closed(entities.geometries)
    name = wanted if wanted is not None else _only_layer(path, names, closed)
    rows = np.flatnonzero(names == name)
    if not len(rows):
        raise SiteError(
            "reader.missing_layer", path=path, layer=name, layers=_listed(names, closed)
        )
    outlines = rows[closed[rows]]
    if len(outlines):
        made, kept, notes = _polygons(entities.geometries[outlines])
        return _taken(entities, name, outlines[kept], made, (*notes, *_left_out(rows, outlines)))
    lines = rows[shapely.get_dimensions(entities.geometries[rows]) == 1]
    rings, first = _joined_rings(entities.geometries[lines])
    if len(rings):
        made, kept, notes = _polygons(rings)
        joined = message("site_file.note_joined", count=len(lines), rings=len(rings))
        left = _left_out(rows, lines)
        return _taken(entities, name, lines[first[kept]], made, (joined, *notes, *left))
    chosen = lines if len(lines) else rows[~_is_text(entities)[rows]]
    left = _left_out(rows, chosen)
    return _taken(entities, name, chosen, entities.geometries[chosen], left)


def _in_model_space(drawing: VectorLayer) -> VectorLayer:
    """Return the entities of the drawing itself, without those of its printed sheets."""
    paper = drawing.columns.get("PaperSpace")
    if paper is None:
        return drawing
    on_paper = np.array([value == 1 for value in paper.tolist()], dtype=bool)
    rows = np.flatnonzero(~on_paper)
    return _taken(drawing, drawing.name, rows, drawing.geometries[rows], ())


def _closed(geometries: Geometries) -> NDArray[np.bool_]:
    """Return which entities enclose ground: polygons, and lines that end where they begin."""
    lines = shapely.get_type_id(geometries) == 1
    start, end = shapely.get_point(geometries, 0), shapely.get_point(geometries, -1)
    with np.errstate(invalid="ignore"):
        meets = shapely.distance(start, end) <= CLOSING_GAP_M
    rings: NDArray[np.bool_] = lines & meets & (shapely.get_num_points(geometries) > 3)
    return rings | (shapely.get_dimensions(geometries) == 2)


def _only_layer(path: str, names: NDArray[Any], closed: NDArray[np.bool_]) -> str:
    candidates = sorted(set(names[closed].tolist()) or set(names.tolist()))
    if len(candidates) == 1:
        return str(candidates[0])
    if not candidates:
        raise SiteError("site_file.empty", path=path)
    raise SiteError("site_file.choose_layer", path=path, layers=_listed(names, closed))


def _listed(names: NDArray[Any], closed: NDArray[np.bool_]) -> str:
    """Return the layers of a drawing with how many closed outlines and other entities they hold."""
    return ", ".join(
        f"{name} ({int(closed[names == name].sum())}/{int((names == name).sum())})"
        for name in sorted(set(names.tolist()))
    )


def _joined_rings(lines: Geometries) -> tuple[Geometries, Rows]:
    """Return the rings that open lines form end to end, and the row of one line of each.

    Nothing where a line is left over: then the lines are lines.
    """
    try:
        merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    except shapely.errors.GEOSException:  # lines too short for their place: nothing is joined
        return lines[:0], np.zeros(0, dtype=np.intp)
    if not len(merged) or not _closed(merged).all():
        return merged[:0], np.zeros(0, dtype=np.intp)
    ring, line = shapely.STRtree(lines).query(merged, predicate="intersects")
    _, first = np.unique(ring, return_index=True)
    return merged, line[first]


def _polygons(outlines: Geometries) -> tuple[Geometries, Rows, tuple[Message, ...]]:
    """Return polygons of outlines, the rows of their outer rings, and a note on holes.

    A ring within an odd number of others is a hole of the smallest ring around it.
    """
    made = np.array([_as_polygon(one) for one in outlines], dtype=object)
    if not shapely.is_valid(made).all():
        return made, np.arange(len(made)), ()
    inner, outer = shapely.STRtree(made).query(made, predicate="within")
    apart = ~shapely.equals(made[inner], made[outer])
    inner, outer = inner[apart], outer[apart]
    depth = np.bincount(inner, minlength=len(made))
    holes = np.flatnonzero(depth % 2 == 1)
    for hole in holes.tolist():
        around = outer[inner == hole]
        owner = around[np.argmax(depth[around])]
        made[owner] = shapely.Polygon(
            made[owner].exterior, [*made[owner].interiors, made[hole].exterior]
        )
    kept = np.flatnonzero(depth % 2 == 0)
    notes = (message("site_file.note_holes", count=len(holes)),) if len(holes) else ()
    return made[kept], kept, notes


def _as_polygon(outline: shapely.Geometry) -> shapely.Geometry:
    if shapely.get_dimensions(outline) == 2:
        return outline
    points = shapely.get_coordinates(outline)
    points[-1] = points[0]
    return shapely.Polygon(points)


def _is_text(entities: VectorLayer) -> NDArray[np.bool_]:
    texts = entities.columns.get("Text")
    if texts is None:
        return np.zeros(len(entities), dtype=bool)
    return np.array([bool(text) for text in texts.tolist()], dtype=bool)


def _left_out(rows: Rows, chosen: Rows) -> tuple[Message, ...]:
    count = len(rows) - len(chosen)
    return (message("site_file.note_left_out", count=count),) if count else ()


def _taken(
    layer: VectorLayer, name: str, rows: Rows, geometries: Geometries, notes: tuple[Message, ...]
) -> VectorLayer:
    return replace(
        layer,
        name=name,
        geometries=geometries,
        columns={field: values[rows] for field, values in layer.columns.items()},
        feature_ids=layer.feature_ids[rows],
        notes=(*layer.notes, *notes),
        closings=(),
    )
