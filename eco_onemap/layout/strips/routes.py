# SPDX-License-Identifier: GPL-2.0-or-later
"""A line project cut into strip sheets, and what each of them shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from eco_onemap.core.errors import OutputError
from eco_onemap.core.sites.line_chainage import chainages_of
from eco_onemap.layout.content import find_content
from eco_onemap.layout.describe import describe_sheet
from eco_onemap.layout.ground import describe_ground
from eco_onemap.layout.imprint import BLANK, Imprint
from eco_onemap.layout.layers import LoadedMap
from eco_onemap.layout.paper import PaperSize
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import Row, SiteRecord
from eco_onemap.layout.sheet import Ground
from eco_onemap.layout.strips.build import StripPage
from eco_onemap.layout.strips.colours import Colours, feature_colours
from eco_onemap.layout.strips.course import Course, find_course
from eco_onemap.layout.strips.crossing_lines import crossings_of
from eco_onemap.layout.strips.describe import (
    classes_met,
    count_layers,
    describe_strip,
    match_text,
)
from eco_onemap.layout.strips.paper import StripPaper
from eco_onemap.layout.strips.place_bars import bars_height_mm
from eco_onemap.layout.strips.place_labels import Tick, find_ticks
from eco_onemap.layout.strips.windows import (
    MatchLine,
    Window,
    cut_course,
    find_scale,
    match_lines,
)
from eco_onemap.layout.wording import Say

MOST_SHEETS = 200
"""Of one line; beyond, the scale was hardly meant."""
LARGEST, SMALLEST = 500, 1_000_000


@dataclass(frozen=True)
class StripPlan:
    """How strip maps are drawn.

    scale: denominator, 0 to choose it by the line's length. imprint: who makes them. template: the
    office's own layout (QPT), "" for none. with_coordinates: whether the maps in the PDF know
    where their ground lies. is_sealed: whether it carries what it is made of.
    """

    size: PaperSize = PaperSize.A4
    scale: int = 0
    imprint: Imprint = BLANK
    template: str = ""
    with_coordinates: bool = False
    is_sealed: bool = True

    def __post_init__(self) -> None:
        if self.scale and not LARGEST <= self.scale <= SMALLEST:
            raise OutputError("strips.scale", scale=self.scale)


A4_SHEETS = StripPlan()


@dataclass(frozen=True, eq=False)
class Route:
    """One line with all that its sheets share."""

    record: SiteRecord
    paper: StripPaper
    course: Course
    ground: Ground
    windows: tuple[Window, ...]
    matches: tuple[MatchLine, ...]
    crossings: Sequence[Row]
    colours: Colours
    ticks: Sequence[Tick]
    plan: StripPlan


def find_route(loaded: LoadedMap, record: SiteRecord, plan: StripPlan) -> Route:
    """Return a line cut into sheets, their maps as high as the bars of the fullest sheet allow.

    OutputError if there would be more than :data:`MOST_SHEETS`.
    """
    paper, crossings = StripPaper(plan.size), crossings_of(record)
    ground = replace(describe_ground(record, paper.plain), rings=(), detail=None)
    line, options = np.array([record.geometry], dtype=object), record.assessment.options
    course = find_course(chainages_of(record.as_sites, line, options), ground.crs)
    scale = plan.scale or find_scale(course, paper.map)
    first = _cut(record, course, paper, scale)
    most = max(count_layers(crossings, window) for window in first)
    paper = replace(paper, bars_mm=bars_height_mm(most))
    windows = _cut(record, course, paper, scale)
    across = paper.map.height_mm + paper.map.width_mm
    layers = dict.fromkeys(row["layer_id"] for row in crossings)
    return Route(
        record=record,
        paper=paper,
        course=course,
        ground=ground,
        windows=windows,
        matches=tuple(match_lines(course, windows, across * scale / 1000)),
        crossings=crossings,
        colours=feature_colours(loaded, record, course.line, course.crs, layers),
        ticks=find_ticks(course, scale),
        plan=plan,
    )


def _cut(record: SiteRecord, course: Course, paper: StripPaper, scale: int) -> tuple[Window, ...]:
    windows = cut_course(course, paper.map, scale)
    if len(windows) > MOST_SHEETS:
        told: dict[str, Any] = {"scale": scale, "count": len(windows), "most": MOST_SHEETS}
        raise OutputError("strips.too_many", site=record.site_id, **told)
    return windows


def find_page(loaded: LoadedMap, route: Route, window: Window, number: str = "") -> StripPage:
    """Return what the sheet of a window is built from; number: of the file, printed on it."""
    record, shown = route.record, window.ground(route.paper.map)
    here = route.course.stretch(window.part, window.from_m, window.to_m)
    overlaps = tuple(o for o in route.ground.overlaps if o.geometry.intersects(shown))
    ground = replace(route.ground, main=window.view, overlaps=overlaps)
    stretch = replace(ground, site=here)
    met = classes_met(record, route.crossings, window)
    content = replace(find_content(loaded, record, stretch, shown, met), nearest=())
    sheet = describe_sheet(record, stretch, content, _plan(route, number))
    strip = describe_strip(
        record, sheet, route.crossings, route.windows, route.matches, window.number
    )
    say = Say(record.language)
    return StripPage(
        strip=strip,
        course=route.course,
        windows=route.windows,
        ground=ground,
        content=content,
        match_texts=[match_text(match, window.number, say) for match in strip.matches],
        colours=route.colours,
        ticks=route.ticks,
        paper=route.paper,
        template=route.plan.template,
    )


def _plan(route: Route, number: str) -> SheetPlan:
    return SheetPlan(imprint=route.plan.imprint, number=number)
