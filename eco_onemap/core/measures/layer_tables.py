# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a result that tell of sites and layers: overlaps, distances, classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core import schema
from eco_onemap.core.columns import Values, blanked, dtype_of, joined, no_values, text_column
from eco_onemap.core.measures.measurement import LostLayer, Measurement, hit_counts
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import LayerStatus


def site_layer_table(
    sites: SiteSet, subject: Subject, layers: Sequence[Measurement | LostLayer]
) -> ResultTable:
    """Return one row per site and layer: all layers of the first site, then of the next."""
    columns = schema.site_layer_columns(subject.options.rings_m)
    rows = _LayerRows(subject)
    blocks = [
        rows.of_lost(layer) if isinstance(layer, LostLayer) else rows.of_measured(layer)
        for layer in layers
    ]
    count = len(sites)
    values = {
        column.name: np.stack(
            [block.get(column.name, no_values(column, count)) for block in blocks], axis=1
        ).ravel()
        for column in columns
        if column.name != "site_id"
    }
    failed = np.repeat(subject.sizes.dimensions < 0, len(blocks))
    values["status"][failed] = LayerStatus.FAILED.value
    return ResultTable(
        "site_layer", columns, {"site_id": np.repeat(sites.ids, len(blocks)), **values}
    )


@dataclass(frozen=True)
class _LayerRows:
    """Builds the columns of ``site_layer`` for one layer, each array of shape (n,)."""

    subject: Subject

    def of_measured(self, layer: Measurement) -> Values:
        """Return the columns of a layer that was measured."""
        checked = self.subject.sizes.dimensions >= 0
        values = {
            "role": self._same(layer.entry.role),
            "layer_id": self._same(layer.entry.id),
            "status": layer.status,
            "overlap_area_m2": layer.overlap_area_m2,
            "overlap_planar_m2": layer.overlap_planar_m2,
            "overlap_pct": 100.0 * layer.overlap_share,
            "overlap_length_m": layer.overlap_length_m,
            "hits": hit_counts(layer.hits, len(self.subject)),
            "mapped_pct": 100.0 * layer.mapped_share,
            **self._distances(layer),
            **self._raster(layer),
        }
        return {name: blanked(array, ~checked) for name, array in values.items()}

    def of_lost(self, lost: LostLayer) -> Values:
        """Return the columns of a layer that was lost: its status and nothing else."""
        return {
            "role": self._same(lost.entry.role),
            "layer_id": self._same(lost.entry.id),
            "status": self._same(lost.status),
        }

    def _distances(self, layer: Measurement) -> Values:
        if layer.distances is None:
            return {}
        nearest, features = layer.distances.nearest, layer.features
        counts = {
            schema.within_column(ring): count for ring, count in layer.distances.within.items()
        }
        areas = {
            schema.ring_area_column(ring): area
            for ring, area in layer.distances.ring_area_m2.items()
        }
        return {
            "nearest_m": nearest.gaps.distance_m,
            "nearest_id": _named(features.ids, nearest.feature),
            "nearest_name": _named(features.names, nearest.feature),
            "nearest_bearing_deg": nearest.gaps.bearing_deg,
            **counts,
            **areas,
        }

    @staticmethod
    def _raster(layer: Measurement) -> Values:
        if layer.raster is None:
            return {}
        return {
            "raster_min": layer.raster.minimum,
            "raster_mean": layer.raster.mean,
            "raster_max": layer.raster.maximum,
            "raster_nodata_pct": 100.0 * layer.raster.nodata_share,
        }

    def _same(self, text: str) -> NDArray[np.object_]:
        return np.full(len(self.subject), text, dtype=object)


def _named(names: NDArray[np.object_], feature: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return the names of features, "" for the number -1."""
    return np.append(names, text_column([""]))[feature]


def hit_table(sites: SiteSet, layers: Sequence[Measurement]) -> ResultTable:
    """Return one row per site and feature that meet, with the geometry they share."""
    blocks = [_hit_values(sites, layer) for layer in layers]
    order = np.argsort(joined([layer.hits.site for layer in layers], np.intp), kind="stable")
    values = {
        column.name: joined([b[column.name] for b in blocks], dtype_of(column))[order]
        for column in schema.HIT
    }
    geometries = joined([layer.hits.geometries for layer in layers], object)[order]
    return ResultTable("hit", schema.HIT, values, geometries)


def _hit_values(sites: SiteSet, layer: Measurement) -> Values:
    hits, features = layer.hits, layer.features
    return {
        "site_id": sites.ids[hits.site],
        "layer_id": np.full(len(hits), layer.entry.id, dtype=object),
        "feature_id": features.ids[hits.feature],
        "feature_name": features.names[hits.feature],
        "relation": hits.relation,
        "overlap_area_m2": hits.area_m2,
        "overlap_pct_site": 100.0 * hits.share_of_site,
        "overlap_pct_feature": 100.0 * hits.share_of_feature,
        "overlap_length_m": hits.length_m,
        "distance_m": hits.distance_m,
        "bearing_deg": hits.bearing_deg,
        "kind": hits.kind,
    }


def raster_class_table(
    sites: SiteSet, subject: Subject, layers: Sequence[Measurement]
) -> ResultTable:
    """Return one row per site, classified raster layer and class."""
    classified = [layer for layer in layers if layer.raster is not None and layer.entry.classes]
    blocks = [_class_values(sites, subject, layer) for layer in classified]
    values = {
        column.name: joined([b[column.name] for b in blocks], dtype_of(column))
        for column in schema.RASTER_CLASS
    }
    return ResultTable("raster_class", schema.RASTER_CLASS, values)


def _class_values(sites: SiteSet, subject: Subject, layer: Measurement) -> Values:
    stats = layer.raster
    if stats is None:
        raise ValueError(layer.entry.id)
    values, number = np.unique(stats.class_value, return_inverse=True)
    labels = text_column(layer.entry.classes.get(int(value), "") for value in values)
    return {
        "site_id": sites.ids[stats.class_site],
        "layer_id": np.full(len(number), layer.entry.id, dtype=object),
        "value": stats.class_value,
        "label": labels[number],
        "share_pct": 100.0 * stats.class_share,
        "area_m2": stats.class_share * subject.sizes.area_m2[stats.class_site],
    }
