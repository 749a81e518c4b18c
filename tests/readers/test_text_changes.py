# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines that are not as they were: edited, gone, swapped; what was added stands apart."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from random import Random

import pytest

from eco_onemap.readers.sealed_text import Line
from eco_onemap.readers.text_alignment import aligned
from eco_onemap.readers.text_changes import find_changes

HEADS = ("No.", "Area", "Notes")
FILLABLE = frozenset({"Notes", "Judgement"})


def lines(text: str) -> list[Line]:
    return [Line("chapter", (word,)) for word in text.split()]


def row(*texts: str, heads: tuple[str, ...] = HEADS) -> Line:
    return Line("table", texts, heads)


@pytest.mark.parametrize(
    ("expected", "found", "changes", "additions"),
    [
        ("a b c", "a b c", [], 0),
        ("a b c", "a x c", [("b", "x")], 0),
        ("a b c", "a b x", [("c", "x")], 0),
        ("a b c", "x b c", [("a", "x")], 0),
        ("a b c d", "a x y d", [("b", "x"), ("c", "y")], 0),
        ("a b c", "a note b c", [], 1),
        ("a b c", "a b c note", [], 1),
        ("a b c", "note more a b c", [], 2),
        ("a b c d", "a b d", [("c", "")], 0),
        ("a b c d", "a", [("b", ""), ("c", ""), ("d", "")], 0),
        ("- - 1 - -", "- - 2 - -", [("1", "2")], 0),
        ("- - 1 - -", "- - - note 1 - -", [], 2),
        ("number:1 b c", "note number:2 b c", [("number:1", "number:2")], 1),
        ("", "a b", [], 2),
    ],
)
def test_changes(expected: str, found: str, changes: list[tuple[str, str]], additions: int) -> None:
    told = find_changes(lines(expected), lines(found))
    assert [(change.expected, change.found) for change in told.changes] == changes
    assert len(told.additions) == additions


def test_swapped_lines_are_gone_and_added() -> None:
    told = find_changes(lines("a 1 b 2 c"), lines("a 2 b 1 c"))
    assert told.changes
    assert {c.expected for c in told.changes} <= {"1", "2", "b"}


def test_places_are_told() -> None:
    one, two = Line("1 Conclusion", ("8,035.42 m²",)), Line("?", ("8,035.43 m²",))
    (change,) = find_changes([one], [two]).changes
    assert change.place == "1 Conclusion"


def test_cells_of_a_row_are_compared_one_by_one_and_notes_stand_apart() -> None:
    expected = [row(*HEADS), row("1", "8.25", ""), row("2", "9.50", "")]
    found = [row(*HEADS), row("1", "8.52", "seen"), row("2", "9.50", "told")]
    told = find_changes(expected, found, FILLABLE)
    assert [(c.expected, c.found) for c in told.changes] == [("8.25", "8.52")]
    assert [line.text for line in told.notes] == ["seen", "told"]
    assert not told.additions


def test_text_in_an_empty_cell_that_nobody_fills_in_is_a_change() -> None:
    expected, found = [row(*HEADS), row("1", "", "")], [row(*HEADS), row("1", "0.00", "")]
    (change,) = find_changes(expected, found, FILLABLE).changes
    assert (change.expected, change.found) == ("", "0.00")


def test_a_column_that_is_renamed_into_one_to_fill_in_hides_nothing() -> None:
    heads = ("No.", "Notes", "Notes")
    expected = [row(*HEADS), row("1", "8.25", "")]
    found = [row(*heads, heads=heads), row("1", "0.25", "", heads=heads)]
    changes = find_changes(expected, found, FILLABLE).changes
    assert {change.expected for change in changes} >= {"No. | Area | Notes", "1 | 8.25"}


def test_a_row_put_into_a_table_is_a_change_and_a_sentence_is_none() -> None:
    expected = [row(*HEADS), row("1", "8.25", "")]
    told = find_changes(expected, [*expected, row("2", "9.50", ""), *lines("Signed")], FILLABLE)
    assert [(c.expected, c.found) for c in told.changes] == [("", "2 | 9.50")]
    assert [line.text for line in told.additions] == ["Signed"]


def test_a_name_beside_an_empty_cell_may_be_filled_in_but_not_changed() -> None:
    expected = [Line("card", ("Judgement", "")), Line("card", ("Law", "Art. 19"))]
    filled = [Line("card", ("Judgement", "agreed")), Line("card", ("Law", "Art. 19"))]
    told = find_changes(expected, filled, FILLABLE)
    assert (told.changes, [line.text for line in told.notes]) == ([], ["agreed"])
    edited = [Line("card", ("Judgement", "agreed")), Line("card", ("Law", "Art. 91"))]
    assert len(find_changes(expected, edited, FILLABLE).changes) == 1


def test_many_lines_take_time_that_grows_with_their_number() -> None:
    text = [Line("", (str(number % 7),)) for number in range(200_000)]
    edited = [*text[:100_000], Line("", ("x",)), *text[100_001:]]
    assert len(find_changes(text, edited).changes) == 1


@pytest.mark.parametrize("seed", range(30))
def test_alignment_rises_is_equal_and_finds_no_less_than_half_of_another_way(seed: int) -> None:
    random = Random(seed)
    old = [random.randrange(8 if seed % 2 else 400) for _ in range(120)]
    new = [value for value in old if random.random() > 0.2]
    for _ in range(15):
        new.insert(random.randrange(len(new)), random.randrange(1000))
    pairs = list(aligned(old, new))
    assert all(old[a] == new[b] for a, b in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert len(pairs) >= 0.5 * sum(block.size for block in blocks)
