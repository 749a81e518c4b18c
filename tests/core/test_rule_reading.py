# SPDX-License-Identifier: GPL-2.0-or-later
"""Rule packs: what a file may say, and what is said of a wrong one."""

from __future__ import annotations

import copy
import hashlib
import json
from datetime import date
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import yaml

from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law import rule_reading, sample_reading, when_reading
from eco_onemap.core.law.conditions import evaluate_where
from eco_onemap.core.law.rule_reading import parse_pack, read_pack
from eco_onemap.core.law.rules import Level, Measure, Relation
from eco_onemap.core.law.when import MEASURES, Ask, Bound, Branch, How, questions
from eco_onemap.core.messages import LANGUAGES, placeholders
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.paths import resource

PATH = Path("local.yaml")
SCHEMA = json.loads(resource("schemas", "rulepack.schema.json").read_text(encoding="utf-8"))

# A pack that uses every key of the grammar.
FULL = """
pack: local
version: "3"
level: city
jurisdiction: 海湾市
language: zh
rules:
  - id: L1
    title: {zh: 标题, en: Title}
    roles: [drinking_zone]
    layers: [well_fields]
    where: {level: "1", kind: [a, b], listed_on: {le: as_of, or_empty: true}}
    relation: within_distance
    threshold: {distance_m: 250}
    projects:
      any: [chemical, mining]
      all: [new|expand]
      none: [water_supply]
      stage: [siting]
      planned_use: [industrial]
      industry: [C26, "2710"]
    verdict: restricted
    basis:
      - {law: 条例, article: "9", clause: 2, effective_from: 2020-05-01, effective_to: 2030-01-01,
         text: 不得, verified: true}
    advice: {zh: 避让, en: Move}
    replaces: [W1]
    samples:
      - attributes: {level: 1, kind: b, listed_on: null}
        measurement: {distance_m: 250}
        tags: [chemical, new]
        not_tags: [water_supply]
        stage: siting
        planned_use: industrial
        industry: "2614"
        as_of: 2026-11-23
        expect: restricted
        cites: [《条例》第9条第2款]
  - id: L2
    title: 只有中文
    layers: well_fields
    verdict: study
  - id: L3
    title: Tree
    roles: [zone]
    when:
      all:
        - any:
            - overlap: {where: {level: "1"}, area_m2: {gt: 100}}
            - together: {share_pct: {ge: 30, lt: 90}}
            - inside:
            - covered: {}
            - contains: {where: {level: "2"}}
            - near: {distance_m: 500}
            - ring: {distance_m: 1000, count: {ge: 3}}
            - raster: {mean: {gt: 2}}
        - not:
            project: {any: [water_supply], industry: D46}
        - coverage: {share_pct: {lt: 100}}
        - as_of: {ge: 2026-08-15}
    verdict: study
    samples:
      - features:
          - {attributes: {level: "1"}, measurement: {area_m2: 120, feature_pct: 3}, kind: sliver}
        site: {mapped_pct: 60, ring_area_m2: 5, mean: 1, min: 0, max: 2}
        expect: study
"""


def test_every_key_of_the_grammar_arrives():
    pack = parse_pack(FULL, PATH)
    assert (pack.name, pack.version, pack.jurisdiction, pack.language) == (
        *("local", "3", "海湾市"),
        "zh",
    )
    rule, plain, tree = pack.rules
    assert pack.level is Level.CITY
    assert (rule.roles, rule.layers) == (("drinking_zone",), ("well_fields",))
    assert rule.where == {
        "level": "1",
        "kind": ["a", "b"],
        "listed_on": {"le": "as_of", "or_empty": True},
    }
    assert (rule.relation, rule.measure, rule.threshold) == (
        Relation.WITHIN_DISTANCE,
        Measure.DISTANCE,
        250.0,
    )
    projects = rule.projects
    assert projects.any_tags == ("chemical", "mining")
    assert projects.all_tags == ("new|expand",)
    assert projects.none_tags == ("water_supply",)
    assert (projects.stages, projects.planned_uses) == (("siting",), ("industrial",))
    (basis,) = rule.basis
    assert basis.citation == "《条例》第9条第2款"
    assert (basis.effective_from, basis.effective_to) == (date(2020, 5, 1), date(2030, 1, 1))
    assert (basis.text, basis.verified) == ("不得", True)
    assert rule.verdict is Verdict.RESTRICTED
    assert rule.advice == {"zh": "避让", "en": "Move"}
    assert rule.samples[0]["attributes"] == {"level": 1, "kind": "b", "listed_on": None}
    assert rule.samples[0]["as_of"] == date(2026, 11, 23)
    assert plain.title == {"zh": "只有中文"}
    assert (plain.basis, plain.threshold, plain.measure) == ((), 0.0, Measure.AREA)
    assert plain.relation is Relation.OVERLAPS
    assert (rule.replaces, rule.origin) == (("W1",), "local 3")
    assert projects.industries == ("C26", "2710")
    assert rule.samples[0]["industry"] == "2614"
    assert isinstance(tree.when, Branch)
    assert [part.how for part in tree.when.parts if isinstance(part, Branch)] == [How.ANY, How.NOT]
    asked = list(questions(tree.when))
    assert [one.ask for one in asked] == [
        *(Ask.OVERLAP, Ask.TOGETHER, Ask.INSIDE, Ask.COVERED, Ask.CONTAINS, Ask.NEAR, Ask.RING),
        *(Ask.RASTER, Ask.PROJECT, Ask.COVERAGE, Ask.AS_OF),
    ]
    assert asked[0].where == {"level": "1"}
    assert asked[1].limit.bounds == ((Bound.GE, 30.0), (Bound.LT, 90.0))
    assert (tree.reach_m, asked[5].distance_m) == (1000.0, 500.0)
    assert asked[10].days == ((Bound.GE, date(2026, 8, 15)),)
    assert tree.samples[0]["site"]["mapped_pct"] == 60


