# SPDX-License-Identifier: GPL-2.0-or-later
"""The three lists of layers: concerned (涉及), not concerned (不涉及), without data (无数据)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from eco_onemap.core.schema import within_column
from eco_onemap.core.vocabulary import HitKind, LayerStatus
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import Align, Block, Cell, Table, TableColumn, Tone
from eco_onemap.outputs.report.hit_list import overlap_cell, share_cell
from eco_onemap.outputs.report.material import EVERY_SITE, Material, Row
from eco_onemap.outputs.report.wording import or_dash

_MOST_NAMES = 3
_CONCERNED, _NOT_CONCERNED = LayerStatus.HIT.value, LayerStatus.NO_HIT.value


def layer_lists(material: Material, site_id: str, rows: list[Row]) -> Iterator[Block]:
    """Yield the lists of some layers of a site, those that hold any; each stands in one of them."""
    concerned = [row for row in rows if row["status"] == _CONCERNED]
    clear = [row for row in rows if row["status"] == _NOT_CONCERNED]
    lacking = [row for row in rows if row["status"] not in (_CONCERNED, _NOT_CONCERNED)]
    if concerned:
        yield _concerned(material, site_id, concerned)
    if clear:
        yield _not_concerned(material, clear)
    if lacking:
        yield _without_data(material, site_id, lacking)


def _concerned(material: Material, site_id: str, rows: list[Row]) -> Table:
    """Return the layers that the site meets, by overlap, largest first."""
    say = material.say
    hits = material.hits.get(site_id, [])
    rows = sorted(rows, key=lambda row: -_or_zero(row["overlap_area_m2"]))
    return Table(
        columns=(
            TableColumn(say("column.layer"), 2.2),
            TableColumn(say("column.features"), 3),
            TableColumn(say("column.overlap"), 2.5, Align.RIGHT),
            TableColumn(say("column.share"), 1.3, Align.RIGHT),
            TableColumn(say("column.kind"), 1.5),
        ),
        rows=tuple(
            (
                Cell(material.layer_title(row["layer_id"]), _partly(material, row)),
                _features(material, row, hits),
                overlap_cell(material, row),
                share_cell(row, row["overlap_pct"]),
                _kinds(material, row, hits),
            )
            for row in rows
        ),
        caption=say("caption.concerned", n=len(rows)),
        to_fill=(TableColumn(say("column.judgement"), 2),),
    )


def _features(material: Material, row: Row, hits: list[Row]) -> Cell:
    names = [hit["feature_name"] or hit["feature_id"] for hit in _hits_of(row, hits)]
    shown = material.say.listed(dict.fromkeys(names[:_MOST_NAMES]))
    if len(names) > _MOST_NAMES:
        shown = material.say("and_others", names=shown)
    return Cell(or_dash(shown), material.say("feature_count", n=row["hits"]))


def _kinds(material: Material, row: Row, hits: list[Row]) -> Cell:
    """Return which kinds of overlap there are; a layer of mere slivers is marked."""
    present = {hit["kind"] for hit in _hits_of(row, hits)}
    kinds = [kind.value for kind in HitKind if kind.value in present]
    slight = bool(kinds) and present <= {HitKind.SLIVER.value, HitKind.TOUCH.value}
    text = or_dash(material.say.words("kind", kinds))
    return Cell(text, tone=Tone.STUDY if slight else Tone.PLAIN)


def _hits_of(row: Row, hits: list[Row]) -> list[Row]:
    return [hit for hit in hits if hit["layer_id"] == row["layer_id"]]


def _partly(material: Material, row: Row) -> str:
    """Return how much of the site the layer covers, "" if all of it or if that is unknown."""
    mapped = row["mapped_pct"]
    return material.say("mapped", share=formatting.percent(mapped)) if mapped < 100 else ""


def _not_concerned(material: Material, rows: list[Row]) -> Table:
    """Return the layers that the site does not meet, nearest first."""
    say = material.say
    rings = material.assessment.options.rings_m
    rows = sorted(rows, key=lambda row: _or_far(row["nearest_m"]))
    counts = say("column.within", rings=" / ".join(f"{ring:g}" for ring in rings))
    return Table(
        columns=(
            TableColumn(say("column.layer"), 2.2),
            TableColumn(say("column.nearest"), 3),
            TableColumn(say("column.distance"), 1.5, Align.RIGHT),
            TableColumn(say("column.bearing"), 1.5),
            TableColumn(counts, 2, Align.CENTRE),
        ),
        rows=tuple(
            (
                Cell(material.layer_title(row["layer_id"])),
                Cell(or_dash(row["nearest_name"] or row["nearest_id"])),
                Cell(formatting.metres(row["nearest_m"])),
                Cell(formatting.compass(row["nearest_bearing_deg"], say.language)),
                Cell(_counts(row, rings)),
            )
            for row in rows
        ),
        caption=say("caption.not_concerned", n=len(rows)),
    )


def _counts(row: Row, rings: tuple[float, ...]) -> str:
    """Return the features within each ring; a negative number stands for no value."""
    counts = [row[within_column(ring)] for ring in rings]
    return " / ".join(str(count) if count >= 0 else NO_VALUE for count in counts)


def _without_data(material: Material, site_id: str, rows: list[Row]) -> Table:
    say = material.say
    reasons = {gap["what"]: gap["why"] for gap in _layer_gaps(material, site_id)}
    return Table(
        columns=(
            TableColumn(say("column.layer"), 2.2),
            TableColumn(say("column.status"), 1.6),
            TableColumn(say("column.mapped"), 1.3, Align.RIGHT),
            TableColumn(say("column.why"), 4),
        ),
        rows=tuple(
            (
                Cell(material.layer_title(row["layer_id"]), _required(material, row)),
                Cell(say.word("status", row["status"]), tone=Tone.NO_DATA),
                Cell(formatting.percent(row["mapped_pct"])),
                Cell(_reason(material, row, reasons), _nearest(material, row)),
            )
            for row in rows
        ),
        caption=say("caption.without_data", n=len(rows)),
        to_fill=(TableColumn(say("column.notes"), 2),),
    )


def _layer_gaps(material: Material, site_id: str) -> list[Row]:
    """Return what is said of layers, the site's own sentences last so that they win."""
    return [*material.gaps.get(EVERY_SITE, []), *material.gaps.get(site_id, [])]


