# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary point files: what holds for any bytes and any rings."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.attributes import unique_ids
from eco_onemap.readers.sites.txt import parse_txt

from .parcels import boundary_file, parcel, square

SEED = boundary_file(
    parcel(square(1, 0, 0, 100) + square(2, 10, 10, 20), "1", "甲"),
    parcel(square(1, 0, 200, 50), "2", "乙", shape="线"),
    parcel(square(1, 0, 300, 50), "3", "丙", shape="点"),
)


def attempt(content: str | bytes) -> RawSites | None:
    """Parse; only the project's errors may come out, with a sentence in each language."""
    try:
        sites = parse_txt(content, "any.txt")
    except EcoOneMapError as error:
        assert all(error.message.text(language) for language in LANGUAGES)
        return None
    messages = [*sites.notes, *sites.problems.values()]
    assert all(message.text(language) for message in messages for language in LANGUAGES)
    assert len(set(sites.ids)) == len(sites) == len(sites.geometries) == len(sites.names)
    assert all(len(column) == len(sites) for column in sites.columns.values())
    missing = shapely.is_missing(sites.geometries)
    assert set(np.flatnonzero(missing)) == set(sites.problems)
    return sites


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    attempt(content)


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    attempt(text)


@given(st.text(alphabet="[]=@,.-+eE0123456789J面线点\n地块坐标属性描述带号", max_size=300))
def test_any_text_of_the_format_s_characters(text: str) -> None:
    attempt("[地块坐标]\n5,1,1,甲,面,,,,@\n" + text)


@given(
    st.lists(
        st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 12), st.text(max_size=8)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_any_damage(changes: list[tuple[int, int, str]], encoding: str) -> None:
    text = SEED
    for place, length, new in changes:
        text = text[:place] + new + text[place + length :]
    attempt(text.encode(encoding, "ignore"))


@given(
    st.permutations(SEED.splitlines()),
    st.integers(0, len(SEED.splitlines())),
)
def test_any_order_of_lines(lines: list[str], kept: int) -> None:
    attempt("\n".join(lines[:kept]))


coordinate = st.integers(0, 12)
"""A grid so coarse that rings often touch, cross, repeat and collapse."""


@given(
    st.lists(
        st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=7), min_size=1, max_size=6
    ),
    st.booleans(),
)
@settings(max_examples=300)
def test_any_rings(rings: list[list[tuple[int, int]]], closed: bool) -> None:
    rows = [
        (str(number), str(label), 2_711_000.0 + x, 39_611_000.0 + y)
        for label, ring in enumerate(rings, start=1)
        for number, (x, y) in enumerate([*ring, ring[0]] if closed else ring, start=1)
    ]
    attempt(boundary_file(parcel(rows)))


@st.composite
def nested(draw, south: int = 0, west: int = 0, side: int = 729) -> list[tuple[int, int, int]]:
    """Squares (south, west, side) that lie wholly inside or wholly outside each other."""
    squares = [(south, west, side)]
    if side >= 27:
        third = side // 3
        for cell in draw(st.sets(st.integers(0, 8), max_size=3)):
            x, y = south + cell // 3 * third, west + cell % 3 * third
            squares += draw(nested(x + third // 3, y + third // 3, third // 3))
    return squares


@given(st.data())
def test_nested_rings_count_by_the_even_odd_rule(data: st.DataObject) -> None:
    squares = data.draw(nested()) + data.draw(nested(0, 1000))
    order = data.draw(st.permutations(squares))
    rows = [row for label, place in enumerate(order, 1) for row in square(label, *place)]
    sites = attempt(boundary_file(parcel(rows)))
    assert sites is not None
    (geometry,) = sites.geometries
    # independent truth: how often a square lies inside others, by its corner coordinates
    area = sum(
        side * side * (-1) ** sum(_inside((x, y, side), other) for other in squares)
        for x, y, side in squares
    )
    assert geometry.is_valid
    assert geometry.area == area


def _inside(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    (x, y, side), (south, west, extent) = one, other
    return side < extent and south <= x < south + extent and west <= y < west + extent


@given(st.lists(st.sampled_from(["", "1", "2", "3", "1-2", "2-2", "甲"]), max_size=12))
def test_identifiers_become_unique_and_the_first_of_each_stays(wanted: list[str]) -> None:
    ids, notes = unique_ids(wanted)
    assert len(set(ids)) == len(wanted)
    for text in set(wanted) - {""}:
        assert ids[wanted.index(text)] == text
    assert bool(notes) == (ids.tolist() != wanted and any(wanted))
