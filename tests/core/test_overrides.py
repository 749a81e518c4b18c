# SPDX-License-Identifier: GPL-2.0-or-later
"""Overrides: what they set aside, what makes them stale, and the file that they stand in."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import jsonschema
import pytest
import shapely
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.errors import OverrideError
from eco_onemap.core.law.overrides import (
    ENTRY_KEYS,
    Override,
    Overrides,
    parse_overrides,
    read_overrides,
    write_overrides,
)
from eco_onemap.core.law.rules import Measure, ProjectFilter, Relation
from eco_onemap.core.layers.prints import site_prints
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.paths import resource

from .trees import tree
from .worlds import DAY, UNKNOWN, check, entry, numbered, only, rect, rule, sites, verdicts

BARE = Options(as_of=DAY, rings_m=())
YARD = rect(0, 0, 100, 100)
ZONES = numbered(rect(10, 10, 50, 50), rect(70, 70, 10, 10), level=["1", "2"])
FIRST = rule("A", where={"level": "1"}, origin="pack 1")
SECOND = rule("B", Verdict.RESTRICTED, where={"level": "2"})
WHY = {"reason": "measured on the ground", "author": "Li", "date": date(2026, 11, 20)}


def world(*rules, features=ZONES, site=YARD, entries=(), **facts):
    options = dataclasses.replace(BARE, overrides=Overrides(tuple(entries)))
    return check(sites(site, **facts), [(entry(), features)], *rules, options=options)


def aside(result, rule_id="A", **more):
    """The override that sets one finding of a result aside."""
    row = only(result.finding, rule_id=rule_id, **more)
    names = ("site", "rule", "layer", "feature")
    about = {name: row[f"{name}_id"] for name in names}
    return Override(**about, verdict=Verdict(row["verdict"]), print=row["print"], **WHY)


def told(result):
    """Reasons why overrides do not hold."""
    rows = result.not_evaluated.rows()
    return [row["why"] for row in rows if row["what"].startswith("override:")]


def test_a_finding_set_aside_stays_and_does_not_count():
    entry_ = aside(world(FIRST, SECOND))
    result = world(FIRST, SECOND, entries=[entry_])
    first, second = result.finding.rows()
    assert (first["verdict"], first["effective_verdict"]) == ("prohibited", "clear")
    assert first["override"] == "set_aside"
    assert first["override_reason"] == "measured on the ground"
    assert (first["override_author"], first["override_date"]) == ("Li", "2026-11-20")
    assert (second["effective_verdict"], second["override"]) == ("restricted", "")
    (site,) = result.site_verdict.rows()
    assert (site["verdict"], site["raw_verdict"], site["set_aside"]) == (
        *("restricted", "prohibited"),
        1,
    )
    assert site["deciding_rule"] == "B"
    assert "Set aside by a person and not counted: A on Zones (Li, 2026-11-20" in site["reason"]
    assert site["findings"] == 2
    assert told(result) == []


def test_a_site_that_is_clear_by_overrides_says_so():
    before = world(FIRST, SECOND)
    result = world(FIRST, SECOND, entries=[aside(before), aside(before, "B")])
    (site,) = result.site_verdict.rows()
    assert (site["verdict"], site["raw_verdict"], site["set_aside"]) == ("clear", "prohibited", 2)
    assert site["reason"].startswith("No conflict was found")
    for said in ("Set aside", "A on Zones", "B on Zones", "measured on the ground"):
        assert said in site["reason"]


def test_overrides_do_not_fill_missing_data():
    unknown = entry("fields", "pbf", UNKNOWN, required=True)
    layers = [(entry(), ZONES), (unknown, numbered())]
    before = check(sites(YARD), layers, FIRST, options=BARE)
    options = dataclasses.replace(BARE, overrides=Overrides((aside(before),)))
    assert verdicts(check(sites(YARD), layers, FIRST, options=options)) == ["no_data"]


MOVED = rect(0, 0, 100, 100.01)
GREW = numbered(rect(10, 10, 50, 50.01), rect(70, 70, 10, 10), level=["1", "2"])
SWAPPED = numbered(rect(10, 10, 50, 50), rect(70, 70, 10, 10), level=["1", "2"], note=["a", "b"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"site": MOVED}, "the site's boundary changed"),
        ({"features": GREW}, "the feature's boundary changed"),
        ({"rules": (dataclasses.replace(FIRST, origin="pack 2"), SECOND)}, "the rule changed"),
        ({"rules": (dataclasses.replace(FIRST, threshold=1.0), SECOND)}, "the rule changed"),
        ({"rules": (SECOND,)}, "no longer finds anything"),
        ({"features": numbered(rect(70, 70, 10, 10), level=["2"])}, "no longer finds anything"),
    ],
)
def test_what_changed_makes_an_override_stale(change, why):
    entry_ = aside(world(FIRST, SECOND))
    rules = change.pop("rules", (FIRST, SECOND))
    result = world(*rules, entries=[entry_], **change)
    assert [why in one for one in told(result)] == [True]
    assert "Li of 2026-11-20" in told(result)[0]
    assert result.site_verdict["set_aside"].tolist() == [0]
    assert verdicts(result) == [result.site_verdict["raw_verdict"][0]]
    states = set(result.finding.where("rule_id", "A")["override"])
    assert states <= {"stale"}


@pytest.mark.parametrize(
    "change",
    [
        {"site": shapely.Polygon(shapely.get_coordinates(YARD)[[2, 1, 0, 3]])},  # from elsewhere
        {"site": rect(0, 0, 100, 99.9999999)},  # as another computer may round it
        {"features": SWAPPED},
        {"rules": (dataclasses.replace(FIRST, samples=({"expect": "clear"},)), SECOND)},
        {"rules": (SECOND, FIRST)},
    ],
)
def test_what_did_not_change_leaves_it_in_force(change):
    entry_ = aside(world(FIRST, SECOND))
    rules = change.pop("rules", (FIRST, SECOND))
    result = world(*rules, entries=[entry_], **change)
    assert (told(result), verdicts(result)) == ([], ["restricted"])


def test_a_rule_that_says_worse_than_what_was_set_aside_counts_again():
    asked = rule("A", projects=ProjectFilter(any_tags=("chemical",)), where={"level": "1"})
    entry_ = aside(world(asked))
    assert entry_.verdict is Verdict.STUDY  # nothing was stated
    result = world(asked, entries=[entry_], tags=["chemical"])
    assert verdicts(result) == ["prohibited"]
    assert "says more than the 'needs further study'" in told(result)[0]


def test_findings_without_a_feature_can_be_set_aside():
    asked = rule("A", when=tree("{not: {inside: }}"))
    entry_ = aside(world(asked))
    assert entry_.feature == ""
    assert verdicts(world(asked, entries=[entry_])) == ["clear"]


def test_distances_are_set_aside_for_the_feature_that_they_are_about():
    asked = rule("A", relation=Relation.WITHIN_DISTANCE, measure=Measure.DISTANCE, threshold=500.0)
    features = numbered(rect(150, 0, 10, 10), rect(300, 0, 10, 10))
    entry_ = aside(world(asked, features=features))
    assert entry_.feature == "f1"
    assert verdicts(world(asked, features=features, entries=[entry_])) == ["clear"]
    nearer = numbered(rect(150, 0, 10, 10), rect(120, 0, 10, 10))
    assert verdicts(world(asked, features=nearer, entries=[entry_])) == ["prohibited"]


def test_an_override_of_a_site_that_is_not_checked_is_told():
    entry_ = dataclasses.replace(aside(world(FIRST)), site="elsewhere")
    result = world(FIRST, entries=[entry_])
    assert ["the site elsewhere is not in this check" in one for one in told(result)] == [True]


def test_features_that_share_an_id_are_told_apart():
    double = numbered(rect(10, 10, 20, 20), rect(50, 50, 20, 20))
    double.columns["id"][:] = "same"
    before = world(rule("A"), features=double)
    first, second = before.finding.rows()
    assert first["feature_id"] == second["feature_id"]
    names = ("site", "rule", "layer", "feature")
    entry_ = Override(
        *(second[f"{n}_id"] for n in names), Verdict.PROHIBITED, second["print"], *WHY.values()
    )
    result = world(rule("A"), features=double, entries=[entry_])
    assert sorted(result.finding["override"]) == ["", "set_aside"]
    assert told(result) == []


# --- the file

ENTRY = """
  - site: P1
    rule: W5
    layer: intakes
    feature: "3"
    verdict: study
    print: aaaaaaaaaaaa-bbbbbbbbbbbb-cccccccccccc
    reason: upstream
    author: Li
    date: 2026-11-20
