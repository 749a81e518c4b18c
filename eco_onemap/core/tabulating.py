# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns measurements, findings and verdicts into the tables of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core import schema
from eco_onemap.core.findings import Findings
from eco_onemap.core.measurement import LostLayer, Measurement, hit_counts
from eco_onemap.core.measuring import Subject
from eco_onemap.core.messages import Message, message
from eco_onemap.core.site import SiteSet
from eco_onemap.core.table import NO_COUNT, Column, ColumnType, ResultTable
from eco_onemap.core.verdicts import Gap, Verdicts
from eco_onemap.core.vocabulary import LayerStatus
from eco_onemap.core.wording import Localized, cite, say_finding, say_margin, verdict_of

Values = dict[str, NDArray[Any]]


def site_verdict_table(
    sites: SiteSet,
    subject: Subject,
    verdicts: Verdicts,
    findings: Sequence[Findings],
    needed: Sequence[Measurement | LostLayer],
) -> ResultTable:
    """Return one row per site with its geometry."""
    sizes = subject.sizes
    polygon, line = sizes.dimensions == 2, sizes.dimensions == 1
    values: Values = {
        "site_id": sites.ids,
        "name": sites.names,
        "verdict": _objects(verdict_of(int(s)).value for s in verdicts.severity),
        "deciding_rule": _objects(d[0].rule.id if d else "" for d in verdicts.deciding),
        "reason": _objects(map(_reason, verdicts.deciding, verdicts.gap)),
        "area_ellipsoid_m2": np.where(polygon, sizes.area_m2, np.nan),
        "area_planar_m2": np.where(polygon, sizes.planar_area_m2, np.nan),
        "planar_crs": np.where(polygon, sizes.planar_crs, "").astype(object),
        "declared_area_m2": sites.declared_area_m2,
        "length_m": np.where(line, sizes.length_m, np.nan),
        "unmapped_share": _unmapped_shares(len(sites), needed),
        "repaired": sites.repaired,
        "findings": _finding_counts(len(sites), findings),
    }
    return ResultTable("site_verdict", schema.SITE_VERDICT, values, sites.geometries)


def _reason(deciding: tuple[Findings, int] | None, gap: Gap | None) -> Message:
    if deciding:
        return say_finding(*deciding)
    return gap.why if gap else message("reason.clear")


def _unmapped_shares(count: int, needed: Sequence[Measurement | LostLayer]) -> NDArray[np.float64]:
    """Return the largest unmapped share of each site; lost and unknown count as unmapped."""
    largest = np.zeros(count)
    for layer in needed:
        if isinstance(layer, LostLayer):
            return np.ones(count)
        largest = np.maximum(largest, 1.0 - np.nan_to_num(layer.mapped_share, nan=0.0))
    return largest


def _finding_counts(count: int, findings: Sequence[Findings]) -> NDArray[np.int64]:
    total = np.zeros(count, dtype=np.int64)
    for finding in findings:
        total += np.bincount(finding.site, minlength=count)
    return total


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
        return {name: _blank(array, ~checked) for name, array in values.items()}

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
            [block.get(column.name, _no_values(column, count)) for block in blocks], axis=1
        ).ravel()
        for column in columns
        if column.name != "site_id"
    }
    failed = np.repeat(subject.sizes.dimensions < 0, len(blocks))
    values["status"][failed] = LayerStatus.FAILED.value
    return ResultTable(
        "site_layer", columns, {"site_id": np.repeat(sites.ids, len(blocks)), **values}
    )


def hit_table(sites: SiteSet, layers: Sequence[Measurement]) -> ResultTable:
    """Return one row per site and feature that meet, with the geometry they share."""
    blocks = [_hit_values(sites, layer) for layer in layers]
    order = np.argsort(_joined([layer.hits.site for layer in layers], np.intp), kind="stable")
    values = {
        column.name: _joined([b[column.name] for b in blocks], _dtype(column))[order]
        for column in schema.HIT
    }
    geometries = _joined([layer.hits.geometries for layer in layers], object)[order]
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


