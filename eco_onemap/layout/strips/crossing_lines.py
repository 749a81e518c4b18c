# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a strip sheet's table, from the check's table of crossings. Pure."""

from __future__ import annotations

from eco_onemap.core.further.crossing_table import Passage, Scope
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.strips.sheet import TableLine
from eco_onemap.layout.wording import Say
from eco_onemap.outputs.formatting import between_chainages, metres


def crossings_of(record: SiteRecord) -> list[Row]:
    """Return the rows of the check's table ``crossing`` about features of a line."""
    table = record.assessment.further["crossing"]
    rows = table.where("site_id", record.site_id).in_language(record.language).rows()
    return [row for row in rows if row["scope"] == Scope.FEATURE.value]


def table_head(say: Say) -> TableLine:
    """Return the headings of the table's columns."""
    return (
        say("strip.table.chainage"),
        say("strip.table.length"),
        say("table.layer"),
        say("table.feature"),
    )


def table_line(row: Row, record: SiteRecord, say: Say) -> TableLine:
    """Return a line of the table: how long inside, or how far off on which side."""
    how_long = between_chainages(row["from_m"], row["to_m"])
    if row["passage"] == Passage.NEAR.value:
        side = say(f"strip.{row['side']}") if row["side"] else ""
        how_long = say("strip.off", side=side, distance=metres(row["distance_m"]))
    name = row["feature_name"] or row["feature_id"]
    return row["chainage"], how_long, record.entries[row["layer_id"]].title, name