def test_the_fingerprint_is_of_the_file_s_bytes(tmp_path):
    path = tmp_path / "pack.yaml"
    content = b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()  # as Windows editors save it
    path.write_bytes(content)
    pack = read_pack(path)
    assert pack.fingerprint == hashlib.sha256(content).hexdigest()
    assert pack.path == str(path)
    assert parse_pack(FULL, PATH).fingerprint == hashlib.sha256(FULL.encode()).hexdigest()


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path / "missing.yaml", tmp_path / "gbk.yaml"):
        if path.name == "gbk.yaml":
            path.write_bytes("pack: 规则".encode("gb18030"))
        with pytest.raises(RulePackError) as caught:
            read_pack(path)
        assert str(path) in str(caught.value)
        assert "UTF-8" in caught.value.message.text("zh")


def broken(*keys, value=None, remove=False):
    """FULL as data with one place changed."""
    data = yaml.safe_load(FULL)
    place = data
    for key in keys[:-1]:
        place = place[key]
    if remove:
        del place[keys[-1]]
    else:
        place[keys[-1]] = value
    return yaml.safe_dump(data, allow_unicode=True)


TREE = ("rules", 2, "when", "all", 0, "any")


@pytest.mark.parametrize(
    ("keys", "value", "place", "cause"),
    [
        (("rules",), [], "at rules", "list with at least one"),
        (("rules", 0, "verdit"), "x", "rules[0] (L1).verdit", "did you mean 'verdict'"),
        (("rules", 0, "zzzzzz"), "x", "rules[0] (L1).zzzzzz", "use one of id, title"),
        (("packs",), "x", "at packs", "did you mean 'pack'"),
        (("rules", 1, "id"), "L1", "rules[1] (L1).id", "'L1' is used twice"),
        (("rules", 0, "verdict"), "forbidden", "(L1).verdict", "prohibited, restricted, study"),
        (("rules", 0, "verdict"), "clear", "(L1).verdict", "prohibited, restricted, study"),
        (("rules", 0, "relation"), "near", "(L1).relation", "within_distance"),
        (("rules", 0, "title"), {}, "(L1).title", "missing or empty"),
        (("rules", 0, "threshold"), {}, "(L1).threshold", "exactly one measure"),
        (
            ("rules", 0, "threshold"),
            {"distance_m": 1, "area_m2": 2},
            "(L1).threshold",
            "found 'area_m2, distance_m'",
        ),
        (("rules", 0, "threshold"), {"distance": 1}, "threshold.distance", "'distance_m'"),
        (("rules", 0, "threshold"), {"distance_m": -1}, "distance_m", "from 0 up"),
        (("rules", 0, "threshold"), {"distance_m": "far"}, "distance_m", "a number is expected"),
        (("rules", 0, "threshold"), {"area_m2": 1}, "(L1).threshold", "belong together"),
        (("rules", 0, "relation"), "overlaps", "(L1).threshold", "belong together"),
        (("rules", 1, "threshold"), {"share_pct": 101}, "share_pct", "up to 100"),
        (("rules", 0, "where", "level"), {"like": "1"}, "(L1).where.level", "found 'like'"),
        (("rules", 0, "where", "level"), {"lt": "low"}, "(L1).where.level", "cannot compare"),
        (("rules", 0, "where", "level"), None, "(L1).where.level", "cannot be compared with"),
        (("rules", 0, "where"), "level = 1", "(L1).where", "a mapping"),
        (("rules", 0, "projects", "some"), ["a"], "projects.some", "is not known"),
        (("rules", 0, "projects", "any"), {"a": 1}, "projects.any", "list of texts"),
        (("rules", 0, "basis"), [], "(L1).basis", "at least one entry"),
        (("rules", 0, "basis", 0, "law"), "", "basis[0].law", "missing or empty"),
        (("rules", 0, "basis", 0, "artikel"), "9", "basis[0].artikel", "'article'"),
        (("rules", 0, "basis", 0, "effective_to"), "2020-04-30", "effective_to", "before"),
        (("rules", 0, "basis", 0, "effective_from"), "soon", "effective_from", "a date like"),
        (("rules", 0, "basis", 0, "text"), "", "basis[0].verified", "the quoted text"),
        (("rules", 0, "basis", 0, "verified"), "yes", "basis[0].verified", "true or false"),
        (("rules", 0, "samples", 0, "expect"), "no", "samples[0].expect", "clear"),
        (("rules", 0, "samples", 0, "tag"), ["a"], "samples[0].tag", "'tags'"),
        (("rules", 0, "samples", 0, "measurement"), None, "measurement", "missing"),
        (("rules", 0, "samples", 0, "measurement"), {"m2": 1}, "measurement.m2", "area_m2"),
        (("rules", 0, "samples", 0, "site"), {"mapped_pct": 1}, "samples[0].site", "with 'when'"),
        (("rules", 0, "projects", "industry"), ["X99"], "projects.industry", "no industry"),
        (("rules", 0, "when"), {"inside": None}, "(L1).where", "move it into 'when'"),
        (("level",), "village", "at level", "national, province, city"),
        ((*TREE, 0), {"overlap": {}, "near": {}}, "when.all[0].any[0]", "exactly one of all, any"),
        ((*TREE, 0), {"eval": "1"}, "when.all[0].any[0]", "found 'eval'"),
        ((*TREE, 0), {"overlap": {"area": {}}}, "any[0].overlap.area", "'area_m2'"),
        ((*TREE, 0), {"overlap": {"area_m2": 5}}, "overlap.area_m2", "a mapping"),
        ((*TREE, 0), {"overlap": {"area_m2": {}}}, "overlap.area_m2", "gt: 100"),
        ((*TREE, 0), {"overlap": {"area_m2": {"above": 1}}}, "area_m2.above", "gt, ge, lt, le"),
        ((*TREE, 0), {"overlap": {"area_m2": {"gt": "x"}}}, "area_m2.gt", "a number"),
        ((*TREE, 0), {"overlap": {"where": {"a": {"like": 1}}}}, "where.a", "found 'like'"),
        ((*TREE, 0), {"together": {"count": {"gt": 1}, "area_m2": {"gt": 1}}}, "together", "one m"),
        ((*TREE, 0), {"near": {}}, "near.distance_m", "from 0 up"),
        ((*TREE, 0), {"ring": {"distance_m": 5}}, "any[0].ring", "needs a measure"),
        (
            (*TREE, 0),
            {"ring": {"distance_m": 5, "area_m2": {"gt": 1}, "where": {"a": "b"}}},
            "ring.where",
            "whole layer",
        ),
        ((*TREE, 0), {"as_of": {"ge": "soon"}}, "as_of.ge", "a date like"),
        ((*TREE, 0), {"all": []}, "any[0].all", "at least one entry"),
    ],
)
def test_a_wrong_pack_names_file_place_rule_and_cause(keys, value, place, cause):
    with pytest.raises(RulePackError) as caught:
        parse_pack(broken(*keys, value=value), PATH)
    sentence = str(caught.value)
    assert "local.yaml" in sentence
    assert place in sentence
    assert cause in sentence
    assert caught.value.message.text("zh")  # the Chinese sentence takes the same arguments


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("pack",), "pack"),
        (("version",), "version"),
        (("rules", 0, "id"), "rules[0].id"),
        (("rules", 0, "basis"), "rules[0] (L1).basis"),
        (("rules", 1, "layers"), "rules[1] (L2).roles"),
    ],
)
def test_what_is_missing_is_named(keys, place):
    with pytest.raises(RulePackError) as caught:
        parse_pack(broken(*keys, remove=True), PATH)
    assert f"at {place}: " in str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        "!!python/object/apply:os.system ['touch executed']",
        "!!python/name:os.system",
        "!!python/object/new:type {}",
    ],
)
def test_nothing_in_a_pack_is_run(written, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = FULL.replace("kind: [a, b]", f"kind: {written}")
    with pytest.raises(RulePackError, match=r"local\.yaml, line \d+: this is not valid YAML"):
        parse_pack(text, PATH)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["1 OR 1=1", "__import__('os')", "{0.__class__}", "%s"])
