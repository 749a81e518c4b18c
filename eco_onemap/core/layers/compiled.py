# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers made ready to be checked: repaired, on CGCS2000, cut into indexed pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError
from eco_onemap.core.geometry.crs import CHINA, find_crs, to_cgcs2000
from eco_onemap.core.geometry.cutting import cut, dissolve_pieces
from eco_onemap.core.geometry.geodesy import areas_m2, lengths_m
from eco_onemap.core.geometry.repair import Repair, RepairRecord, record_repair, repair, unusable
from eco_onemap.core.geometry.runs import Runs, runs_of_vertices
from eco_onemap.core.geometry.self_overlap import find_overlapping
from eco_onemap.core.geometry.surface import Surface, surface_of
from eco_onemap.core.geometry.vertices import Vertices, vertices_of
from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.messages import Message, message
from eco_onemap.core.progress import NoProgress, Progress, stop_if_cancelled
from eco_onemap.core.table import FeatureTable, Geometries


@dataclass(frozen=True)
class CompiledLayer:
    """A vector layer, its features cut into pieces with a spatial index over them.

    feature_ids, feature_names: shape (n,). attributes: internal name to an array of shape (n,).
    dimensions: shape (n,), 0 points, 1 lines, 2 polygons, -1 a feature without a geometry.
    areas_m2, lengths_m: shape (n,), of whole features.
    overlapping: shape (n,), whether a feature may share ground with another one of the layer.
    pieces: shape (m,), CGCS2000 longitude and latitude, polygons counter-clockwise; owners: shape
    (m,), feature of each; piece_areas_m2: shape (m,). bulges_m2: of the pieces, as
    :class:`eco_onemap.core.geometry.runs.Runs` has them. dissolved: pieces of the ground that
    overlapping features cover together.
    repair: what became of broken geometries. crs: of the source, "" where it had no geometry.
    """

    layer_id: str
    feature_ids: NDArray[np.object_]
    feature_names: NDArray[np.object_]
    attributes: Mapping[str, NDArray[Any]]
    dimensions: NDArray[np.int32]
    areas_m2: NDArray[np.float64]
    lengths_m: NDArray[np.float64]
    overlapping: NDArray[np.bool_]
    pieces: Geometries
    owners: NDArray[np.intp]
    piece_areas_m2: NDArray[np.float64]
    bulges_m2: NDArray[np.float64]
    dissolved: Geometries
    source: str = ""
    fingerprint: str = ""
    notes: tuple[Message, ...] = field(default=())
    repair: RepairRecord = field(default_factory=RepairRecord)
    crs: str = ""

    def __len__(self) -> int:
        return len(self.feature_ids)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: the fields, not the indexes that are made from them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def is_boundless(self) -> bool:
        """Whether it has features and none of them has a geometry: a register of names."""
        return len(self) > 0 and bool((self.dimensions < 0).all())

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index over the pieces, in degrees."""
        return shapely.STRtree(self.pieces)

    @cached_property
    def surface(self) -> Surface:
        """What the layer's polygons cover, doubly covered ground once."""
        alone = (self.dimensions == 2) & ~self.overlapping
        if alone[self.owners].all():
            return Surface(self.pieces, self.tree, self.runs, self.bulges_m2, self.piece_areas_m2)
        return surface_of(np.concatenate((self.pieces[alone[self.owners]], self.dissolved)))

    @cached_property
    def vertices(self) -> Vertices:
        """The vertices of the pieces in radians."""
        return vertices_of(self.pieces)

    @cached_property
    def runs(self) -> Runs:
        """The pieces in short runs of vertices, for distances."""
        return runs_of_vertices(self.vertices)

    @cached_property
    def borders(self) -> Geometries:
        """The boundaries of pieces that are polygons, ``None`` for the others."""
        borders: Geometries = np.full(len(self.pieces), None, dtype=object)
        areal = shapely.get_type_id(self.pieces) == shapely.GeometryType.POLYGON
        borders[areal] = shapely.boundary(self.pieces[areal])
        return borders

    @cached_property
    def piece_ranks(self) -> NDArray[np.intp]:
        """The place of each piece when they are sorted by feature."""
        ranks = np.empty(len(self.owners), dtype=np.intp)
        ranks[np.argsort(self.owners, kind="stable")] = np.arange(len(ranks))
        return ranks

    @cached_property
    def run_ranks(self) -> NDArray[np.intp]:
        """The place of each run when they are sorted by feature."""
        ranks = np.empty(len(self.runs), dtype=np.intp)
        feature = np.repeat(self.owners, np.diff(self.runs.start))
        ranks[np.argsort(feature, kind="stable")] = np.arange(len(ranks))
        return ranks

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all features, NaN where there are none."""
        west, south, east, north = shapely.total_bounds(self.pieces)
        return float(west), float(south), float(east), float(north)


def compile_layer(
    table: FeatureTable, entry: LayerEntry, progress: Progress | None = None
) -> CompiledLayer:
    """Return the layer ready to be checked.

    Raises LayerError if its CRS is not known or does not fit, or if no row has a geometry;
    Cancelled.
    """
    progress = progress or NoProgress()
    stop_if_cancelled(progress)
    mended, geometries = _on_cgcs2000(table, entry)
    stop_if_cancelled(progress)
    pieces, owners = cut(geometries, progress)
    areas = areas_m2(geometries)
    missing = shapely.is_missing(geometries)
    record = _record(mended, areas, missing, table)
    dimensions = np.where(missing, -1, shapely.get_dimensions(geometries))
    overlapping = find_overlapping(pieces, owners, dimensions, progress)
    doubtful = overlapping & (dimensions == 2)
    dissolved = dissolve_pieces(pieces[doubtful[owners]], progress)
    attributes = {
        internal: table.columns[source]
        for internal, source in entry.fields.items()
        if source in table.columns
    }
    return CompiledLayer(
        layer_id=entry.id,
        feature_ids=_labels(attributes.get("id"), table.feature_ids),
        feature_names=_labels(attributes.get("name"), np.full(len(table), "", dtype=object)),
        attributes=attributes,
        dimensions=dimensions,
        areas_m2=areas,
        lengths_m=lengths_m(geometries),
        overlapping=overlapping,
        pieces=pieces,
        owners=owners,
        piece_areas_m2=areas_m2(pieces),
        bulges_m2=runs_of_vertices(vertices_of(pieces)).bulges_m2(),
        dissolved=dissolved,
        source=table.source,
        fingerprint=table.fingerprint,
        notes=(*table.notes, *_notes(mended, record, table, entry, int(missing.sum()))),
        repair=record,
        crs=table.crs or "",
    )


def _on_cgcs2000(table: FeatureTable, entry: LayerEntry) -> tuple[Repair, Geometries]:
    geometries = shapely.force_2d(np.asarray(table.geometries, dtype=object))
    absent = shapely.is_missing(geometries)
    geometries[unusable(geometries)] = None
    mended = repair(geometries)
    geometries = mended.geometries.copy()
    geometries[shapely.is_empty(geometries)] = None
    if shapely.is_missing(geometries).all():
        if not absent.all():
            raise LayerError("layer.no_geometry", layer=entry.id, count=len(table))
        return mended, geometries
    if table.crs is None or find_crs(table.crs) is None:
        raise LayerError("layer.unknown_crs", layer=entry.id, path=table.source)
    moved = to_cgcs2000(geometries, table.crs)
    if not _is_near_china(moved):
        raise LayerError("layer.wrong_crs", layer=entry.id, path=table.source, crs=table.crs)
    return mended, moved


def _is_near_china(geometries: Geometries) -> bool:
    """Return whether all coordinates are places on Earth and China's bounds hold some of them."""
    west, south, east, north = shapely.total_bounds(geometries)
    on_earth = west >= -180 and south >= -90 and east <= 180 and north <= 90
    return bool(on_earth and shapely.box(*CHINA).intersects(shapely.box(west, south, east, north)))


