# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinates as people write them: metres, decimal degrees, degrees-minutes-seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from eco_onemap.readers.sites.tables.plain_text import Cell, plain

_THOUSANDS = r"\d{1,3}(?:(?P<mark>[,' \u00a0\u2009])\d{3})(?:(?P=mark)\d{3})*"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<whole>{_THOUSANDS}|\d+)(?:\.(?P<decimals>\d*))?\s*(?:m|米)?", re.ASCII
)
_SHORTENED = re.compile(r"[+-]?\d(?:\.\d+)?[eE][+-]?\d{1,3}", re.ASCII)

_EAST_WORDS = r"东经|大地经度|经度|东|longitude|lon|lng|east|e|w|l"
_NORTH_WORDS = r"北纬|大地纬度|纬度|北|latitude|lat|north|n|s|b"
_ANGLE = re.compile(
    rf"""
    (?:(?P<before>{_EAST_WORDS}|{_NORTH_WORDS})\s*[:=]?\s*)?
    (?P<sign>[+-]?)
    (?P<degrees>\d{{1,3}}(?:\.\d+)?)\s*
    (?:(?P<mark>[°度d:-]|(?<=\s))\s*
        (?:(?P<minutes>\d{{1,2}}(?:\.\d+)?)\s*
            (?:(?:['分m:-]|(?<=\s))\s*
                (?:(?P<seconds>\d{{1,2}}(?:\.\d+)?)\s*(?:["秒s]|'')?)?
            )?
        )?
    )?
    \s*(?P<after>{_EAST_WORDS}|{_NORTH_WORDS})?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


_LONGEST = 60
"""No coordinate has so many letters; on long runs of blanks the patterns would take long."""


class Axis(Enum):
    """Which way a coordinate counts."""

    EAST = "east"
    NORTH = "north"


class Notation(Enum):
    """How a coordinate is written."""

    NUMBER = "number"
    ANGLE = "angle"


@dataclass(frozen=True)
class Coordinate:
    """One coordinate as it stands in a cell.

    value: the number, or the angle in degrees. digits: the number as text, with the decimals
    that the cell shows, "" for an angle. axis: where letters beside the angle name it.
    """

    value: float
    notation: Notation
    digits: str = ""
    axis: Axis | None = None


def parse_coordinate(cell: Cell) -> Coordinate | None:
    """Return the coordinate in a cell, None where there is none.

    Numbers may have thousands separators and a unit; angles degree signs or 度分秒, spaces,
    colons or hyphens between degrees, minutes and seconds, and the letters E, N, 东经, 北纬 …
    before or after. Minutes and seconds above 60 make it none.
    """
    if isinstance(cell, float):
        return Coordinate(cell, Notation.NUMBER, _digits_of(cell))
    text = plain(cell)
    if len(text) > _LONGEST:
        return None
    number = _NUMBER.fullmatch(text)
    if number is not None:
        whole = number["whole"]
        digits = whole if whole.isdigit() else re.sub(r"\D", "", whole)
        if number["decimals"]:
            digits += "." + number["decimals"]
        return _number(number["sign"] + digits)
    return _angle(text) if text else None


def is_shortened(cell: Cell) -> bool:
    """Return whether a text is in scientific notation, as spreadsheets shorten long numbers."""
    return isinstance(cell, str) and _SHORTENED.fullmatch(cell.strip()) is not None


def _number(digits: str) -> Coordinate | None:
    if len(digits) > 30:
        return None
    return Coordinate(float(digits), Notation.NUMBER, digits.lstrip("+"))


def _digits_of(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{value:.12f}"


def _angle(text: str) -> Coordinate | None:
    match = _ANGLE.fullmatch(text)
    if match is None:
        return None
    parts = [match[name] for name in ("degrees", "minutes", "seconds") if match[name]]
    axis = _axis(match["before"], match["after"])
    if any("." in part for part in parts[:-1]):
        return None  # only the last part can have decimals
    degrees, minutes, seconds = [*map(float, parts), 0.0, 0.0][:3]
    if minutes >= 60.0 or seconds > 60.0:
        return None
    value = degrees + minutes / 60.0 + seconds / 3600.0
    if match["sign"] == "-" or _is_west_or_south(match["before"], match["after"]):
        value = -value
    if len(parts) == 1 and match["mark"] is None:  # E118.1: the letter says nothing of its kind
        return Coordinate(value, Notation.NUMBER, match["sign"].strip("+") + parts[0], axis)
    return Coordinate(value, Notation.ANGLE, axis=axis)


def _axis(before: str | None, after: str | None) -> Axis | None:
    word = before or after
    if not word:
        return None
    return Axis.EAST if re.fullmatch(_EAST_WORDS, word, re.IGNORECASE) else Axis.NORTH


def _is_west_or_south(before: str | None, after: str | None) -> bool:
    return (before or after or "").lower() in ("w", "s")


# Packed notation: ddd.mmss or dddmmss, as some tables and calculators have it.


def can_be_packed(digits: str) -> bool:
    """Return whether a number can be read as ``ddd.mmss`` with another value than its own."""
    whole, _, decimals = digits.lstrip("-").partition(".")
    filled = decimals.ljust(4, "0")
    useful = bool(decimals.strip("0")) and len(whole) <= 3
    return useful and int(filled[:2]) < 60 and int(filled[2:4]) < 60


def unpack(digits: str) -> float | None:
    """Return the degrees of a packed number, None where its minutes or seconds are none.

    ``118.0600`` and ``1180600`` are 118°06′00″; further decimals are those of the seconds.
    """
    whole, _, decimals = digits.lstrip("-").partition(".")
    if len(whole) > 3:
        minutes, seconds = whole[-4:-2], whole[-2:] + "." + (decimals or "0")
        whole = whole[:-4]
    else:
        filled = decimals.ljust(4, "0")
        minutes, seconds = filled[:2], f"{filled[2:4]}.{filled[4:] or '0'}"
    if int(minutes) >= 60 or float(seconds) >= 60.0 or not whole or int(whole) > 180:
        return None
    value = int(whole) + int(minutes) / 60.0 + float(seconds) / 3600.0
    return -value if digits.startswith("-") else value


def spelled_out(degrees: float) -> str:
    """Return an angle as 118°06′00.0″."""
    tenths = round(abs(degrees) * 36_000)
    minutes, rest = divmod(tenths, 600)
    sign = "-" if degrees < 0 else ""
    return f"{sign}{minutes // 60}°{minutes % 60:02d}′{rest / 10:04.1f}″"
