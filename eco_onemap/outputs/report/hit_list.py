# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of all features that the sites meet."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    Notice,
    Paragraph,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.material import Material, Row

MOST_HITS = 2000


def hits_chapter(material: Material) -> Iterator[Block]:
    """Yield the table of hits of the sites in the report, site by site."""
    say = material.say
    hits = [hit for site in material.sites for hit in material.hits.get(site["site_id"], [])]
    yield Heading(say("chapter.hits"), anchor="hits", new_page=True)
    yield Paragraph(say("hits_intro"))
    if len(hits) > MOST_HITS:
        yield Notice(say("left_out_title"), (say("hits_left_out", shown=MOST_HITS, n=len(hits)),))
    yield Table(
        columns=(
            TableColumn(say("column.site"), 1.3),
            TableColumn(say("column.layer"), 2),
            TableColumn(say("column.feature"), 2.4),
            TableColumn(say("column.relation"), 1.5),
            TableColumn(say("column.overlap"), 2.3, Align.RIGHT),
            TableColumn(say("column.of_site"), 1.4, Align.RIGHT),
            TableColumn(say("column.of_feature"), 1.4, Align.RIGHT),
            TableColumn(say("column.kind"), 1.2),
        ),
        rows=tuple(_hit(material, hit) for hit in hits[:MOST_HITS]),
        caption=say("caption.hits"),
        empty=say("empty.hits"),
    )


def _hit(material: Material, hit: Row) -> tuple[Cell, ...]:
    say = material.say
    return (
        Cell(hit["site_id"]),
        Cell(material.layer_title(hit["layer_id"])),
        Cell(
            hit["feature_name"] or hit["feature_id"],
            hit["feature_id"] if hit["feature_name"] else "",
        ),
        Cell(say.word("relation", hit["relation"])),
        overlap_cell(material, hit),
        share_cell(hit, hit["overlap_pct_site"]),
        share_cell(hit, hit["overlap_pct_feature"]),
        Cell(say.word("kind", hit["kind"])),
    )


def overlap_cell(material: Material, row: Row) -> Cell:
    """Return the overlap of a hit or layer: an area, or else a length, or else a dash."""
    if row["overlap_area_m2"] > 0:
        return material.say.area(row["overlap_area_m2"])
    if row["overlap_length_m"] > 0:
        return Cell(formatting.metres(row["overlap_length_m"]))
    return Cell(NO_VALUE)


def share_cell(row: Row, share_pct: float) -> Cell:
    """Return a share of a site or feature; a dash where a line meets an area: it has none of it."""
    if share_pct == 0 and not row["overlap_area_m2"] > 0:
        return Cell(NO_VALUE)
    return Cell(formatting.percent(share_pct))
