# SPDX-License-Identifier: GPL-2.0-or-later
"""Places the bars below a strip map: which layer covers which chainage, with an axis. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eco_onemap.core.measures.chainage_text import chainage_text
from eco_onemap.core.messages import message
from eco_onemap.layout.paper import Box
from eco_onemap.layout.placement import TextBlock
from eco_onemap.layout.scales import round_interval
from eco_onemap.layout.strips.sheet import Bar, BarRow, Mark, StripSheet
from eco_onemap.layout.text_fit import FittedText, cut_text, fit_text, text_height_mm, text_width_mm

HEAD_MM = 4.0
"""Height of the row with the chainages of the axis."""
ROW_MM = 4.6
BAR_MM = 3.4
LABEL_SHARE = 0.17
"""Of the width, for the layers' titles."""
LABEL_SIZES = (7.0, 6.5, 6.0, 5.5)
TEXT_PT = 6.0
LEAST_NAME_MM = 8.0
"""Names are not cut to less than this; the chainage alone says more then."""
TICK_MM = 26.0
"""Distance of the axis' numbers, about."""
MARK_MM = 2.0
THIN_MM = 0.5
"""A bar as narrow as a hair is still seen at this width."""
END_MM = 6.0
"""Room beside the axis for half of the numbers at its ends."""
TEXT_GAP_MM = 0.7
ROUNDING_MM = 0.2
"""Added to the width of texts, whose parts are summed up in more than one order."""


@dataclass(frozen=True)
class TickPlace:
    """A number of the axis, and where its line through the rows stands."""

    x_mm: float
    text: TextBlock


@dataclass(frozen=True)
class BarPlace:
    """A bar on the paper."""

    box: Box
    feature_id: str


@dataclass(frozen=True)
class MarkPlace:
    """A place of the line on the paper; near: hollow."""

    box: Box
    is_near: bool


@dataclass(frozen=True)
class RowPlace:
    """One layer: its title, its bars, marks and what is written at them."""

    layer_id: str
    box: Box
    title: TextBlock
    bars: tuple[BarPlace, ...]
    marks: tuple[MarkPlace, ...]
    texts: tuple[TextBlock, ...]


@dataclass(frozen=True)
class BarsPlace:
    """All bars of a sheet: head, axis, rows, and a line that says what was left out, or None."""

    box: Box
    head: TextBlock
    axis: Box
    ticks: tuple[TickPlace, ...]
    rows: tuple[RowPlace, ...]
    more: TextBlock | None


def bars_height_mm(layers: int) -> float:
    """Return the height of the bars of so many layers, or of the line that says there are none."""
    return HEAD_MM + max(layers, 1) * ROW_MM


def place_bars(strip: StripSheet, box: Box) -> BarsPlace:
    """Return the bars of a sheet in *box*; layers for which there is no room are counted.

    They take less of its height where there are few layers.
    """
    labels_mm = LABEL_SHARE * box.width_mm
    axis = Box(
        box.x_mm + labels_mm + END_MM,
        box.y_mm + HEAD_MM,
        box.width_mm - labels_mm - 2 * END_MM,
        box.height_mm - HEAD_MM,
    )
    most = int((axis.height_mm + 1e-6) / ROW_MM)
    is_cut = len(strip.rows) > most
    shown = strip.rows[: most - 1] if is_cut else strip.rows
    head = Box(box.x_mm, box.y_mm, labels_mm, HEAD_MM)
    title = fit_text(strip.bars_head, labels_mm, HEAD_MM, LABEL_SIZES, bold=True)
    scale = _Axis(strip.window.from_m, strip.window.to_m, axis)
    more = _more(strip, axis, len(shown))
    lines = len(shown) + (more is not None)
    return BarsPlace(
        box=Box(box.x_mm, box.y_mm, box.width_mm, HEAD_MM + lines * ROW_MM),
        head=TextBlock(head, title, bold=True),
        axis=axis,
        ticks=tuple(_ticks(scale, box)),
        rows=tuple(_row(row, number, scale, box, labels_mm) for number, row in enumerate(shown)),
        more=more,
    )


@dataclass(frozen=True)
class _Axis:
    from_m: float
    to_m: float
    box: Box

    def x_mm(self, at_m: float) -> float:
        share = (at_m - self.from_m) / (self.to_m - self.from_m)
        return self.box.x_mm + share * self.box.width_mm


def round_places(from_m: float, to_m: float, step_m: float) -> list[float]:
    """Return the multiples of a step between two chainages."""
    first = math.ceil(from_m / step_m - 1e-9)
    return (step_m * np.arange(first, math.floor(to_m / step_m + 1e-9) + 1)).tolist()


def tick_step_m(metres_per_mm: float, wanted_mm: float) -> float:
    """Return the round step of chainages about so far apart on paper."""
    return round_interval(max(1, round(metres_per_mm * 1000)), wanted_mm)


def _ticks(scale: _Axis, box: Box) -> Iterator[TickPlace]:
    per_mm = (scale.to_m - scale.from_m) / scale.box.width_mm
    for at in round_places(scale.from_m, scale.to_m, tick_step_m(per_mm, TICK_MM)):
        text = chainage_text(at)
        width = min(text_width_mm(text, TEXT_PT), 2 * END_MM)
        x = scale.x_mm(at)
        room = Box(x - width / 2, box.y_mm, width, HEAD_MM)
        yield TickPlace(x, TextBlock(room, fit_text(text, width, HEAD_MM, (TEXT_PT,))))


