# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary point files whose coordinates are degrees: known by their size, in either order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.errors import SiteError
from eco_onemap.core.geometry.crs import CHINA
from eco_onemap.core.messages import Message, message
from eco_onemap.readers.sites.tables.numbers import can_be_packed, spelled_out, unpack
from eco_onemap.readers.sites.tables.options import AngleNotation
from eco_onemap.readers.sites.txt_rows import ParcelFile

Floats = NDArray[np.float64]

_UNIT = "计量单位"
_DEGREES = re.compile(r"(?:十进制)?度|°|(?:decimal)?\s*deg(?:ree)?s?", re.IGNORECASE)
_OF_GRIDS = ("几度分带", "带号", "中央子午线")


@dataclass(frozen=True)
class Degrees:
    """Longitudes and latitudes of all rows, shape (n,), how the columns stand, and notes."""

    longitude: Floats
    latitude: Floats
    axis_order: str
    notes: tuple[Message, ...]


def find_degrees(file: ParcelFile, path: str, angle: AngleNotation | None) -> Degrees | None:
    """Return the coordinates of a file in degrees, None where most rows are none in China.

    angle: how the numbers are written, None where nobody said: then SiteError shows both readings
    if all could be degrees.minutes-seconds as well. SiteError names a row that is no place.
    """
    usual, turned = _are_degrees(file.second, file.first), _are_degrees(file.first, file.second)
    swapped = bool(turned.sum() > usual.sum())
    fits = turned if swapped else usual
    if 2 * fits.sum() <= len(fits):
        return None
    if not fits.all():
        row = int(np.argmin(fits))
        raise _misfit(file, row, path)
    packed = _are_packed(file, path, angle)
    first, second = _unpacked(file, path) if packed else (file.first, file.second)
    notes = [message("txt.note_swapped")] if swapped else []
    notes += [message("table.note_packed")] if packed else []
    if swapped:
        return Degrees(first, second, "xy", tuple(notes))
    return Degrees(second, first, "yx", tuple(notes))


def says_metres(header: Mapping[str, str]) -> bool:
    """Return whether a header speaks of a grid in metres; its unit counts before its zone."""
    if _DEGREES.fullmatch(header.get(_UNIT, "")):
        return False
    gauss = re.search("高斯|gauss", header.get("投影类型", ""), re.IGNORECASE)
    return bool(header.get(_UNIT) or gauss or any(header.get(key) for key in _OF_GRIDS))


def _are_degrees(longitude: Floats, latitude: Floats) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    inside: NDArray[np.bool_] = (longitude >= west) & (longitude <= east)
    return inside & (latitude >= south) & (latitude <= north)


def _misfit(file: ParcelFile, row: int, path: str) -> SiteError:
    first, second = f"{file.first[row]:.10g}", f"{file.second[row]:.10g}"
    line = int(file.line_of[row])
    return SiteError("txt.no_degrees", path=path, line=line, first=first, second=second)


def _are_packed(file: ParcelFile, path: str, angle: AngleNotation | None) -> bool:
    """Return whether numbers are degrees.minutes-seconds, as the user or the unit says."""
    if angle is AngleNotation.DMS:
        line, digits = next(_numbers(file))
        raise SiteError("table.not_dms", path=path, line=line, text=digits)
    if angle is not None:
        return angle is AngleNotation.PACKED
    if "十进制" in file.header.get(_UNIT, "") or "decimal" in file.header.get(_UNIT, "").lower():
        return False
    if all(can_be_packed(digits) or _is_whole(digits) for _, digits in _numbers(file)):
        _refuse_doubtful(file, path)
    return False


def _refuse_doubtful(file: ParcelFile, path: str) -> None:
    """Raise SiteError for the first number that means something else when it is packed."""
    for line, digits in _numbers(file):
        if not _is_whole(digits):
            raise SiteError(
                "table.packed_or_decimal",
                path=path,
                line=line,
                text=digits,
                decimal=spelled_out(float(digits)),
                packed=spelled_out(unpack(digits) or 0.0),
            )


def _unpacked(file: ParcelFile, path: str) -> tuple[Floats, Floats]:
    values = []
    for line, digits in _numbers(file):
        value = unpack(digits)
        if value is None:
            raise SiteError("table.not_packed", path=path, line=line, text=digits)
        values.append(value)
    pairs = np.array(values).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _numbers(file: ParcelFile) -> Iterator[tuple[int, str]]:
    """Yield line and digits of each number, row by row."""
    for line, *pair in zip(
        file.line_of.tolist(), file.first.tolist(), file.second.tolist(), strict=True
    ):
        yield from ((line, repr(value)) for value in pair)


def _is_whole(digits: str) -> bool:
    return not digits.partition(".")[2].strip("0")