def _required(material: Material, row: Row) -> str:
    entry = material.entry(row["layer_id"])
    return material.say("required") if entry and entry.required else ""


def _reason(material: Material, row: Row, reasons: dict[str, str]) -> str:
    told = reasons.get(f"layer:{row['layer_id']}")
    return told or material.say.word("status_meaning", row["status"])


def _nearest(material: Material, row: Row) -> str:
    """Return the nearest feature known, "" if there is none: what is mapped may lie close."""
    if not math.isfinite(row["nearest_m"]):
        return ""
    return material.say(
        "nearest_known",
        name=row["nearest_name"] or row["nearest_id"],
        distance=formatting.metres(row["nearest_m"]),
    )


def class_tables(material: Material, site_id: str, layers: list[Row]) -> Iterator[Block]:
    """Yield, for each classified raster of some layers, the classes inside the site.

    Shares add up.
    """
    say = material.say
    rows = material.classes.get(site_id, [])
    for layer in (row["layer_id"] for row in layers):
        own = [row for row in rows if row["layer_id"] == layer]
        if not own:
            continue
        shares = formatting.largest_remainder([row["share_pct"] for row in own], 2)
        yield Table(
            columns=(
                TableColumn(say("column.class"), 3),
                TableColumn(say("column.share"), 1, Align.RIGHT),
                TableColumn(say("column.area"), 2, Align.RIGHT),
            ),
            rows=tuple(
                (
                    Cell(row["label"] or f"{row['value']:g}"),
                    Cell(f"{share}%"),
                    say.area(row["area_m2"]),
                )
                for row, share in zip(own, shares, strict=True)
            ),
            caption=say("caption.classes", layer=material.layer_title(layer)),
        )


def _or_zero(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _or_far(value: float) -> float:
    return value if math.isfinite(value) else math.inf
