# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns of sentences say what a message per row says, in both languages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.sentences import (
    Glued,
    Listed,
    Numbers,
    Phrase,
    Same,
    by_kind,
    join_columns,
    one_phrase,
)

from .worlds import objects

VALUES = np.array([1.0, 2345.678, 0.004, 1e9])


def amounts(values):
    return Phrase("amount.m2", {"value": Numbers(values, ",.2f")}, len(values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_says_each_row_as_a_message_does(language):
    names = objects(["a", "b", "{c}", "d %s"])
    args = {"layer": "L", "rule": message("amount.none"), "caution": ""}
    phrase = Phrase("finding.overlaps", {**args, "feature": names, "amount": amounts(VALUES)}, 4)
    expected = [
        message(
            "finding.overlaps",
            **args,
            feature=name,
            amount=message("amount.m2", value=f"{value:,.2f}"),
        ).text(language)
        for name, value in zip(names, VALUES.tolist(), strict=True)
    ]
    assert phrase.texts(language).tolist() == expected


@pytest.mark.parametrize("count", [0, 3])
def test_a_phrase_without_columns_is_said_in_each_row(count):
    assert Phrase("reason.clear", {}, count).texts("en").tolist() == (
        ["No conflict was found in the loaded layers."] * count
    )
    assert Same(message("amount.none"), count).texts("zh").tolist() == ["0 米"] * count


def test_parts_are_glued_where_they_say_something():
    first, second = Listed(["a", "b"]), Listed(["", message("amount.point")])
    assert Glued((first, second), " + ").texts("en").tolist() == ["a", "b + a point"]


@given(st.lists(st.sampled_from("xyz"), max_size=12), st.data())
def test_rows_stay_in_place_whatever_is_done_to_them(kinds, data):
    numbers = np.arange(float(len(kinds)))

    def say(kind, rows):
        return Glued((Same(str(kind), len(rows)), Numbers(numbers[rows], ".0f")), "")

    column = by_kind(np.array(kinds, dtype=str), say)
    expected = [f"{kind}{number}" for number, kind in enumerate(kinds)]
    assert column.texts("en").tolist() == expected
    assert [cell.text() for cell in column] == expected
    rows = data.draw(st.lists(st.integers(0, max(len(kinds) - 1, 0)), max_size=8))
    if kinds:
        assert column[np.array(rows, dtype=np.intp)].texts("en").tolist() == [
            expected[row] for row in rows
        ]
    both = join_columns([column, objects(["text"]), column])
    assert both.texts("en").tolist() == [*expected, "text", *expected]
    assert len(both) == 2 * len(expected) + 1


def test_plain_columns_are_joined_as_arrays():
    joined = join_columns([objects(["a"]), objects(["b"])])
    assert joined.tolist() == ["a", "b"]
    assert one_phrase(Same("x", 2))[1].text() == "x"