def test_operands_are_compared_as_text_and_never_run(words):
    pack = parse_pack(FULL.replace("[a, b]", f'["{words}"]'), PATH)
    columns = {"level": ["1"], "kind": [words], "listed_on": [None]}
    arrays = {name: np.array(values, dtype=object) for name, values in columns.items()}
    matches, _ = evaluate_where(pack.rules[0].where, arrays, date(2026, 1, 1))
    assert matches.tolist() == [True]


def test_a_key_given_twice_is_refused_with_its_line():
    with pytest.raises(RulePackError, match=r"local\.yaml, line 3: .*'version' is given twice"):
        parse_pack("pack: a\nversion: '1'\nversion: '2'\n", PATH)


# --- the published schema


def plain(text):
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_schema_accepts_what_the_parser_accepts():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(plain(FULL), SCHEMA)


def test_the_schema_has_the_parser_s_keys():
    parts = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(rule_reading.PACK_KEYS)
    assert set(parts["rule"]["properties"]) == set(rule_reading.RULE_KEYS)
    assert set(parts["projects"]["properties"]) == set(when_reading.PROJECT_KEYS)
    assert set(parts["basis"]["properties"]) == set(rule_reading.BASIS_KEYS)
    assert set(parts["sample"]["properties"]) == set(sample_reading.SAMPLE_KEYS)
    measures = set(rule_reading.MEASURE_KEYS)
    assert set(parts["rule"]["properties"]["threshold"]["properties"]) == measures
    taken = set(sample_reading.MEASUREMENT_KEYS)
    assert set(parts["measurement"]["properties"]) == taken == measures | {"feature_pct"}
    assert set(parts["sample"]["properties"]["site"]["properties"]) == set(sample_reading.SITE_KEYS)
    assert set(parts["when"]["properties"]) == {*when_reading.HOWS, *when_reading.ASKS}
    for ask, known in MEASURES.items():
        assert set(known) <= set(parts["when"]["properties"][ask.value]["properties"])