def finding_table(sites: SiteSet, subject: Subject, findings: Sequence[Findings]) -> ResultTable:
    """Return one row per finding: by site, worst first, then in the order of the packs."""
    site = _joined([f.site for f in findings], np.intp)
    severity = _joined([f.severity for f in findings], np.int64)
    order = np.lexsort((np.arange(len(site)), -severity, site))
    blocks = [_finding_values(sites, subject, f) for f in findings]
    values = {
        column.name: _joined([b[column.name] for b in blocks], object)[order]
        for column in schema.FINDING
    }
    return ResultTable("finding", schema.FINDING, values)


def _finding_values(sites: SiteSet, subject: Subject, findings: Findings) -> Values:
    rule, entry, count = findings.rule, findings.measurement.entry, len(findings)
    citation, advice = cite(rule, subject.options.as_of), Localized(rule.advice)
    return {
        "site_id": sites.ids[findings.site],
        "rule_id": np.full(count, rule.id, dtype=object),
        "layer_id": np.full(count, entry.id, dtype=object),
        "feature_id": findings.measurement.features.ids[findings.feature],
        "verdict": _objects(verdict_of(int(s)).value for s in findings.severity),
        "message": _objects(say_finding(findings, row) for row in range(count)),
        "citation": _objects([citation] * count),
        "advice": _objects([advice] * count),
        "margin": _objects(say_margin(findings, row) for row in range(count)),
    }


def not_evaluated_table(sites: SiteSet, gaps: Sequence[Gap]) -> ResultTable:
    """Return one row per gap: those of all sites first, then by site."""
    ordered = sorted(gaps, key=lambda gap: gap.site)
    values: Values = {
        "site_id": _objects("*" if gap.site < 0 else sites.ids[gap.site] for gap in ordered),
        "what": _objects(gap.what for gap in ordered),
        "why": _objects(gap.why for gap in ordered),
    }
    return ResultTable("not_evaluated", schema.NOT_EVALUATED, values)


def raster_class_table(
    sites: SiteSet, subject: Subject, layers: Sequence[Measurement]
) -> ResultTable:
    """Return one row per site, classified raster layer and class."""
    classified = [layer for layer in layers if layer.raster is not None and layer.entry.classes]
    blocks = [_class_values(sites, subject, layer) for layer in classified]
    values = {
        column.name: _joined([b[column.name] for b in blocks], _dtype(column))
        for column in schema.RASTER_CLASS
    }
    return ResultTable("raster_class", schema.RASTER_CLASS, values)


def _class_values(sites: SiteSet, subject: Subject, layer: Measurement) -> Values:
    stats = layer.raster
    if stats is None:
        raise ValueError(layer.entry.id)
    labels = [layer.entry.classes.get(int(value), "") for value in stats.class_value]
    return {
        "site_id": sites.ids[stats.class_site],
        "layer_id": np.full(len(labels), layer.entry.id, dtype=object),
        "value": stats.class_value,
        "label": _objects(labels),
        "share_pct": 100.0 * stats.class_share,
        "area_m2": stats.class_share * subject.sizes.area_m2[stats.class_site],
    }


def run_table(record: Mapping[str, str]) -> ResultTable:
    """Return what was recorded of the run, one row per key."""
    values: Values = {"key": _objects(record), "value": _objects(record.values())}
    return ResultTable("run", schema.RUN, values)


def _objects(values: Any) -> NDArray[np.object_]:
    items = list(values)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def _joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=dtype), *arrays]).astype(dtype)


def _dtype(column: Column) -> Any:
    return {ColumnType.TEXT: object, ColumnType.REAL: np.float64, ColumnType.INTEGER: np.int64}[
        column.type
    ]


def _no_values(column: Column, count: int) -> NDArray[Any]:
    if column.type is ColumnType.TEXT:
        return np.full(count, "", dtype=object)
    if column.type is ColumnType.INTEGER:
        return np.full(count, NO_COUNT, dtype=np.int64)
    return np.full(count, np.nan)


def _blank(values: NDArray[Any], where: NDArray[np.bool_]) -> NDArray[Any]:
    """Return the values with "no value" at sites that could not be checked."""
    if values.dtype.kind == "f":
        return np.where(where, np.nan, values)
    if values.dtype.kind == "i":
        return np.where(where, NO_COUNT, values)
    return values


def _named(names: NDArray[np.object_], feature: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return the names of features, "" for the number -1."""
    return _objects(names[number] if number >= 0 else "" for number in feature.tolist())
