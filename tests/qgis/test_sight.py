# SPDX-License-Identifier: GPL-2.0-or-later
"""Every two things on the one map are told apart in grey and by colour-blind people, too.

Not only roles that can lie on each other, but all of them and all their classes, in each scheme:
by another pattern, dash or shape, and only where these are the same by colour. And what lies on
another area is seen through its pattern and edge, on whatever is below.
"""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from eco_onemap.layout.schemes import scheme_titles
from eco_onemap.layout.style_table import USUAL_SCHEME, role_styles, style_file
from eco_onemap.paths import resource
from tests.qgis.looks import WHITE, Look, looks
from tests.qgis.sight import VISIONS, apart, over, seen

FILLS_APART = 10.0
"""Between areas without another pattern: four times what is just noticed side by side."""
MARKERS_APART = 10.0
STROKE_APART = 12.0
"""Between a thin stroke and the ground that it is drawn on."""
SHADES_APART = 8.0
"""Between neighbouring classes of the raster, which are an order from light to dark."""
SHOWS_THROUGH = 4.0
"""Between a covered pattern and its covered ground."""

in_schemes = pytest.mark.parametrize("scheme", scheme_titles())
for_eyes = pytest.mark.parametrize("vision", VISIONS)


def confused(one: Look, other: Look, vision: str, least: float) -> bool:
    """Whether two symbols of one form are too much alike."""
    return apart(one.on(WHITE), other.on(WHITE), vision) < least


@for_eyes
@in_schemes
def test_areas_are_told_apart(scheme: str, vision: str) -> None:
    areas = looks(scheme, "polygon")
    assert len(areas) > 40
    alike = []
    for one, other in combinations(areas, 2):
        are_outlines = not one.alpha and not other.alpha
        by_form = one.is_patterned_otherwise(other) or (
            are_outlines and one.is_formed_otherwise(other)
        )
        if not by_form and confused(one, other, vision, FILLS_APART):
            alike.append((one.name, other.name))
    assert alike == []


@for_eyes
@in_schemes
@pytest.mark.parametrize("geometry", ["line", "point"])
def test_lines_and_points_are_told_apart(scheme: str, vision: str, geometry: str) -> None:
    alike = [
        (one.name, other.name)
        for one, other in combinations(looks(scheme, geometry), 2)
        if not one.is_formed_otherwise(other) and confused(one, other, vision, MARKERS_APART)
    ]
    assert alike == []


@for_eyes
@in_schemes
def test_what_lies_on_an_area_is_seen(scheme: str, vision: str) -> None:
    """Patterns and edges stand out from their own fill over each fill below."""
    areas, lost = looks(scheme, "polygon"), []
    for upper in areas:
        grounds = [a.on(WHITE) for a in areas if a.rank <= upper.rank and a.role != upper.role]
        for ground in (WHITE, *grounds):
            strokes = [pattern.colour for pattern in upper.patterns]
            if (
                min((apart(s, upper.on(ground), vision) for s in strokes), default=99.0)
                < STROKE_APART
            ):
                lost.append((upper.name, "pattern", ground))
            if apart(upper.edge, ground, vision) < STROKE_APART:
                lost.append((upper.name, "edge", ground))
    assert lost == []


@for_eyes
@in_schemes
def test_what_lies_below_an_area_shows_through(scheme: str, vision: str) -> None:
    areas, hidden = looks(scheme, "polygon"), []
    for lower in areas:
        for upper in areas:
            if upper.rank < lower.rank or upper.role == lower.role:
                continue
            covered = upper.on(lower.on(WHITE))
            strokes = [upper.on(over(p.colour, 1.0, lower.fill)) for p in lower.patterns]
            if min((apart(s, covered, vision) for s in strokes), default=99.0) < SHOWS_THROUGH:
                hidden.append((lower.name, upper.name))
    assert hidden == []


@for_eyes
def test_risk_on_the_raster_darkens_from_class_to_class(vision: str) -> None:
    tree = ElementTree.parse(style_file("sea_risk_grid", "raster"))
    entries = [entry.get("color") for entry in tree.iter("paletteEntry")]
    shades = [np.array([int(c[at : at + 2], 16) / 255 for at in (1, 3, 5)]) for c in entries]
    steps = [apart(a, b, vision) for a, b in zip([WHITE, *shades], shades, strict=False)]
    assert min(steps) >= SHADES_APART
    light = [float(seen(shade, "greyscale")[0]) for shade in shades]
    assert light == sorted(light, reverse=True)


@in_schemes
def test_patterns_and_forms_stay_with_the_role(scheme: str) -> None:
    for geometry in ("polygon", "line", "point"):
        for usual, other in zip(
            looks(USUAL_SCHEME, geometry), looks(scheme, geometry), strict=True
        ):
            assert usual.name == other.name
            assert usual.patterns == other.patterns
            assert (usual.form, usual.alpha > 0) == (other.form, other.alpha > 0)


def test_the_control_lines_are_green_yellow_and_red_in_spatial_plans() -> None:
    drawn = {look.role: look for look in looks("planning", "polygon")}
    red, green, blue = drawn["eco_redline"].fill
    assert green > 2 * red and green > 2 * blue
    red, green, blue = drawn["pbf"].fill
    assert min(red, green) > 2 * blue
    red, green, blue = drawn["urban_boundary"].edge
    assert red > 2 * green and red > 2 * blue
    red, green, blue = {a.role: a for a in looks(USUAL_SCHEME, "polygon")}["eco_redline"].edge
    assert red > 2 * green and red > 2 * blue


def test_a_scheme_keeps_files_only_for_what_it_changes() -> None:
    for scheme in scheme_titles():
        for file in resource("styles", scheme).glob("*.qml"):
            usual = resource("styles", file.name).read_text(encoding="utf-8")
            assert file.read_text(encoding="utf-8") != usual
            assert file.stem.split(".")[0] in role_styles()


@pytest.mark.parametrize(
    ("colour", "vision", "expected"),
    [  # grey by BT.709; a green and a red that a deuteranope can hardly tell apart
        ([1.0, 0.0, 0.0], "greyscale", [0.498, 0.498, 0.498]),
        ([1.0, 1.0, 1.0], "deuteranopia", [1.0, 1.0, 1.0]),
        ([1.0, 1.0, 1.0], "protanopia", [1.0, 1.0, 1.0]),
        ([0.0, 0.0, 1.0], "full colour", [0.0, 0.0, 1.0]),
    ],
)
def test_known_colours_are_seen_as_published(colour, vision, expected) -> None:
    assert seen(np.array(colour), vision) == pytest.approx(expected, abs=2e-3)


def test_red_and_green_of_one_lightness_are_confused_without_patterns() -> None:
    """The measure sees what it is for."""
    red, green = np.array([0.80, 0.36, 0.20]), np.array([0.53, 0.49, 0.18])
    assert apart(red, green, "full colour") > 30.0
    assert apart(red, green, "deuteranopia") < 0.5 * apart(red, green, "full colour")
