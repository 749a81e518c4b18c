# SPDX-License-Identifier: GPL-2.0-or-later
"""No verdict is falsely mild: more law, more layers or less mapping never make one better."""

from __future__ import annotations

import dataclasses
import random
from datetime import date

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from eco_onemap.core.law.rules import LegalBasis, Measure, ProjectFilter, Relation
from eco_onemap.core.layers.catalogue import CoverageEntry, CoverageKind
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict

from .trees import tree
from .worlds import (
    COMPLETE,
    DAY,
    UNKNOWN,
    check,
    entry,
    line,
    numbered,
    point,
    quick,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

BARE = Options(as_of=DAY, rings_m=())
MAPPED = "/data/mapped.gpkg"
BY_FILE = CoverageEntry(CoverageKind.FILE, MAPPED)
FINDING = settings(max_examples=60, deadline=None, database=None, phases=[Phase.generate])
SITES = sites(
    rect(0, 0, 100, 100),
    rect(150, 0, 100, 60),
    line((20, 20), (180, 90)),
    point(60, 60),
    tags=["new,chemical", "chemical", "", "new"],
    not_tags=["", "new", "", "chemical"],
)

steps = st.integers(-2, 12).map(lambda step: 20.0 * step)
sides = st.sampled_from([0.04, 0.5, 20.0, 60.0, 150.0])
AROUND_ALL = rect(-50, -50, 400, 300)
"""Drawn often, so that many rules speak of a site at once."""
shapes = st.one_of(
    st.just(AROUND_ALL),
    st.builds(rect, steps, steps, sides, sides),
    st.builds(point, steps, steps),
    st.builds(lambda x, y: line((x, y), (x + 50, y + 30)), steps, steps),
)
levels = st.sampled_from(["1", "1", "2", "", None])
features = st.one_of(
    st.lists(st.tuples(shapes, levels), max_size=4),
    st.lists(st.tuples(shapes, levels), max_size=3).map(lambda few: [(AROUND_ALL, "1"), *few]),
).map(lambda drawn: numbered(*(s for s, _ in drawn), level=[level for _, level in drawn]))
laws = st.sampled_from(
    [
        *[LegalBasis("Law", "1", verified=True)] * 4,
        LegalBasis("Law", "2"),  # not verified
        LegalBasis("Law", "3", effective_to=date(2020, 1, 1), verified=True),  # no longer in force
    ]
)
filters = st.sampled_from(
    [
        *[ProjectFilter()] * 3,
        ProjectFilter(any_tags=("new",)),
        ProjectFilter(none_tags=("chemical",)),
    ]
)


@st.composite
def rules(draw):
    relation = draw(st.sampled_from([*[Relation.OVERLAPS] * 4, *Relation]))
    measure, threshold = draw(
        st.sampled_from(
            [
                *[(Measure.AREA, 0.0)] * 3,
                (Measure.AREA, 100.0),
                (Measure.SHARE, 30.0),
                (Measure.COUNT, 1),
            ]
        )
    )
    if relation is Relation.WITHIN_DISTANCE:
        measure, threshold = Measure.DISTANCE, draw(st.sampled_from([10.0, 200.0]))
    return rule(
        draw(st.sampled_from("ABC")),
        draw(st.sampled_from([Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY])),
        relation,
        roles=draw(st.sampled_from([("one",), ("two",), ("one", "two")])),
        measure=measure,
        threshold=threshold,
        where=draw(st.sampled_from([{}, {}, {"level": "1"}, {"kind": "x"}])),
        basis=(draw(laws),),
        projects=draw(filters),
    )


LEAVES = [
    "{overlap: {where: {level: '1'}}}",
    "{overlap: {area_m2: {gt: 100}}}",
    "{together: {share_pct: {ge: 30}}}",
    "{together: {where: {level: '1'}, count: {gt: 1}}}",
    "{inside: }",
    "{covered: }",
    "{contains: {where: {kind: x}}}",
    "{near: {distance_m: 30}}",
    "{ring: {distance_m: 120, count: {ge: 2}}}",
    "{ring: {distance_m: 120, area_m2: {gt: 900}}}",
    "{coverage: {share_pct: {ge: 50}}}",
    "{project: {any: [new]}}",
    "{as_of: {ge: 2026-01-01}}",
]
UPPER = ["{together: {area_m2: {lt: 500}}}", "{ring: {distance_m: 120, count: {lt: 1}}}"]


@st.composite
def trees(draw, leaves=(*LEAVES, *UPPER), deny=True):
    """A rule with a random tree; *deny* lets it hold ``not``."""
    text = st.recursive(
        st.sampled_from(leaves),
        lambda parts: st.one_of(
            st.lists(parts, min_size=1, max_size=3).map(lambda p: f"{{all: [{', '.join(p)}]}}"),
            st.lists(parts, min_size=1, max_size=3).map(lambda p: f"{{any: [{', '.join(p)}]}}"),
            *([parts.map(lambda p: f"{{not: {p}}}")] if deny else []),
        ),
        max_leaves=5,
    )
    return rule(
        draw(st.sampled_from("ABC")),
        draw(st.sampled_from([Verdict.PROHIBITED, Verdict.RESTRICTED, Verdict.STUDY])),
        roles=draw(st.sampled_from([("one",), ("two",), ("one", "two")])),
        when=tree(draw(text)),
        basis=(draw(laws),),
        projects=draw(filters),
    )


every_rule = st.one_of(rules(), rules(), trees())


def severities(result):
    return [Verdict(value).severity for value in verdicts(result)]


def no_milder(before, after):
    return all(new >= old for old, new in zip(severities(before), severities(after), strict=True))


@quick
@given(features, features, st.lists(every_rule, min_size=2, max_size=4))
def test_another_layer_never_makes_a_verdict_milder(first, second, given_rules):
    one, two = (
        (entry("a", "one", empty=True), first),
        (entry("b", "two", empty=True, required=True), second),
    )
    alone = check(SITES, [one], *given_rules, options=BARE)
    for both in ([one, two], [two, one]):
        assert no_milder(alone, check(SITES, both, *given_rules, options=BARE))


@quick
@given(features, st.lists(every_rule, min_size=1, max_size=2), every_rule)
def test_another_rule_never_makes_a_verdict_milder(found, given_rules, added):
    layer = [(entry("a", "one", empty=True), found)]
    before = check(SITES, layer, *given_rules, options=BARE)
    assert no_milder(before, check(SITES, layer, *given_rules, added, options=BARE))


@quick
@given(features, features, st.lists(rules(), min_size=1, max_size=2))
def test_another_feature_never_makes_a_verdict_milder(some, more, given_rules):
    union = numbered(
        *some.geometries, *more.geometries, level=[*some.columns["level"], *more.columns["level"]]
    )
    before = check(SITES, [(entry("a", "one", empty=True), some)], *given_rules, options=BARE)
    assert no_milder(
        before, check(SITES, [(entry("a", "one", empty=True), union)], *given_rules, options=BARE)
    )


@quick
@given(features, features, st.lists(trees(LEAVES, deny=False), min_size=1, max_size=2))
def test_another_feature_never_makes_a_tree_without_not_milder(some, more, given_rules):
    union = numbered(
        *some.geometries, *more.geometries, level=[*some.columns["level"], *more.columns["level"]]
    )
    before = check(SITES, [(entry("a", "one", empty=True), some)], *given_rules, options=BARE)
    assert no_milder(
        before, check(SITES, [(entry("a", "one", empty=True), union)], *given_rules, options=BARE)
    )


@quick
@given(features, st.lists(every_rule, max_size=3), shapes)
def test_where_a_needed_layer_is_not_mapped_nothing_is_clear(found, given_rules, hole):
    layer = entry("a", "one", BY_FILE, required=True, empty=True)
    ground = rect(-500, -500, 1000, 1000).difference(hole.buffer(5))
    result = check(
        SITES, [(layer, found)], *given_rules, files={MAPPED: table([ground])}, options=BARE
    )
    mapped = dict(zip(result.site_layer["site_id"], result.site_layer["mapped_pct"], strict=True))
    for site in result.site_verdict.rows():
        assert mapped[site["site_id"]] == 100.0 or site["verdict"] != "clear"
    unknown = check(
        SITES, [(entry("a", "one", UNKNOWN, required=True, empty=True), found)], *given_rules
    )
    assert "clear" not in verdicts(unknown)


@quick
@given(features, st.lists(rules(), max_size=2), shapes)
def test_less_mapping_never_makes_a_verdict_milder(found, given_rules, hole):
    grounds = [
        rect(-500, -500, 1000, 1000),
        rect(-500, -500, 1000, 1000).difference(hole.buffer(5)),
        rect(-500, -500, 520, 1000),
    ]
    results = []
    for ground in grounds:
        layer = entry("a", "one", BY_FILE, required=True, empty=True)
        files = {MAPPED: table([ground])}
        results.append(check(SITES, [(layer, found)], *given_rules, files=files, options=BARE))
    unknown = entry("a", "one", UNKNOWN, required=True, empty=True)
    results.append(check(SITES, [(unknown, found)], *given_rules, options=BARE))
    complete = entry("a", "one", COMPLETE, required=True, empty=True)
    whole = check(SITES, [(complete, found)], *given_rules, options=BARE)
    for less in results:
        assert no_milder(whole, less)
    for less in results[1:]:
        for row, site in zip(less.site_layer.rows(), less.site_verdict.rows(), strict=True):
            assert row["mapped_pct"] == 100.0 or site["verdict"] != "clear"
    assert "clear" not in verdicts(results[-1])


def hardens(before, after):
    """Whether some site is clear before and is not after: what the properties above are about."""
    pairs = zip(severities(before), severities(after), strict=True)
    return any(old == 0 < new for old, new in pairs)


@pytest.mark.parametrize("what", ["a layer", "a rule", "less mapping"])
def test_the_drawn_worlds_hold_clear_sites_that_more_law_or_less_mapping_changes(what):
    """None of the properties above holds for want of cases: one that matters is found in each."""

    def matters(drawn):
        first, second, given_rules, added = drawn
        one = (entry("a", "one", empty=True), first)
        before, more, asked = [one], [one], [*given_rules]
        if what == "a layer":
            more = [one, (entry("b", "two", required=True, empty=True), second)]
        elif what == "a rule":
            asked = [*given_rules, added]
        else:
            more = [(entry("a", "one", UNKNOWN, required=True, empty=True), first)]
        return hardens(
            check(SITES, before, *given_rules, options=BARE),
            check(SITES, more, *asked, options=BARE),
        )

    drawn = st.tuples(features, features, st.lists(every_rule, max_size=2), every_rule)
    assert find(drawn, matters, settings=FINDING, random=random.Random(1))


@quick
@given(features, st.lists(rules(), min_size=2, max_size=4))
def test_the_verdict_is_the_worst_finding(found, given_rules):
    result = check(SITES, [(entry("a", "one", empty=True), found)], *given_rules, options=BARE)
    for site in result.site_verdict.rows():
        findings = list(result.finding.where("site_id", site["site_id"]).rows())
        worst = max((Verdict(f["verdict"]).severity for f in findings), default=0)
        assert Verdict(site["verdict"]).severity >= worst
        assert site["findings"] == len(findings)
        if worst > Verdict.NO_DATA.severity:
            assert Verdict(site["verdict"]).severity == worst
            assert site["deciding_rule"] in {f["rule_id"] for f in findings}


@pytest.mark.parametrize(
    ("basis", "verdict"),
    [
        ((LegalBasis("Law", "1", verified=True),), "prohibited"),
        ((LegalBasis("Law", "1"),), "study"),
        ((LegalBasis("Law", "1", effective_to=date(2026, 11, 22), verified=True),), "study"),
        ((LegalBasis("Law", "1", effective_to=date(2026, 11, 23), verified=True),), "prohibited"),
        ((LegalBasis("Law", "1", effective_from=date(2026, 11, 23), verified=True),), "prohibited"),
        ((LegalBasis("Law", "1", effective_from=date(2026, 11, 24), verified=True),), "study"),
        ((), "study"),
    ],
)
def test_law_that_is_not_in_force_or_not_verified_is_to_be_studied(basis, verdict):
    layer = [(entry(), numbered(rect(10, 10, 50, 50)))]
    result = check(sites(rect(0, 0, 100, 100)), layer, rule(basis=basis))
    assert verdicts(result) == [verdict]


@pytest.mark.parametrize(
    ("tags", "not_tags", "verdict"),
    [("chemical", "", "prohibited"), ("", "chemical", "clear"), ("", "", "study")],
    ids=["stated", "denied", "not told"],
)
def test_facts_that_are_not_told_are_to_be_studied(tags, not_tags, verdict):
    yard = sites(rect(0, 0, 100, 100), tags=[tags], not_tags=[not_tags])
    chemical = rule(projects=ProjectFilter(any_tags=("chemical",)))
    result = check(yard, [(entry(), numbered(rect(10, 10, 50, 50)))], chemical)
    assert verdicts(result) == [verdict]


def test_an_attribute_that_the_layer_lacks_is_to_be_studied_and_told():
    layer = [(entry(), numbered(rect(10, 10, 50, 50)))]
    result = check(sites(rect(0, 0, 100, 100)), layer, rule(where={"in_core": "是"}))
    assert verdicts(result) == ["study"]
    assert result.not_evaluated["what"].tolist() == ["rule:R"]


def test_a_rule_without_a_layer_is_told():
    result = check(
        sites(rect(0, 0, 1, 1)),
        [(entry(empty=True), numbered())],
        rule(roles=("wetland",)),
        rule("S"),
    )
    assert result.not_evaluated["what"].tolist() == ["rule:R"]
    assert "the role Wetland" in result.not_evaluated["why"][0]


def test_all_findings_are_kept_worst_first():
    zones = numbered(rect(0, 0, 50, 50), rect(40, 40, 60, 60), level=["2", "1"])
    result = check(
        sites(rect(0, 0, 100, 100)),
        [(entry(), zones)],
        rule("second", Verdict.RESTRICTED, where={"level": "2"}),
        rule("first", where={"level": "1"}),
    )
    assert result.finding["rule_id"].tolist() == ["first", "second"]
    assert result.site_verdict["deciding_rule"].tolist() == ["first"]


def test_tags_of_the_run_count_for_every_site():
    chemical = rule(projects=ProjectFilter(all_tags=("chemical",)))
    layer = [(entry(), numbered(rect(0, 0, 50, 50)))]
    options = dataclasses.replace(BARE, tags=frozenset({"chemical"}))
    assert verdicts(check(sites(rect(0, 0, 9, 9)), layer, chemical, options=options)) == [
        "prohibited"
    ]
