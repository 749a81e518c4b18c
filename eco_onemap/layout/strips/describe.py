# SPDX-License-Identifier: GPL-2.0-or-later
"""All words of the strip sheets of a line, from the check's table of crossings. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eco_onemap.core.further.crossing_table import Passage
from eco_onemap.core.measures.chainage_text import chainage_text
from eco_onemap.core.sites.line_chainage import runs_backwards
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.sheet import Sheet
from eco_onemap.layout.strips.crossing_lines import table_head, table_line
from eco_onemap.layout.strips.sheet import Bar, BarRow, Mark, StripSheet
from eco_onemap.layout.strips.windows import MatchLine, Window
from eco_onemap.layout.style_table import role_style
from eco_onemap.layout.wording import Say

DASH = "–"


def count_layers(crossings: Sequence[Row], window: Window) -> int:
    """Return how many layers the line meets or comes near on a window."""
    return len({row["layer_id"] for row in _here(crossings, window)})


def classes_met(
    record: SiteRecord, crossings: Sequence[Row], window: Window
) -> Mapping[str, set[float]]:
    """Return the classes of each raster that the line runs through on a window."""
    met: dict[str, set[float]] = {}
    for row in _here(crossings, window):
        if record.entries[row["layer_id"]].classes:
            met.setdefault(row["layer_id"], set()).add(float(row["feature_id"]))
    return met


def _here(crossings: Sequence[Row], window: Window) -> list[Row]:
    return [row for row in crossings if row["part"] == window.part and _is_on(row, window)]


def describe_strip(
    record: SiteRecord,
    sheet: Sheet,
    crossings: Sequence[Row],
    windows: Sequence[Window],
    matches: Sequence[MatchLine],
    number: int,
) -> StripSheet:
    """Return the words of the sheet with a number; *sheet*: what all sheets say of its ground."""
    say, window = Say(record.language), windows[number - 1]
    here = _here(crossings, window)
    span = f"{chainage_text(window.from_m)}{DASH}{chainage_text(window.to_m)}"
    place = say("strip.sheet", number=number, count=len(windows), span=span)
    verdict = say("strip.verdict", verdict=sheet.verdict_word)
    return StripSheet(
        sheet=replace(
            sheet,
            title=say("strip.title", name=record.site["name"] or record.site_id),
            subtitle=say("separator").join([place, verdict, sheet.subtitle]),
            warnings=_warnings(record, sheet, windows, say),
        ),
        place=place,
        window=window,
        matches=tuple(match for match in matches if number in match.sheets),
        rows=_rows(record, here, window),
        table_head=table_head(say),
        table=tuple(table_line(row, record, say) for row in sorted(here, key=_place)),
        bars_head=say("strip.bars"),
        key_caption=say("strip.key", number=number, count=len(windows)),
        nothing=say("strip.nothing"),
    )


def match_text(match: MatchLine, number: int, say: Say) -> str:
    """Return what stands at a match line of the sheet with a number."""
    other = match.sheets[1] if match.sheets[0] == number else match.sheets[0]
    return say("strip.match", chainage=chainage_text(match.at_m), sheet=other)


def _warnings(record: SiteRecord, sheet: Sheet, windows: Sequence[Window], say: Say) -> str:
    """Return the warnings of every sheet, and how chainage runs where that is not plain."""
    told = [sheet.warnings] if sheet.warnings else []
    parts = max(window.part for window in windows)
    if parts > 1:
        told.append(say("strip.parts", count=parts))
    if runs_backwards(record.as_sites, record.assessment.options).any():
        told.append(say("strip.reversed"))
    return say("sentence.gap").join(told)


def _place(row: Row) -> tuple[float, float]:
    return row["from_m"], row["to_m"]


def _rows(record: SiteRecord, crossings: Sequence[Row], window: Window) -> tuple[BarRow, ...]:
    """Return the layers along the window: those with findings, then constraints, then others."""
    found: dict[str, list[Row]] = {}
    for row in crossings:
        found.setdefault(row["layer_id"], []).append(row)
    rows = [_row(record, layer_id, of_layer, window) for layer_id, of_layer in found.items()]
    return tuple(sorted(rows, key=lambda row: _order(record, row)))


def _is_on(row: Row, window: Window) -> bool:
    """Return whether a crossing lies on a window; what only ends at its end does not."""
    if row["from_m"] == row["to_m"]:
        return bool(window.from_m <= row["from_m"] <= window.to_m)
    return bool(row["from_m"] < window.to_m and row["to_m"] > window.from_m)


def _order(record: SiteRecord, row: BarRow) -> tuple[bool, bool, int, int]:
    style = role_style(record.entries[row.layer_id].role)
    has_finding = record.layer_verdict(row.layer_id) is not None
    return not has_finding, not style.constraint, style.constraint, -style.rank


def _row(record: SiteRecord, layer_id: str, rows: list[Row], window: Window) -> BarRow:
    long = [row for row in rows if row["to_m"] > row["from_m"]]
    places = [row for row in rows if row["to_m"] == row["from_m"]]
    return BarRow(
        layer_id=layer_id,
        title=record.entries[layer_id].title,
        bars=tuple(_bar(row, window) for row in sorted(long, key=_length, reverse=True)),
        marks=tuple(_mark(row, record) for row in sorted(places, key=lambda row: row["from_m"])),
    )


def _length(row: Row) -> float:
    return float(row["length_m"])


def _bar(row: Row, window: Window) -> Bar:
    """Return the part of a stretch on a window; it is told with its whole chainage."""
    return Bar(
        from_m=max(row["from_m"], window.from_m),
        to_m=min(row["to_m"], window.to_m),
        text=f"{row['chainage']} {row['feature_name'] or row['feature_id']}",
        chainage=row["chainage"],
        feature_id=row["feature_id"],
    )


def _mark(row: Row, record: SiteRecord) -> Mark:
    is_near = row["passage"] == Passage.NEAR.value
    name = row["feature_name"] or row["feature_id"]
    say = Say(record.language)
    if not is_near:
        return Mark(row["from_m"], False, f"{row['chainage']} {name}")
    side = say(f"strip.{row['side']}") if row["side"] else ""
    distance = f"{row['distance_m']:,.0f}"
    return Mark(row["from_m"], True, say("strip.near", name=name, side=side, distance=distance))
