# SPDX-License-Identifier: GPL-2.0-or-later
"""Conditions on attributes and projects, against tables and a brute force one by one."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law.conditions import evaluate_projects, evaluate_where, group_facts
from eco_onemap.core.law.rules import ProjectFilter
from eco_onemap.core.sites.site import SiteFacts

DAY = date(2026, 8, 15)


def column(*values):
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def answer(written, value, as_of=DAY):
    """True, False or None (unknown) for one value of one attribute."""
    matches, unknown = evaluate_where({"a": written}, {"a": column(value)}, as_of)
    return None if unknown[0] else bool(matches[0])


@pytest.mark.parametrize("written", [1, "1", "1.0", " 1 ", 1.0, "１", True, ["2", 1]])
@pytest.mark.parametrize("value", [1, "1", "1.0", " 1 ", 1.0, "１", True, np.int64(1)])
def test_values_are_equal_when_their_trimmed_text_is(written, value):
    assert answer(written, value) is True


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", "01"),  # codes keep their leading zeros
        ("1", "10"),
        ("1", "一"),
        ("是", "否"),
        (0.1, "0.10000001"),
        ("a", "A"),
    ],
)
def test_other_values_are_not_equal(written, value):
    assert answer(written, value) is False


@pytest.mark.parametrize("empty", [None, "", "  ", "\u3000", float("nan")])
@pytest.mark.parametrize("written", ["1", {"ne": "1"}, {"not_in": ["1"]}, {"le": "as_of"}])
def test_an_empty_value_is_unknown_unless_it_fits_by_or_empty(written, empty):
    assert answer(written, empty) is None
    comparison = written if isinstance(written, dict) else {"in": [written]}
    assert answer({**comparison, "or_empty": True}, empty) is True


def test_an_attribute_that_the_layer_lacks_is_unknown_even_with_or_empty():
    where = {"removed_on": {"gt": "as_of", "or_empty": True}}
    matches, unknown = evaluate_where(where, {"id": column("a", "b")}, DAY)
    assert matches.tolist() == [False, False]
    assert unknown.tolist() == [True, True]


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ({"lt": 10}, "9.99", True),
        ({"lt": 10}, "10", False),
        ({"lt": 10}, "9", True),  # as numbers, not as texts
        ({"le": "10"}, 10, True),
        ({"gt": 10}, "约 12", None),  # cannot be compared
        ({"gt": 10}, "2026-01-01", None),
        ({"ge": 10}, -10, False),
        ({"le": "as_of"}, "2026-08-15", True),
        ({"lt": "as_of"}, "2026-08-15", False),
        ({"gt": "as_of"}, date(2026, 8, 16), True),
        ({"gt": "2026-08-14"}, datetime(2026, 8, 15, 9, 30), True),
        ({"gt": date(2026, 8, 14)}, "2026-08-15T09:30:00", True),
        ({"gt": "as_of"}, "2026-02-30", None),  # no such day
        ({"gt": "as_of"}, 20260816, None),  # a number, not a day
        ({"ne": "1"}, "2", True),
        ({"ne": "1"}, "1.0", False),
        ({"not_in": ["1", "2"]}, "3", True),
        ({"not_in": ["1", "2"]}, "2", False),
        ({"ne": "as_of"}, "2026-08-15", False),
    ],
)
def test_comparisons(written, value, expected):
    assert answer(written, value) is expected


def test_columns_of_numbers_and_days_need_no_text():
    attributes = {
        "n": np.array([1.0, np.nan, 3.0]),
        "d": np.array(["2026-08-14", "NaT", "2026-08-16"], dtype="datetime64[ns]"),
    }
    matches, unknown = evaluate_where({"n": {"lt": 2}, "d": {"lt": "as_of"}}, attributes, DAY)
    assert matches.tolist() == [True, False, False]
    assert unknown.tolist() == [False, True, False]


def test_without_conditions_every_feature_fits():
    matches, unknown = evaluate_where({}, {}, DAY, count=2)
    assert matches.all()
    assert not unknown.any()
    with pytest.raises(ValueError, match="number of features"):
        evaluate_where({}, {}, DAY)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ({"like": "x"}, "rule.comparison"),
        ({"or_empty": True}, "rule.comparison"),
        ({"lt": 1, "gt": 0}, "rule.comparison"),
        ({"in": ["1"], "or_empty": "yes"}, "rule.or_empty"),
        ({"in": "1"}, "rule.operand"),
        ({"lt": [1]}, "rule.operand"),
        ({"lt": "soon"}, "rule.operand"),
        ({"ne": ["1"]}, "rule.operand"),
        ([], "rule.values"),
        (None, "rule.values"),
        (["1", None], "rule.values"),
        ([{"lt": 1}], "rule.values"),
        ("  ", "rule.values"),
    ],
)
def test_what_is_no_condition_is_refused(written, key):
    with pytest.raises(RulePackError) as caught:
        answer(written, "1")
    assert caught.value.message.key == key


# --- brute force: one value at a time, written without looking at the implementation

TEXTS = ["1", " 1 ", "1.0", "01", "2", "2.50", "-0", "0", "是", "否", "", " ", "abc"]
DAYS = ["2026-08-14", "2026-08-15", "2026-08-16 08:00", "2026-13-01"]
values = st.sampled_from([*TEXTS, *DAYS, None, float("nan"), 1, 2.5, 0.0, True, False, DAY])
scalars = st.sampled_from(["1", 1, "1.0", "2.5", 2.5, "是", "0", "as_of", "2026-08-14", "abc"])
ordered = st.sampled_from([1, 2.5, "1.5", "as_of", "2026-08-14", date(2026, 8, 16)])
conditions = st.one_of(
    scalars,
    st.lists(scalars, min_size=1, max_size=3),
    st.builds(
        lambda name, operand, empty: {name: operand, **empty},
        st.sampled_from(["in", "not_in"]),
        st.lists(scalars, min_size=1, max_size=3),
        st.sampled_from([{}, {"or_empty": True}, {"or_empty": False}]),
    ),
    st.builds(
        lambda name, operand, empty: {name: operand, **empty},
        st.sampled_from(["lt", "le", "gt", "ge"]),
        ordered,
        st.sampled_from([{}, {"or_empty": True}]),
    ),
    st.builds(lambda operand: {"ne": operand}, scalars),
)


def is_empty(value):
    return value is None or (isinstance(value, float) and value != value) or not str(value).strip()


def words(value):
    if value == "as_of" and isinstance(value, str):
        value = DAY
    return str(int(value)) if isinstance(value, bool) else str(value).strip()


def equal(left, right):
    left, right = words(left), words(right)
    number = r"-?(0|[1-9]\d*)(\.\d+)?"
    if re.fullmatch(number, left) and re.fullmatch(number, right):
        return Decimal(left) == Decimal(right)
    return left == right


def number_or_day(value):
    text = words(value)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return Decimal(text)
    try:
        return date(*map(int, text[:10].split("-"))) if text.count("-") == 2 else None
    except ValueError:
        return None


def brute(written, value):
    if not isinstance(written, dict):
        written = {"in": written if isinstance(written, list) else [written]}
    name = next(key for key in written if key != "or_empty")
    operand = written[name]
    if is_empty(value):
        return True if written.get("or_empty") else None
    if name in ("in", "not_in"):
        return any(equal(value, one) for one in operand) == (name == "in")
    if name == "ne":
        return not equal(value, operand)
    left, right = number_or_day(value), number_or_day(operand)
    if left is None or isinstance(left, date) != isinstance(right, date):
        return None
    return {"lt": left < right, "le": left <= right, "gt": left > right, "ge": left >= right}[name]


def all_of(answers):
    """Three-valued and: the least of no, unknown, yes."""
    ranks = [{False: 0, None: 1, True: 2}[one] for one in answers]
    return (False, None, True)[min(ranks, default=2)]


@given(
    st.dictionaries(st.sampled_from(["a", "b", "missing"]), conditions, max_size=3),
    st.lists(st.tuples(values, values), min_size=1, max_size=6),
)
def test_conditions_agree_with_one_value_at_a_time(where, rows):
    columns = {"a": column(*[row[0] for row in rows]), "b": column(*[row[1] for row in rows])}
    matches, unknown = evaluate_where(where, columns, DAY)
    for number, row in enumerate(rows):
        given_values = dict(zip("ab", row, strict=True))
        expected = all_of(
            brute(written, given_values[name]) if name in given_values else None
            for name, written in where.items()
        )
        found = None if unknown[number] else bool(matches[number])
        assert found is expected, (where, row)
    assert not (matches & unknown).any()


# --- projects


def facts(tags="", not_tags="", stage="", planned_use=""):
    return SiteFacts(frozenset(tags.split()), frozenset(not_tags.split()), stage, planned_use)


@pytest.mark.parametrize(
    ("projects", "project", "expected"),
    [
        (ProjectFilter(), facts(), 1),
        (ProjectFilter(any_tags=("a", "b")), facts("b"), 1),
        (ProjectFilter(any_tags=("a", "b")), facts("", "a"), -1),
        (ProjectFilter(any_tags=("a", "b")), facts("", "a b"), 0),
        (ProjectFilter(all_tags=("a", "b")), facts("a"), -1),
        (ProjectFilter(all_tags=("a", "b")), facts("a", "b"), 0),
        (ProjectFilter(all_tags=("a", "b")), facts("", "b"), 0),  # decided though a is unknown
        (ProjectFilter(all_tags=("a", "new|expand")), facts("a expand"), 1),
        (ProjectFilter(all_tags=("a", "new|expand")), facts("a", "new"), -1),
        (ProjectFilter(all_tags=("a", "new|expand")), facts("a", "new expand"), 0),
        (ProjectFilter(none_tags=("x",)), facts("x"), 0),
        (ProjectFilter(none_tags=("x",)), facts(), 1),  # exceptions must be stated
        (ProjectFilter(none_tags=("x",)), facts("", "x"), 1),
        (ProjectFilter(any_tags=("a",), none_tags=("x",)), facts("x"), 0),
        (ProjectFilter(all_tags=("!a",)), facts("", "a"), 1),  # stated not to be
        (ProjectFilter(all_tags=("!a",)), facts("a"), 0),
        (ProjectFilter(all_tags=("!a",)), facts(), -1),
        (ProjectFilter(any_tags=("!a", "b")), facts("b"), 1),
        (ProjectFilter(stages=("supply",)), facts(stage="supply"), 1),
        (ProjectFilter(stages=("supply",)), facts(stage="siting"), 0),
        (ProjectFilter(stages=("supply",)), facts(), -1),
        (ProjectFilter(planned_uses=("public",)), facts(planned_use="public"), 1),
        (ProjectFilter(planned_uses=("public",)), facts(), -1),
        (ProjectFilter(all_tags=("a",), stages=("supply",)), facts("", "a"), 0),
        (ProjectFilter(all_tags=("a",)), facts("a", "a"), -1),  # stated both ways
        (ProjectFilter(none_tags=("x",)), facts("x", "x"), 1),
    ],
)
def test_projects(projects, project, expected):
    assert evaluate_projects(projects, [project]).tolist() == [expected]


def test_tags_of_the_run_are_stated_of_every_project():
    asked = ProjectFilter(all_tags=("a", "b"))
    found = evaluate_projects(asked, [facts("b"), facts(), facts("", "b")], frozenset({"a"}))
    assert found.dtype == np.int8
    assert found.tolist() == [1, -1, 0]
    assert evaluate_projects(asked, []).shape == (0,)


TAGS = ["a", "b", "c"]
some_tags = st.frozensets(st.sampled_from(TAGS))
items = st.lists(st.sampled_from([*TAGS, "a|b", "b|c"]), max_size=2).map(tuple)


@given(
    any_tags=st.lists(st.sampled_from(TAGS), max_size=2),
    all_tags=items,
    none_tags=st.lists(st.sampled_from(TAGS), max_size=2),
    true=some_tags,
    false=some_tags,
    use=st.sampled_from(["", "public", "industrial"]),
    uses=st.sampled_from([(), ("public",)]),
)
def test_projects_agree_with_least_and_greatest(
    any_tags, all_tags, none_tags, true, false, use, uses
):
    def truth(tag):
        return {(True, False): 2, (False, True): 0}.get((tag in true, tag in false), 1)

    parts = [max(truth(tag) for tag in item.split("|")) for item in all_tags]
    parts += [max(truth(tag) for tag in any_tags)] if any_tags else []
    parts += [0] if any(truth(tag) == 2 for tag in none_tags) else []
    parts += [(1 if not use else 2 * (use in uses))] if uses else []
    expected = (0, -1, 1)[min(parts, default=2)]
    asked = ProjectFilter(tuple(any_tags), all_tags, tuple(none_tags), (), uses)
    project = SiteFacts(true, false, "", use)
    assert evaluate_projects(asked, [project]).tolist() == [expected]


def test_equal_facts_are_grouped():
    grouped = group_facts([facts("a"), facts("b"), facts("a")])
    distinct, number = grouped.distinct, grouped.numbers
    assert distinct == (facts("a"), facts("b"))
    assert number.tolist() == [0, 1, 0]


def test_a_filter_names_its_tags():
    asked = ProjectFilter(("a",), ("b|c",), ("d",))
    assert asked.tags == {"a", "b", "c", "d"}