"""
FILE = f"overrides: 1\nentries:{ENTRY}"

texts = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
entries = st.builds(
    Override,
    texts,
    texts,
    texts,
    st.one_of(st.just(""), texts),
    st.sampled_from([Verdict.PROHIBITED, Verdict.STUDY]),
    st.just("a" * 12 + "-" + "b" * 12 + "-" + "c" * 12),
    texts,
    texts,
    st.dates(date(2000, 1, 1)),
)


@given(st.lists(entries, max_size=4, unique_by=lambda one: one.about))
def test_what_is_written_is_read_again_in_order(drawn):
    overrides = Overrides()
    for one in drawn:
        overrides = overrides.added(one)
    text = write_overrides(overrides)
    assert parse_overrides(text, "o.yaml").entries == tuple(sorted(drawn, key=lambda e: e.about))
    assert write_overrides(parse_overrides(text, "o.yaml")) == text


SCHEMA = json.loads(resource("schemas", "overrides.schema.json").read_text(encoding="utf-8"))


def test_files_fit_the_published_schema():
    for overrides in (parse_overrides(FILE, "o.yaml"), Overrides()):
        data = yaml.safe_load(write_overrides(overrides))
        jsonschema.validate(json.loads(json.dumps(data, default=str)), SCHEMA)
    entry_ = SCHEMA["properties"]["entries"]["items"]
    assert tuple(entry_["properties"]) == ENTRY_KEYS
    broken = {"overrides": 1, "entries": [{"site": "P1"}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_one_entry_is_one_block():
    """So that two people's additions merge line by line."""
    one = parse_overrides(FILE, "o.yaml").entries[0]
    two = dataclasses.replace(one, site="P2")
    alone, both = (write_overrides(Overrides(e)) for e in ((one,), (one, two)))
    assert both.startswith(alone)
    assert both.removeprefix(alone).count("\n") == alone.count("\n") - 3 + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("reason: upstream", "reason: ''", "entries[0].reason: this key is missing"),
        ("    author: Li\n", "", "entries[0].author: this key is missing"),
        ("    date: 2026-11-20\n", "", "entries[0].date: this key is missing"),
        ("2026-11-20", "yesterday", "entries[0].date: a date like"),
        ("verdict: study", "verdict: clear", "prohibited, restricted, study"),
        ("print: aaaa", "print: ", "copy it whole"),
        ("rule: W5", "rules: W5", "did you mean 'rule'"),
        ("overrides: 1", "overrides: 2", "at overrides: '2' is not possible"),
    ],
)
def test_a_wrong_file_names_place_and_cause(old, new, said):
    with pytest.raises(OverrideError) as caught:
        parse_overrides(FILE.replace(old, new), "o.yaml")
    assert said in str(caught.value)
    assert "o.yaml" in str(caught.value)
    assert caught.value.message.text("zh")


def test_a_finding_is_set_aside_once():
    with pytest.raises(OverrideError, match="P1 / W5 / intakes / 3 is set aside twice"):
        parse_overrides(FILE + ENTRY.lstrip("\n"), "o.yaml")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(OverrideError, match=r"nowhere\.yaml"):
        read_overrides(tmp_path / "nowhere.yaml")


# --- prints


def test_prints_of_many_are_those_of_each():
    shapes = [rect(n, 0, 10, 10 + n) for n in range(30)]
    array = sites(*shapes).geometries
    together = site_prints(array).tolist()
    assert together == [site_prints(array[n : n + 1])[0] for n in range(30)]
    assert len(set(together)) == 30


def test_a_print_tells_kinds_of_geometry_apart():
    ring = shapely.get_coordinates(rect(0, 0, 5, 5))
    line, polygon = shapely.LineString(ring), shapely.Polygon(ring)
    assert len(set(site_prints(sites(line, polygon).geometries))) == 2
