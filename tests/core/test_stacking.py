# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs on top of each other: adding, tightening, loosening, and in any order."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law.rules import (
    LegalBasis,
    Level,
    Measure,
    ProjectFilter,
    Relation,
    RulePack,
)
from eco_onemap.core.law.stacking import is_as_strict, stack_packs
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .trees import tree
from .worlds import (
    AROUND,
    DAY,
    LONLAT,
    REGION,
    MemorySource,
    catalogue,
    entry,
    numbered,
    quick,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

BARE = Options(as_of=DAY, rings_m=())
BYLAW = LegalBasis("By-law", "3", effective_from=date(2026, 1, 1), text="…", verified=True)
UNREAD = dataclasses.replace(BYLAW, verified=False)
OVER = dataclasses.replace(BYLAW, effective_to=date(2026, 6, 1))
YARD = rect(0, 0, 100, 100)
ZONES = numbered(rect(10, 10, 50, 50), rect(70, 70, 10, 10), level=["1", "2"])


def pack(name, level, *rules):
    return RulePack(name, "1", "somewhere", "en", tuple(rules), level=level)


def national(*rules):
    return pack("national", Level.NATIONAL, *rules)


def city(*rules):
    return pack("city", Level.CITY, *rules)


def check(packs, layers=None, options=BARE, **facts):
    layers = layers or [(entry(), ZONES)]
    source = MemorySource(
        {item.id: found for item, found in layers}, {}, {REGION: table([AROUND], crs=LONLAT)}
    )
    entries = [item for item, _ in layers]
    found = assess(sites(YARD, **facts), catalogue(*entries), packs, options, source)
    return found.in_language("en")


def findings(result):
    rows = [(row["rule_id"], row["feature_id"], row["verdict"]) for row in result.finding.rows()]
    return sorted(rows)


def run_of(result):
    return dict(zip(result.run["key"], result.run["value"], strict=True))


WIDE = rule("N", Verdict.PROHIBITED)


def test_a_local_pack_adds_and_the_strictest_decides():
    mild = rule("N", Verdict.STUDY)
    added = rule("C", Verdict.RESTRICTED)
    assert verdicts(check([national(mild), city(added)])) == ["restricted"]
    assert verdicts(check([national(WIDE), city(added)])) == ["prohibited"]


def test_a_tightening_stands_in_the_place_of_the_wider_rule():
    near = {"relation": Relation.WITHIN_DISTANCE, "measure": Measure.DISTANCE}
    wide = rule("N", Verdict.STUDY, threshold=100.0, **near)
    tight = rule("C", Verdict.STUDY, threshold=300.0, replaces=("N",), **near)
    result = check([national(wide), city(tight)])
    assert [one[0] for one in findings(result)] == ["C"]
    assert "no less" in run_of(result)["pack.city.tightens.N"]
    assert "pack.city.loosens.N" not in run_of(result)


def loosened(basis=(BYLAW,), **more):
    return rule("C", Verdict.STUDY, basis=basis, replaces=("N",), **more)


def test_a_loosening_needs_cited_law_and_is_told():
    result = check([national(WIDE), city(loosened())])
    assert findings(result) == [("C", "f1", "study"), ("C", "f2", "study")]
    told = run_of(result)["pack.city.loosens.N"]
    assert "《By-law》第3条" in told
    gaps = dict(zip(result.not_evaluated["what"], result.not_evaluated["why"], strict=True))
    assert gaps["rule:N"] == told


@pytest.mark.parametrize("basis", [(UNREAD,), (OVER,)], ids=["not verified", "not in force"])
def test_law_that_is_not_verified_or_not_in_force_loosens_nothing(basis):
    result = check([national(WIDE), city(loosened(basis))])
    assert verdicts(result) == ["prohibited"]
    assert {one[0] for one in findings(result)} == {"N", "C"}
    assert "N stays" in run_of(result)["pack.city.loosens.N"]
    assert "rule:N" not in set(result.not_evaluated["what"])


def test_the_day_decides_whether_a_loosening_holds():
    before = dataclasses.replace(BARE, as_of=date(2025, 12, 31))
    assert verdicts(check([national(WIDE), city(loosened())], options=before)) == ["prohibited"]


@pytest.mark.parametrize("basis", [(), (LegalBasis("By-law", "", verified=False),)])
def test_a_loosening_without_an_article_is_refused(basis):
    with pytest.raises(RulePackError, match="needs local law") as caught:
        check([national(WIDE), city(loosened(basis))])
    assert "city" in str(caught.value)
    assert caught.value.message.text("zh")


def test_the_wider_rule_goes_on_where_the_local_one_is_not_meant():
    only_dry = loosened(projects=ProjectFilter(all_tags=("!wet",)))
    packs = [national(WIDE), city(only_dry)]
    assert verdicts(check(packs, not_tags=["wet"])) == ["study"]
    assert verdicts(check(packs, tags=["wet"])) == ["prohibited"]
    assert verdicts(check(packs)) == ["prohibited"]  # not known to be dry
    second_only = loosened(where={"level": "2"})
    result = check([national(WIDE), city(second_only)])
    assert findings(result) == [("C", "f2", "study"), ("N", "f1", "prohibited")]


def test_the_wider_rule_goes_on_on_other_layers():
    wide = rule("N", roles=("drinking_zone", "pbf"))
    layers = [(entry(), ZONES), (entry("fields", "pbf"), numbered(rect(0, 0, 20, 20)))]
    result = check([national(wide), city(loosened())], layers)
    assert ("N", "f1", "prohibited") in findings(result)
    assert {one[2] for one in findings(result) if one[0] == "C"} == {"study"}


def test_trees_replace_and_are_replaced():
    local = loosened(when=tree("{together: {share_pct: {lt: 30}}}"))
    assert findings(check([national(WIDE), city(local)])) == [("C", "f1", "study")]
    wide = rule("N", when=tree("{overlap: }"))
    assert findings(check([national(wide), city(local)])) == [("C", "f1", "study")]
    bigger = loosened(when=tree("{together: {share_pct: {gt: 90}}}"))
    assert verdicts(check([national(wide), city(bigger)])) == ["prohibited"]


def test_only_a_wider_pack_can_be_replaced():
    for packs in ([city(WIDE, loosened())], [pack("other", Level.CITY, WIDE), city(loosened())]):
        with pytest.raises(RulePackError, match="no pack of a wider level has"):
            stack_packs(packs, DAY)
    with pytest.raises(RulePackError, match="no pack of a wider level has"):
        stack_packs([national(rule("X")), city(loosened())], DAY)


def test_names_and_ids_are_unique():
    with pytest.raises(RulePackError, match="Two rule packs are called city"):
        stack_packs([city(rule("A")), city(rule("B"))], DAY)
    with pytest.raises(RulePackError, match="The rule A stands in the packs national and city"):
        stack_packs([city(rule("A")), national(rule("A"))], DAY)


def test_the_order_of_the_files_does_not_matter():
    near = {"relation": Relation.WITHIN_DISTANCE, "measure": Measure.DISTANCE, "threshold": 50.0}
    packs = [
        national(WIDE, rule("M", Verdict.STUDY, **near)),
        pack("province", Level.PROVINCE, rule("P", Verdict.RESTRICTED, where={"level": "2"})),
        city(loosened()),
        pack("a-user", Level.USER, rule("U1", Verdict.STUDY)),
        pack("b-user", Level.USER, rule("U2", Verdict.STUDY)),
    ]
    first, *others = [
        [list(map(str, one.rows())) for one in check(list(order)).tables if one.name != "run"]
        for order in list(permutations(packs))[::7]
    ]
    assert len(others) > 15
    assert all(other == first for other in others)


levels = st.sampled_from([Level.NATIONAL, Level.CITY, Level.USER])
mild = st.sampled_from([Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY])


@quick
@given(st.lists(st.tuples(levels, mild, st.sampled_from("12")), min_size=1, max_size=4), mild)
def test_a_pack_that_replaces_nothing_never_makes_a_verdict_milder(drawn, added):
    packs = [
        pack(f"p{n}", level, rule(f"R{n}", verdict, where={"level": kind}))
        for n, (level, verdict, kind) in enumerate(drawn)
    ]
    before = Verdict(verdicts(check(packs))[0]).severity
    after = check([*packs, pack("more", Level.USER, rule("More", added))])
    assert Verdict(verdicts(after)[0]).severity >= before


STRICT = rule(
    "A",
    Verdict.RESTRICTED,
    projects=ProjectFilter(any_tags=("a",), all_tags=("b",), none_tags=("c",), stages=("siting",)),
    where={"level": "1"},
    threshold=10.0,
)


@pytest.mark.parametrize(
    ("change", "as_strict"),
    [
        ({}, True),
        ({"verdict": Verdict.PROHIBITED}, True),
        ({"verdict": Verdict.STUDY}, False),
        ({"basis": (UNREAD,)}, False),  # says study at most
        ({"threshold": 5.0}, True),
        ({"threshold": 20.0}, False),
        ({"roles": ("drinking_zone", "pbf")}, True),
        ({"roles": ("pbf",)}, False),
        ({"where": {}}, False),  # wider in truth, but nobody proves it
        ({"relation": Relation.CONTAINS}, False),
        ({"when": tree("{overlap: }"), "where": {}, "threshold": 0.0}, False),
        ({"projects": ProjectFilter()}, True),
        ({"projects": dataclasses.replace(STRICT.projects, any_tags=("a", "x"))}, True),
        ({"projects": dataclasses.replace(STRICT.projects, any_tags=("x",))}, False),
        ({"projects": dataclasses.replace(STRICT.projects, all_tags=("b", "x"))}, False),
        ({"projects": dataclasses.replace(STRICT.projects, none_tags=("c", "x"))}, False),
        ({"projects": dataclasses.replace(STRICT.projects, stages=())}, True),
        ({"projects": dataclasses.replace(STRICT.projects, planned_uses=("public",))}, False),
        ({"projects": dataclasses.replace(STRICT.projects, industries=("26",))}, False),
    ],
)
def test_what_is_as_strict_is_told_only_where_it_is_sure(change, as_strict):
    assert is_as_strict(dataclasses.replace(STRICT, **change), STRICT, DAY) is as_strict


def test_a_distance_is_stricter_the_farther_it_reaches():
    near = rule("A", relation=Relation.WITHIN_DISTANCE, threshold=100.0)
    assert is_as_strict(dataclasses.replace(near, threshold=200.0), near, DAY)
    assert not is_as_strict(dataclasses.replace(near, threshold=50.0), near, DAY)
