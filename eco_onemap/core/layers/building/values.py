# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the values of a field are what an attribute holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from eco_onemap.core.layers.building.description import FieldDescription
from eco_onemap.core.layers.building.vocabulary import FieldTerm

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_WHOLE = re.compile(r"[-+]?\d+\.0+")
_DATE = re.compile(r"\d{4}([-/.年]?\d{1,2}([-/.月]?\d{1,2}日?)?(月)?)?([T ].*)?")
_FLAG = re.compile(r"是|否|0|1|true|false|yes|no|[yntf]", re.IGNORECASE)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,15}(省|市|区|县|旗|镇|乡|街道|海域|自治州|盟)")


def share_that_fits(field: FieldDescription, term: FieldTerm) -> float | None:
    """Return which share (0 to 1) of the values can be the attribute; None without values."""
    given = [_tidy(value) for value in field.given]
    if not given:
        return None
    if term.values:
        return sum(any(map(_fits(value), term.values)) for value in given) / len(given)
    if term.kind == "unique":
        return _uniqueness(given)
    test = _KINDS.get(term.kind)
    return sum(map(test, given)) / len(given) if test else None


def matches_all(field: FieldDescription, pattern: re.Pattern[str]) -> bool:
    """Return whether nine of ten values match a pattern."""
    given = [_tidy(value) for value in field.given]
    return bool(given) and sum(_fits(value)(pattern) for value in given) >= 0.9 * len(given)


def are_numbers(field: FieldDescription) -> bool:
    """Return whether there are values and all are numbers."""
    return bool(field.given) and all(_NUMBER.fullmatch(_tidy(value)) for value in field.given)


def numbers_of(field: FieldDescription) -> list[float | None]:
    """Return the values as numbers, None where there is none."""
    found = (_tidy(value) for value in field.values)
    return [float(value) if _NUMBER.fullmatch(value) else None for value in found]


def _tidy(value: str) -> str:
    """Return a value without blanks around it; a whole number that became one with a point."""
    text = value.strip()
    return text.split(".")[0] if _WHOLE.fullmatch(text) else text


def _fits(value: str) -> Callable[[re.Pattern[str]], bool]:
    forms = {value, unicodedata.normalize("NFKC", value)}
    return lambda pattern: any(pattern.fullmatch(form) for form in forms)


def _uniqueness(values: Sequence[str]) -> float:
    """Return how far values tell features apart: 1 where all differ, 0 where none do."""
    if len(values) == 1:
        return 1.0
    return (len(set(values)) - 1) / (len(values) - 1)


def _is_text(value: str) -> bool:
    return _NUMBER.fullmatch(value) is None


_KINDS: Mapping[str, Callable[[str], bool]] = {
    "text": _is_text,
    "number": lambda value: _NUMBER.fullmatch(value) is not None,
    "date": lambda value: _DATE.fullmatch(value) is not None,
    "flag": lambda value: _FLAG.fullmatch(value) is not None,
    "place": lambda value: _PLACE.fullmatch(value) is not None,
}
