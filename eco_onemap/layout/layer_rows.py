# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of layers that concern a site: met, near, or not known. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable

from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.sheet import LayerRow
from eco_onemap.outputs.formatting import hectares, metres, percent

BACKGROUND_ROLES = frozenset({"admin", "grid"})
"""They say where a site lies, not what concerns it."""
_UNKNOWN = frozenset(
    status.value
    for status in (
        LayerStatus.PARTLY_MAPPED,
        LayerStatus.NOT_MAPPED,
        LayerStatus.NOT_LOADED,
        LayerStatus.FAILED,
    )
)
Say = Callable[..., str]


def layer_rows(record: SiteRecord, say: Say) -> tuple[LayerRow, ...]:
    """Return the rows: worst verdict first, then layers met, unknown, near by distance."""
    rows = [row for row in record.layers if _concerns(row, record)]
    rows.sort(key=lambda row: _order(row, record))
    return tuple(_layer_row(row, record, say) for row in rows)


def _concerns(row: Row, record: SiteRecord) -> bool:
    if row["role"] in BACKGROUND_ROLES:
        return False
    reach = max(record.assessment.options.rings_m, default=0.0)
    return (
        row["status"] == LayerStatus.HIT.value
        or row["status"] in _UNKNOWN
        or row["nearest_m"] <= reach
    )


def _order(row: Row, record: SiteRecord) -> tuple[int, int, float]:
    verdict = record.layer_verdict(row["layer_id"])
    groups = (row["status"] == LayerStatus.HIT.value, row["status"] in _UNKNOWN, True)
    distance = math.inf if math.isnan(row["nearest_m"]) else row["nearest_m"]
    return -(SEVERITY[verdict] if verdict else 0), groups.index(True), distance


def _layer_row(row: Row, record: SiteRecord, say: Say) -> LayerRow:
    verdict = record.layer_verdict(row["layer_id"])
    if verdict is None and row["status"] in _UNKNOWN:
        verdict = Verdict.NO_DATA
    return LayerRow(
        verdict=verdict,
        mark=say(f"mark.{verdict.value}") if verdict else "",
        title=record.entries[row["layer_id"]].title,
        feature=_feature(row, record, say),
        measure=_measure(row, record, say),
    )


def _feature(row: Row, record: SiteRecord, say: Say) -> str:
    """Return the name of the feature with the largest overlap, or of the nearest one."""
    hits = _hits(row, record)
    if not hits:
        return str(row["nearest_name"] or row["nearest_id"])
    first = hits[0]
    name = str(first["feature_name"] or first["feature_id"])
    return say("feature.more", name=name, count=len(hits)) if len(hits) > 1 else name


def _hits(row: Row, record: SiteRecord) -> list[Row]:
    """Return the hits of a layer, the largest overlap first."""
    hits = [hit for hit in record.hits.rows() if hit["layer_id"] == row["layer_id"]]
    return sorted(hits, key=lambda hit: (-hit["overlap_area_m2"], -hit["overlap_length_m"]))


def _measure(row: Row, record: SiteRecord, say: Say) -> str:
    if row["overlap_area_m2"] > 0:
        area = hectares(row["overlap_area_m2"], record.language)
        return say("measure.area", hectares=area, percent=percent(row["overlap_pct"]))
    if row["overlap_length_m"] > 0:
        return metres(row["overlap_length_m"])
    if row["nearest_m"] > 0 and row["status"] not in _UNKNOWN:
        return say("measure.distance", distance=metres(row["nearest_m"]))
    hits = _hits(row, record)
    return say(f"relation.{hits[0]['relation']}" if hits else f"status.{row['status']}")
