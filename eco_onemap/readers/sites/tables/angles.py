# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether coordinates are degrees, and how numbers of degrees are written."""

from __future__ import annotations

from eco_onemap.core.errors import SiteError
from eco_onemap.readers.sites.tables.headings import AngleHint, Heading, Role
from eco_onemap.readers.sites.tables.numbers import (
    Coordinate,
    Notation,
    can_be_packed,
    spelled_out,
    unpack,
)
from eco_onemap.readers.sites.tables.options import AngleNotation
from eco_onemap.readers.sites.tables.pairs_of_rows import CoordinateRow, Pairs
from eco_onemap.readers.sites.tables.ranges import is_latitude, is_longitude

Headings = tuple[Heading, Heading]

_IN_DEGREES = {Role.LONGITUDE, Role.LATITUDE}
_LARGEST = 180.0


def are_degrees(pairs: Pairs, headings: Headings) -> bool:
    """Return whether the coordinates are degrees: by their signs and letters, or their size."""
    both = [*pairs.first, *pairs.second]
    if any(one.notation is Notation.ANGLE or one.axis for one in both):
        return True
    if all(abs(one.value) <= _LARGEST for one in both):
        return True
    # dddmmss could also be metres near 10°N: only headings tell
    return {heading.role for heading in headings} == _IN_DEGREES and all(
        _is_place(unpack(one.digits), unpack(two.digits))
        for one, two in zip(*pairs.columns, strict=True)
    )


def _is_place(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return False
    return (is_longitude(one) and is_latitude(two)) or (is_latitude(one) and is_longitude(two))


def are_packed(pairs: Pairs, headings: Headings, notation: AngleNotation | None, path: str) -> bool:
    """Return whether numbers of degrees are packed as ddd.mmss or dddmmss.

    As the user says, else as the headings do, else as the numbers can only be; SiteError shows
    both readings of the first that can be both, if all can.
    """
    if notation is AngleNotation.DMS:
        _refuse_numbers(pairs, path)
    hints = {heading.angle for heading in headings} - {None}
    if notation is not None:
        return notation is AngleNotation.PACKED
    if hints:
        return hints == {AngleHint.PACKED}
    numbers = [one for _, one in pairs.numbers()]
    if any(abs(one.value) > _LARGEST for one in numbers):
        return True
    if all(can_be_packed(one.digits) or _is_whole(one) for one in numbers):
        _refuse_doubtful(pairs, path)
    return False


def _refuse_numbers(pairs: Pairs, path: str) -> None:
    for row, one in pairs.numbers():
        raise SiteError("table.not_dms", path=path, line=row.line, text=one.digits)


def _refuse_doubtful(pairs: Pairs, path: str) -> None:
    """Raise SiteError for the first number that means something else when it is packed."""
    for row, one in pairs.numbers():
        if not _is_whole(one):
            raise SiteError(
                "table.packed_or_decimal",
                path=path,
                line=row.line,
                text=one.digits,
                decimal=spelled_out(one.value),
                packed=spelled_out(unpack(one.digits) or 0.0),
            )


def _is_whole(one: Coordinate) -> bool:
    return not one.digits.partition(".")[2].strip("0")


def unpacked(one: Coordinate, row: CoordinateRow, path: str) -> float:
    """Return the degrees of a packed number, or of an angle with signs; SiteError if it is none."""
    if one.notation is Notation.ANGLE:
        return one.value
    value = unpack(one.digits)
    if value is None:
        raise SiteError("table.not_packed", path=path, line=row.line, text=one.digits)
    return value
