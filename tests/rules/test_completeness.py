# SPDX-License-Identifier: GPL-2.0-or-later
"""The national pack against the table of subjects; every rule on each side of its parts."""

from __future__ import annotations

import dataclasses
import math
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from eco_onemap.core.law.judgement import judge, strongest_verdict
from eco_onemap.core.law.rule_completeness import missing_samples
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rules import Relation
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.paths import resource, sample
from tests.core.worlds import check, entry, numbered, rect, sites

from .crosswalk import CODE, SUBJECTS, TABLE

PACK = read_pack(resource("rules", "cn-national.yaml"))
CITY = read_pack(sample("rules-haiwan.yaml"))
RULES = {rule.id: rule for rule in PACK.rules}
TODAY = date(2026, 11, 23)
CODE_BEGINS = date(2026, 8, 15)
EVERY = [pytest.param(rule, id=rule.id) for rule in (*PACK.rules, *CITY.rules)]
PLAIN = [pytest.param(rule, id=rule.id) for rule in PACK.rules if rule.when is None]


def bases(names):
    return [basis for name in names for basis in RULES[name].basis]


def test_the_table_has_every_subject_once():
    assert [row.subject for row in TABLE] == SUBJECTS
    assert len(SUBJECTS) >= 60


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.subject)
def test_each_subject_has_its_rules_with_present_and_repealed_law(row):
    assert set(row.rules) <= set(RULES)
    now = {(b.law, b.article) for b in bases(row.rules) if b.in_force(TODAY)}
    gone = {
        (b.law, b.article)
        for b in bases(row.rules)
        if b.effective_to and b.effective_to < TODAY and b.effective_from
    }
    assert row.now <= now
    assert row.old <= gone
    worst = max((RULES[name].verdict for name in row.rules), key=SEVERITY.__getitem__)
    assert not row.verdict or worst.value == row.verdict


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.subject)
def test_law_is_verified_only_where_the_report_compared_it(row):
    today = [b for b in bases(row.rules) if b.in_force(TODAY)]
    if row.mark == "K":
        assert not any(b.verified for b in today)
        for name in row.rules:
            assert strongest_verdict(RULES[name], TODAY) is Verdict.STUDY
    else:
        assert {(b.law, b.article) for b in today if b.verified} & row.now


def test_rules_beside_the_table_only_ask_to_look_closer():
    named = {name for row in TABLE for name in row.rules}
    for rule in PACK.rules:
        if rule.id in {"W0", "Z0", "Z5", "Z6"}:
            assert rule.verdict is Verdict.STUDY
            assert rule.id not in named


@pytest.mark.parametrize("rule", EVERY)
def test_samples_show_each_side_of_every_threshold_attribute_filter_and_day(rule):
    assert [one.text() for one in missing_samples(rule)] == []


@pytest.mark.parametrize("rule", EVERY)
def test_a_side_without_its_samples_is_missed(rule):
    """The test above can fail: each speaking day, and the silent samples, are needed."""
    silent = tuple(one for one in rule.samples if one["expect"] != "clear")
    said = [one.key for one in missing_samples(dataclasses.replace(rule, samples=silent))]
    assert "complete.never_silent" in said
    for day in rule.change_days:
        for side in (day - timedelta(days=1), day):
            left = tuple(one for one in rule.samples if one["as_of"] != side)
            missed = missing_samples(dataclasses.replace(rule, samples=left))
            assert side.isoformat() in {one.args.get("day") for one in missed}


@pytest.mark.parametrize("rule", EVERY)
def test_a_day_that_changes_no_verdict_is_shown_by_what_is_cited(rule):
    silent = tuple({**one, "cites": None} for one in rule.samples)
    missed = {
        one.args["day"]
        for one in missing_samples(dataclasses.replace(rule, samples=silent))
        if one.key == "complete.cites"
    }
    for day in rule.change_days:
        before, after = (
            {one["expect"] for one in rule.samples if one["as_of"] == side} - {"clear"}
            for side in (day - timedelta(days=1), day)
        )
        assert (day.isoformat() in missed) is (before == after)


@pytest.mark.parametrize("rule", PLAIN)
def test_each_threshold_cuts_at_its_number(rule):
    limit = rule.threshold
    near = rule.relation is Relation.WITHIN_DISTANCE
    passing = limit if near else math.nextafter(limit, math.inf)
    failing = math.nextafter(limit, math.inf) if near else limit
    assert judge(rule, True, 1, passing, TODAY) is strongest_verdict(rule, TODAY)
    assert judge(rule, True, 1, failing, TODAY) is None


@pytest.mark.parametrize("rule", EVERY)
def test_each_rule_is_capped_on_days_without_verified_law(rule):
    for day in rule.change_days:
        for side in (day - timedelta(days=1), day):
            verified = any(b.verified for b in rule.basis if b.in_force(side))
            expected = rule.verdict if verified else Verdict.STUDY
            assert strongest_verdict(rule, side) is expected


def finding(day, level="1"):
    """The finding of W1 in a small world on a day."""
    layer = [(entry(), numbered(rect(0, 0, 50, 50), level=[level]))]
    result = check(sites(rect(0, 0, 9, 9)), layer, RULES["W1"], options=Options(as_of=day))
    return next(result.finding.rows())


@pytest.mark.parametrize(
    ("day", "verdict", "cited"),
    [
        (
            date(2026, 8, 14),
            "prohibited",
            "《水污染防治法》第65条第1款 (in force 2018-01-01 to 2026-08-14)",
        ),
        (CODE_BEGINS, "prohibited", f"《{CODE}》第319条第1款 (in force since 2026-08-15)"),
        (date(2017, 12, 31), "study", "no legal basis in force on 2017-12-31"),
    ],
)  # fmt: skip
def test_a_check_cites_the_law_of_its_day(day, verdict, cited):
    row = finding(day)
    assert (row["verdict"], row["citation"]) == (verdict, cited)
    if verdict == "study":
        assert "no verified law is in force" in row["explanation"]
        assert "No verified law is in force on the assessment date" in row["message"]
        assert row["doubt"] == "law"


def test_unverified_law_is_printed_as_such_in_both_languages():
    layer = [(entry("red", "eco_redline"), numbered(rect(0, 0, 50, 50)))]
    yard = sites(rect(0, 0, 9, 9), tags=["limited_activity"])
    result = check(yard, layer, RULES["R3"], options=Options(as_of=TODAY))
    (row,) = result.finding.rows()
    assert row["verdict"] == "study"
    assert "text not verified" in row["citation"]


def test_fuel_and_fireworks_zones_are_different_roles():
    fuel = {rule.id for rule in PACK.rules if "nofuel" in rule.roles}
    fireworks = {rule.id for rule in CITY.rules if "nofireworks" in rule.roles}
    assert (fuel, fireworks) == ({"A1"}, {"HW-F1"})
    assert not any("nofireworks" in rule.roles for rule in PACK.rules)


def test_the_sample_city_s_pack_says_that_it_is_invented():
    text = Path(CITY.path).read_text(encoding="utf-8")
    assert all(
        "虚构" in basis["law"] for r in yaml.safe_load(text)["rules"] for basis in r["basis"]
    )
    assert all("fictional" in rule.title["en"] for rule in CITY.rules)
