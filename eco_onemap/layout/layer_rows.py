# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of layers that concern a site: met, near, or not known. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator

from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.sheet import LayerRow
from eco_onemap.layout.subjects import BACKGROUND_ROLES
from eco_onemap.layout.wording import Say
from eco_onemap.outputs.formatting import hectares, metres, percent

UNKNOWN = frozenset(
    status.value
    for status in (
        LayerStatus.PARTLY_MAPPED,
        LayerStatus.NOT_MAPPED,
        LayerStatus.NOT_LOADED,
        LayerStatus.FAILED,
    )
)
"""What leaves open whether a site meets a layer."""


def layer_rows(record: SiteRecord, say: Say) -> tuple[LayerRow, ...]:
    """Return the rows: worst verdict first, then layers met, unknown, near by distance."""
    rows = sorted(concerning_rows(record), key=lambda row: _order(row, record))
    return tuple(_layer_row(row, record, say) for row in rows)


def feature_rows(record: SiteRecord, say: Say) -> tuple[LayerRow, ...]:
    """Return a row for each feature that is met, and one for each layer that is not: all layers."""
    rows = [row for row in record.layers if row["role"] not in BACKGROUND_ROLES]
    rows.sort(key=lambda row: _order(row, record))
    return tuple(told for row in rows for told in _rows_of_layer(row, record, say))


def _rows_of_layer(row: Row, record: SiteRecord, say: Say) -> Iterator[LayerRow]:
    hits = _hits(row, record)
    if len(hits) < 2:
        yield _layer_row(row, record, say)
        return
    for hit in hits:
        verdict = record.feature_verdict(row["layer_id"], hit["feature_id"])
        yield LayerRow(
            verdict=verdict,
            mark=say(f"mark.{verdict.value}") if verdict else "",
            title=record.entries[row["layer_id"]].title,
            feature=str(hit["feature_name"] or hit["feature_id"]),
            measure=_hit_measure(hit, record, say),
        )


def concerning_rows(record: SiteRecord) -> list[Row]:
    """Return the rows of ``site_layer`` of layers that are met, unknown, or within the rings."""
    return [row for row in record.layers if _concerns(row, record)]


def _concerns(row: Row, record: SiteRecord) -> bool:
    if row["role"] in BACKGROUND_ROLES:
        return False
    reach = max(record.assessment.options.rings_m, default=0.0)
    return (
        row["status"] == LayerStatus.HIT.value
        or row["status"] in UNKNOWN
        or row["nearest_m"] <= reach
    )


def _order(row: Row, record: SiteRecord) -> tuple[int, int, float]:
    verdict = record.layer_verdict(row["layer_id"])
    groups = (row["status"] == LayerStatus.HIT.value, row["status"] in UNKNOWN, True)
    distance = math.inf if math.isnan(row["nearest_m"]) else row["nearest_m"]
    return -(SEVERITY[verdict] if verdict else 0), groups.index(True), distance


def _layer_row(row: Row, record: SiteRecord, say: Say) -> LayerRow:
    verdict = record.layer_verdict(row["layer_id"])
    if verdict is None and row["status"] in UNKNOWN:
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
    hits = _hits(row, record)
    if row["overlap_area_m2"] > 0 or row["overlap_length_m"] > 0:
        measure = _size(row, row["overlap_pct"], record, say)
        return say("measure.total", measure=measure) if len(hits) > 1 else measure
    if row["nearest_m"] > 0 and row["status"] not in UNKNOWN:
        return say("measure.distance", distance=metres(row["nearest_m"]))
    if row["nearest_m"] > 0 and not hits:
        status, distance = say(f"status.{row['status']}"), metres(row["nearest_m"])
        return say("measure.known", status=status, distance=distance)
    return say(f"relation.{hits[0]['relation']}" if hits else f"status.{row['status']}")


def _hit_measure(hit: Row, record: SiteRecord, say: Say) -> str:
    if hit["overlap_area_m2"] > 0 or hit["overlap_length_m"] > 0:
        return _size(hit, hit["overlap_pct_site"], record, say)
    return say(f"relation.{hit['relation']}")


def _size(row: Row, share_pct: float, record: SiteRecord, say: Say) -> str:
    """Return area and share of an overlap, or else its length."""
    if row["overlap_area_m2"] > 0:
        area = hectares(row["overlap_area_m2"], record.language)
        return say("measure.area", hectares=area, percent=percent(share_pct))
    return metres(row["overlap_length_m"])