def _row(row: BarRow, number: int, scale: _Axis, box: Box, labels_mm: float) -> RowPlace:
    line = Box(box.x_mm, scale.box.y_mm + number * ROW_MM, box.width_mm, ROW_MM)
    title = Box(line.x_mm, line.y_mm, labels_mm, ROW_MM)
    top = line.y_mm + (ROW_MM - BAR_MM) / 2
    bars = [_bar(bar, scale, top) for bar in row.bars]
    marks = [_mark(mark, scale, line) for mark in row.marks]
    pairs = [*zip(row.marks, (mark.box for mark in marks), strict=True)]
    return RowPlace(
        layer_id=row.layer_id,
        box=line,
        title=TextBlock(title, _one_line(row.title, labels_mm)),
        bars=tuple(bars),
        marks=tuple(marks),
        texts=tuple(_texts(row.bars, [bar.box for bar in bars], pairs, line)),
    )


def _one_line(text: str, width_mm: float) -> FittedText:
    size = next((s for s in LABEL_SIZES if text_width_mm(text, s) <= width_mm), LABEL_SIZES[-1])
    return fit_text(cut_text(text, width_mm, size), width_mm, ROW_MM, (size,))


def _bar(bar: Bar, scale: _Axis, top_mm: float) -> BarPlace:
    left, right = scale.x_mm(bar.from_m), scale.x_mm(bar.to_m)
    width = max(right - left, THIN_MM)
    left = min(left, scale.box.right_mm - width)
    return BarPlace(Box(left, top_mm, width, BAR_MM), bar.feature_id)


def _mark(mark: Mark, scale: _Axis, line: Box) -> MarkPlace:
    x = scale.x_mm(mark.at_m)
    middle = line.y_mm + line.height_mm / 2
    return MarkPlace(Box(x - MARK_MM / 2, middle - MARK_MM / 2, MARK_MM, MARK_MM), mark.is_near)


def _texts(
    bars: Sequence[Bar],
    boxes: Sequence[Box],
    marks: Sequence[tuple[Mark, Box]],
    line: Box,
) -> Iterator[TextBlock]:
    """Yield what is written in bars and beside marks, wherever nothing else stands.

    What is longer than its bar stands to the right of it if nothing else is there.
    """
    taken = [box for _, box in marks]
    for bar, box in zip(bars, boxes, strict=True):
        others = [*taken, *(other for other in boxes if other is not box)]
        inner = box.width_mm - 2 * TEXT_GAP_MM
        inside = Box(box.x_mm + TEXT_GAP_MM, line.y_mm, inner, ROW_MM)
        rooms = inside, _free_right(box, line, others)
        yield from _first_written((bar.text, bar.chainage), rooms, others, taken)
    for mark, box in marks:
        stops = [*taken, *(other for other in boxes if other.x_mm > box.x_mm)]
        yield from _first_written((mark.text,), [_free_right(box, line, stops)], taken, taken)


def _first_written(
    texts: Sequence[str], rooms: Sequence[Box], others: Sequence[Box], taken: list[Box]
) -> Iterator[TextBlock]:
    """Yield the first text that can be written in one of the rooms, and remember its box."""
    for text in texts:
        for room in rooms:
            placed = _written(text, texts[-1], room)
            if placed is not None and not any(placed.box.overlaps(other) for other in others):
                taken.append(placed.box)
                yield placed
                return


def _free_right(box: Box, line: Box, others: Sequence[Box]) -> Box:
    """Return the room between a thing and the next one on its right."""
    start = box.right_mm + TEXT_GAP_MM
    ahead = (other.x_mm for other in others if other.right_mm > start and other is not box)
    end = max(start, min(ahead, default=line.right_mm) - TEXT_GAP_MM)
    return Box(start, line.y_mm, end - start, ROW_MM)


def _written(text: str, shortest: str, room: Box) -> TextBlock | None:
    """Return a text on one line in a room, cut if enough is left of it; None if not."""
    wanted = text_width_mm(text, TEXT_PT) + ROUNDING_MM
    least = text_width_mm(shortest, TEXT_PT) + ROUNDING_MM
    if text != shortest:
        least += LEAST_NAME_MM
    if room.width_mm < min(wanted, least):
        return None
    width, height = min(wanted, room.width_mm), text_height_mm(1, TEXT_PT)
    box = Box(room.x_mm, room.y_mm + (ROW_MM - height) / 2, width, height)
    return TextBlock(box, fit_text(cut_text(text, width, TEXT_PT), width, height, (TEXT_PT,)))


def _more(strip: StripSheet, axis: Box, shown: int) -> TextBlock | None:
    """Return the line that tells of layers left out, or that there are none at all."""
    if shown == len(strip.rows) and strip.rows:
        return None
    text = strip.nothing
    if strip.rows:
        count = len(strip.rows)
        text = message("map.strip.more", shown=shown, count=count).text(strip.sheet.language)
    box = Box(axis.x_mm, axis.y_mm + shown * ROW_MM, axis.width_mm, ROW_MM)
    return TextBlock(box, fit_text(text, box.width_mm, ROW_MM, (6.5, 6.0)))
