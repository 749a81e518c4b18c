# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a boundary point file: header, parcels and points."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.readers.sites.txt_parting import part_into_rings
from eco_onemap.readers.sites.txt_text import plain_lines

_PARCELS = "地块坐标"
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,15})?(?!\d)", re.ASCII)
_COORDINATE = re.compile(r"\d{6,8}(?:\.\d+)?|\d{2,3}\.\d{4,}", re.ASCII)
"""Gauss-Krüger metres, with or without a zone in front, or degrees to ten metres and better."""
_FEWEST_VALUES = 4
_AREA_UNIT = "面积单位"
_SQUARE_METRES = {"公顷": 10_000.0, "亩": 2000 / 3, "平方米": 1.0, "㎡": 1.0, "m2": 1.0}


class Shape(Enum):
    """What a parcel's points form (记录图形属性)."""

    POINT = "点"
    LINE = "线"
    POLYGON = "面"


_SHAPES = {shape.value: shape for shape in Shape}


@dataclass(frozen=True)
class Parcel:
    """A parcel line: points, area in m² (NaN: none), number, name, shape, planned use."""

    line: int
    declared_points: int | None
    area_m2: float
    number: str
    name: str
    shape: Shape
    planned_use: str

    @property
    def label(self) -> str:
        """What messages call the parcel."""
        return self.name or self.number or f"@{self.line}"


@dataclass(frozen=True)
class ParcelFile:
    """A boundary point file; arrays have one value for each row of points, in file order.

    header: keys of the section 属性描述 to their values.
    first, second: the two coordinates as they stand in the row (normally X north, Y east).
    line_of: line in the file. parcel_of: index into *parcels*.
    ring_of: running number of the ring, over the whole file.
    closes: whether the row repeats its ring's first point.
    """

    header: Mapping[str, str]
    parcels: tuple[Parcel, ...]
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    line_of: NDArray[np.int64]
    parcel_of: NDArray[np.int64]
    ring_of: NDArray[np.int64]
    closes: NDArray[np.bool_]


def parse_rows(text: str, path: str) -> ParcelFile:
    """Return the rows of a boundary point file's *text*; SiteError names a line that is wrong."""
    rows = _Rows(path)
    for number, line in enumerate(plain_lines(text), start=1):
        if line:
            rows.take(number, line)
    return rows.finish()


class _Rows:
    """Sorts the lines of a file into header, parcels and points."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._section = ""
        self._of_parcels = {_PARCELS}  # sections that hold rows of points, whatever their names
        self._header: dict[str, str] = {}
        self._parcels: list[Parcel] = []
        self._points: list[tuple[int, int, str, str, str]] = []

    def take(self, number: int, line: str) -> None:
        ending = line.rstrip(",; ")
        if line.startswith("["):
            self._section = line.strip("[] ")
        elif ending.endswith("@"):
            self._parcels.append(self._parcel(number, ending[:-1]))
            self._of_parcels.add(self._section)
        elif self._section in self._of_parcels or _is_point(line):
            self._take_point(number, line)
        elif "=" in line:
            key, _, value = unicodedata.normalize("NFKC", line).partition("=")
            self._header.setdefault(key.strip(), value.strip())
        elif _holds_coordinates(line):
            raise SiteError("txt.bad_point", path=self._path, line=number, text=line[:60])

    def _take_point(self, number: int, line: str) -> None:
        values = line.split(",")
        if values[_FEWEST_VALUES:] and values[_FEWEST_VALUES].strip() in _SHAPES:
            raise SiteError("txt.missing_at", path=self._path, line=number, text=line[:60])
        if len(values) < _FEWEST_VALUES:
            raise SiteError("txt.bad_point", path=self._path, line=number, text=line[:60])
        if not self._parcels:
            raise SiteError("txt.no_parcel", path=self._path, line=number)
        ring, first, second = values[1:4]
        self._points.append((number, len(self._parcels) - 1, ring.strip(), first, second))

    def _parcel(self, number: int, line: str) -> Parcel:
        values = [value.strip() for value in line.split(",")]
        if len(values) < _FEWEST_VALUES:
            raise SiteError("txt.bad_parcel", path=self._path, line=number, text=line[:60])
        values += [""] * (7 - len(values))
        points = _leading_number(values[0])
        return Parcel(
            line=number,
            declared_points=None if math.isnan(points) else int(points),
            area_m2=_area_m2(values[1], self._header.get(_AREA_UNIT, "")),
            number=values[2],
            name=values[3],
            shape=_SHAPES.get(values[4], Shape.POLYGON),
            planned_use=values[6],
        )

    def finish(self) -> ParcelFile:
        if not self._points:
            raise SiteError("txt.no_points", path=self._path)
        lines, parcels, labels, first, second = zip(*self._points, strict=True)
        x, y = self._numbers(first, lines), self._numbers(second, lines)
        rings, closes = part_into_rings(
            parcels,
            labels,
            list(zip(x.tolist(), y.tolist(), strict=True)),
            {n for n, one in enumerate(self._parcels) if one.shape is not Shape.POLYGON},
        )
        return ParcelFile(
            header=self._header,
            parcels=tuple(self._parcels),
            first=x,
            second=y,
            line_of=np.array(lines),
            parcel_of=np.array(parcels),
            ring_of=np.array(rings),
            closes=np.array(closes),
        )

    def _numbers(self, values: Sequence[str], lines: Sequence[int]) -> NDArray[np.float64]:
        try:
            numbers = np.fromiter(map(float, values), np.float64, len(values))
            bad = np.flatnonzero(~np.isfinite(numbers))
        except ValueError:
            bad = np.array([row for row, text in enumerate(values) if not _is_number(text)])
        if len(bad):
            row = int(bad[0])
            text = values[row].strip()[:40]
            raise SiteError("txt.bad_number", path=self._path, line=lines[row], text=text)
        return numbers


def _area_m2(text: str, unit: str) -> float:
    """Return an area in m²: in the unit that follows it, else the header's, else hectares."""
    found = next((word for word in _SQUARE_METRES if word in text), unit)
    return _leading_number(text) * _SQUARE_METRES.get(found, _SQUARE_METRES["公顷"])


def _leading_number(text: str) -> float:
    """Return the number that a text begins with (``10``, ``1.5公顷``), NaN if there is none."""
    match = _NUMBER.match(unicodedata.normalize("NFKC", text))
    return float(match[0]) if match else math.nan


def _is_point(line: str) -> bool:
    """Return whether a line outside the section of parcels is a row of a point all the same."""
    values = line.split(",")
    numbers = "=" not in line and all(_is_number(value) for value in values[2:4])
    return numbers and len(values) >= _FEWEST_VALUES


def _holds_coordinates(line: str) -> bool:
    """Return whether two neighbouring values of a line that is no row of a point are a place."""
    values = line.split(",")
    return any(
        all(_COORDINATE.fullmatch(value.strip()) for value in pair) for pair in pairwise(values)
    )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
