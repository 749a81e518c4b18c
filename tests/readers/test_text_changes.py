# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines that are not as they were: edited, gone, swapped; what was added does not count."""

from __future__ import annotations

import pytest

from eco_onemap.readers.sealed_files import Line
from eco_onemap.readers.text_changes import find_changes


def lines(text: str) -> list[Line]:
    return [Line("chapter", word) for word in text.split()]


@pytest.mark.parametrize(
    ("expected", "found", "changes"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", [("b", "x")]),
        ("a b c", "a b x", [("c", "x")]),
        ("a b c", "x b c", [("a", "x")]),
        ("a b c d", "a x y d", [("b", "x"), ("c", "y")]),
        ("a b c", "a note b c", []),
        ("a b c", "a b c note", []),
        ("a b c", "note more a b c", []),
        ("a b c d", "a b d", [("c", "")]),
        ("a b c d", "a", [("b", ""), ("c", ""), ("d", "")]),
        ("- - 1 - -", "- - 2 - -", [("1", "2")]),
        ("- - 1 - -", "- - - note 1 - -", []),  # one more dash and a note were added
        ("a 1 b 2 c", "a 2 b 1 c", [("1", "2"), ("2", "1")]),
        ("a b c d e", "a x c note d e", [("b", "x")]),
        ("", "a b", []),
    ],
)
def test_changes(expected: str, found: str, changes: list[tuple[str, str]]) -> None:
    told = find_changes(lines(expected), lines(found))
    assert [(change.expected, change.found) for change in told] == changes


def test_places_are_told() -> None:
    (change,) = find_changes([Line("1 Conclusion", "8,035.42 m²")], [Line("?", "8,035.43 m²")])
    assert change.place == "1 Conclusion"


def test_many_lines_take_time_that_grows_with_their_number() -> None:
    text = [Line("", str(number % 7)) for number in range(200_000)]
    edited = [*text[:100_000], Line("", "x"), *text[100_001:]]
    assert len(find_changes(text, edited)) == 1