def _labels(column: NDArray[Any] | None, otherwise: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return a column as text, the fallback where it is empty."""
    if column is None:
        return otherwise
    texts = [
        plain_text(value) or str(spare)
        for value, spare in zip(column.tolist(), otherwise.tolist(), strict=True)
    ]
    return np.array(texts, dtype=object)


def _record(
    mended: Repair, areas: NDArray[np.float64], missing: NDArray[np.bool_], table: FeatureTable
) -> RepairRecord:
    """Return what was repaired, and how many drawn geometries had to be left out."""
    source = shapely.force_2d(np.asarray(table.geometries, dtype=object))
    lost = missing & ~shapely.is_missing(source) & ~shapely.is_empty(source)
    return record_repair(source, table.crs or "", mended.repaired, areas, lost, table.feature_ids)


def _notes(
    mended: Repair, record: RepairRecord, table: FeatureTable, entry: LayerEntry, missing: int
) -> tuple[Message, ...]:
    without = _missing_notes(missing - record.lost, entry)
    return (*_repair_notes(mended, record, table, entry), *without)


def _repair_notes(
    mended: Repair, record: RepairRecord, table: FeatureTable, entry: LayerEntry
) -> tuple[Message, ...]:
    notes = []
    if record.repaired:
        first = int(np.argmax(mended.repaired & (mended.reasons != "")))
        notes.append(
            message(
                "layer.repaired",
                layer=entry.id,
                count=record.repaired,
                first=str(table.feature_ids[first]),
                reason=mended.reasons[first],
                change=f"{record.change_m2:.2f}",
                largest=record.largest_id,
                share=f"{100 * record.largest_share:.3g}",
            )
        )
    if record.lost:
        notes.append(lost_features(entry.id, record))
    return tuple(notes)


def lost_features(layer: str, record: RepairRecord) -> Message:
    """Return the sentence on features that were drawn but cannot be used."""
    return message("layer.lost_features", layer=layer, count=record.lost, first=record.first_lost)


def _missing_notes(count: int, entry: LayerEntry) -> tuple[Message, ...]:
    """Return that features without a geometry cannot be met by any site."""
    if not count:
        return ()
    return (message("layer.no_geometry", layer=entry.id, count=count),)