def test_the_full_pack_has_every_key():
    """So that the two tests above say something of each key."""
    data = yaml.safe_load(FULL)
    rule = data["rules"][0] | {"when": data["rules"][2]["when"]}
    tree = data["rules"][2]["samples"][0]
    assert set(data) == set(SCHEMA["properties"])
    for part, found in {
        "rule": rule,
        "projects": rule["projects"],
        "basis": rule["basis"][0],
        "sample": rule["samples"][0] | tree,
    }.items():
        assert set(found) == set(SCHEMA["$defs"][part]["properties"])


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("rules", 0, "verdit"), "x"),
        (("rules", 0, "verdict"), "clear"),
        (("rules", 0, "threshold"), {"distance_m": 1, "area_m2": 2}),
        (("rules", 0, "threshold"), {"area_m2": 2}),
        (("rules", 1, "threshold"), {"distance_m": 2}),
        (("rules", 0, "where", "level"), {"like": "1"}),
        (("rules", 0, "where", "level"), {"lt": 1, "gt": 0}),
        (("rules", 0, "basis"), []),
        (("rules", 0, "basis", 0, "text"), ""),
        (("rules", 0, "samples", 0, "expect"), "no"),
        (("rules", 0, "when"), {"inside": None}),
        (("level",), "village"),
        ((*TREE, 0), {"overlap": {}, "near": {}}),
        ((*TREE, 0), {"eval": "1"}),
        ((*TREE, 0), {"overlap": {"area_m2": 5}}),
        ((*TREE, 0), {"together": {"count": {"gt": 1}, "area_m2": {"gt": 1}}}),
        ((*TREE, 0), {"near": {}}),
        ((*TREE, 0), {"ring": {"distance_m": 5}}),
        ((*TREE, 0), {"raster": {}}),
        ((*TREE, 0), {"as_of": {"ge": "soon"}}),
        ((*TREE, 0), {"all": []}),
    ],
)
def test_the_schema_refuses_what_the_parser_refuses(keys, value):
    text = broken(*keys, value=value)
    with pytest.raises(RulePackError):
        parse_pack(text, PATH)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(text), SCHEMA)


def test_parsing_leaves_no_trace_in_the_samples_of_another_rule():
    pack = parse_pack(FULL, PATH)
    before = copy.deepcopy(pack.rules[0].samples)
    parse_pack(FULL.replace("250", "300"), PATH)
    assert pack.rules[0].samples == before


# --- the sentences


def test_sentences_are_complete_in_both_languages():
    texts = {
        language: yaml.safe_load(
            resource("messages", f"rules.{language}.yaml").read_text(encoding="utf-8")
        )
        for language in LANGUAGES
    }
    assert set(texts["en"]) == set(texts["zh"])
    for key, sentence in texts["en"].items():
        assert placeholders(sentence) == placeholders(texts["zh"][key]), key
