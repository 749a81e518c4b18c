# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables, pasted text and CASS points: what holds for any bytes, and for any corners."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.cass import parse_cass
from eco_onemap.readers.sites.tables.numbers import parse_coordinate, spelled_out
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
from eco_onemap.readers.sites.tables.reading import parse_pasted, parse_table
from eco_onemap.readers.sites.txt_rows import Shape

from .test_corpus import FOLDER

LETTERS = "0123456789.,;:\t\n -+°′″'\"度分秒EN东经北纬XY点号经度纬度半径宽度[]@=JMk甲"
WORKBOOK = (FOLDER / "one_sheet.xlsx").read_bytes()
OLD_WORKBOOK = (FOLDER / "old.xls").read_bytes()


def attempt(read: Callable[[], RawSites]) -> RawSites | None:
    """Read; only the project's errors may come out, with a sentence in each language."""
    try:
        sites = read()
    except EcoOneMapError as error:
        assert all(error.message.text(language) for language in LANGUAGES)
        return None
    messages = [*sites.notes, *sites.problems.values()]
    assert all(message.text(language) for message in messages for language in LANGUAGES)
    assert len(set(sites.ids)) == len(sites) == len(sites.geometries) == len(sites.names)
    assert all(len(column) == len(sites) for column in sites.columns.values())
    missing = shapely.is_missing(sites.geometries)
    assert set(np.flatnonzero(missing)) == set(sites.problems)
    assert np.isfinite(shapely.get_coordinates(sites.geometries)).all()
    return sites


options = st.builds(
    TableOptions,
    angle=st.sampled_from([None, *AngleNotation]),
    shape=st.sampled_from([None, *Shape]),
    encoding=st.sampled_from(["", "", "GB18030", "utf-16", "rot13", "base64", "\0", "x" * 300]),
)


@given(st.binary(max_size=300), options, st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.tsv"]))
def test_any_bytes_as_a_table(content, how, name):
    attempt(lambda: parse_table(content, name, how))


@given(st.binary(max_size=300), options)
def test_any_bytes_as_cass_points(content, how):
    attempt(lambda: parse_cass(content, "a.dat", how))


@given(st.text(max_size=200) | st.text(alphabet=LETTERS, max_size=300), options)
@settings(max_examples=400)
def test_any_text(text, how):
    attempt(lambda: parse_pasted(text, how))
    attempt(lambda: parse_cass(text.encode("utf-8", "surrogatepass"), "a.dat", how))


@given(st.text(alphabet=LETTERS, max_size=200), options)
@settings(max_examples=300)
def test_any_rows_below_a_heading(text, how):
    attempt(lambda: parse_pasted("点号,经度,纬度,半径\n" + text, how))
    attempt(lambda: parse_pasted("地块编号\t圈号\tX\tY\t宽度\n" + text, how))


@given(
    st.sampled_from([WORKBOOK, OLD_WORKBOOK]),
    st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=6)), min_size=1, max_size=6),
)
def test_any_damage_to_a_workbook(content, changes):
    damaged = bytearray(content)
    for place, new in changes:
        damaged[place : place + len(new)] = new
    attempt(lambda: parse_table(bytes(damaged), "a.xlsx"))


@given(st.floats(-180, 180), st.sampled_from(["{}", "E{}", "{} N", "东经：{}"]))
def test_any_angle_that_is_spelled_out_is_read_again(degrees, form):
    text = spelled_out(degrees)
    found = parse_coordinate(form.format(text) if degrees >= 0 else text)
    assert abs(found.value - degrees) <= 0.05 / 3600 + 1e-9


@st.composite
def corners(draw) -> list[tuple[float, float]]:
    """The corners of a star around a place in China, to 7 decimals of a degree."""
    middle = draw(st.floats(80, 130)), draw(st.floats(20, 50))
    count = draw(st.integers(3, 12))
    turns = np.arange(count) * 2 * np.pi / count
    radii = np.array(draw(st.lists(st.floats(0.001, 0.01), min_size=count, max_size=count)))
    ring = np.column_stack([np.cos(turns) * radii, np.sin(turns) * radii]) + middle
    return [(round(x, 7), round(y, 7)) for x, y in ring.tolist()]


@given(
    st.lists(corners(), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(["degrees", "signs", "letters"]),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["id", "blank", "caption"]),
    st.booleans(),
)
@settings(max_examples=200)
def test_any_corners_in_any_layout(rings, north_first, form, delimiter, parting, titled):
    write = {
        "degrees": lambda x, y: (f"{x:.7f}", f"{y:.7f}"),
        "signs": lambda x, y: (_signs(x), _signs(y)),
        "letters": lambda x, y: (f"E{x:.7f}", f"{y:.7f}N"),
    }[form]
    names = ("经度", "纬度")
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    if titled:
        writer.writerow(["某项目拐点坐标表", "", "", ""])
    writer.writerow(["地块编号", "点号", *(names[::-1] if north_first else names)])
    for number, ring in enumerate(rings):
        if number and parting != "id":
            writer.writerow([""] * 4 if parting == "blank" else [f"地块{number}", "", "", ""])
        for place, (x, y) in enumerate(ring):
            pair = write(x, y)
            key = f"K{number}" if parting == "id" else ""
            writer.writerow([key, place + 1, *(pair[::-1] if north_first else pair)])
    how = TableOptions(angle=AngleNotation.DECIMAL)
    sites = attempt(lambda: parse_pasted(stream.getvalue(), how))
    assert sites is not None
    assert sites.evidence.axis_order == ("yx" if north_first else "xy")
    tolerance = 1e-12 if form != "signs" else 1e-7
    for geometry, ring in zip(sites.geometries, rings, strict=True):
        found = shapely.get_coordinates(geometry.exterior)[:-1]
        np.testing.assert_allclose(found, ring, atol=tolerance, rtol=0)


def _signs(degrees: float) -> str:
    minutes, seconds = divmod(round(degrees * 3600, 4), 60)
    return f"{int(minutes) // 60}°{int(minutes) % 60:02d}′{seconds:07.4f}″"
