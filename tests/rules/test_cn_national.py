# SPDX-License-Identifier: GPL-2.0-or-later
"""The national rule pack: its samples, its quotations against the statutes, its dates."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
import yaml

from eco_onemap.core.law.judgement import strongest_verdict
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rule_samples import check_samples
from eco_onemap.core.law.rules import Measure, Relation
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.paths import resource

ROOT = Path(__file__).resolve().parents[2]
PACK_FILE = resource("rules", "cn-national.yaml")
PACK = read_pack(PACK_FILE)
RULES = {rule.id: rule for rule in PACK.rules}
ARTICLES = {
    (entry["law"], entry["article"]): entry
    for entry in json.loads((ROOT / "tests/data/law/articles.json").read_text(encoding="utf-8"))
}
CODE = "生态环境法典"
CODE_BEGINS = date(2026, 8, 15)
LAST_DAY_BEFORE = CODE_BEGINS - timedelta(days=1)
TODAY = date(2026, 11, 23)

# Laws that article 1242 of the Code repeals on the day it begins.
REPEALED = {
    *("环境保护法", "海洋环境保护法", "大气污染防治法", "水污染防治法", "土壤污染防治法"),
    *("固体废物污染环境防治法", "噪声污染防治法", "放射性污染防治法"),
}
# First day of the version that is quoted, as its decree or its last article says.
BEGINS = {
    CODE: "2026-08-15",
    "水污染防治法": "2018-01-01",
    "土壤污染防治法": "2019-01-01",
    "固体废物污染环境防治法": "2020-09-01",
    "海洋环境保护法": "2024-01-01",
    "大气污染防治法": "2018-10-26",
    "环境保护法": "2015-01-01",
    "长江保护法": "2021-03-01",
    "黄河保护法": "2023-04-01",
    "湿地保护法": "2022-06-01",
    "森林法": "2020-07-01",
    "土地管理法": "2020-01-01",
    "地下水管理条例": "2021-12-01",
    "公路安全保护条例": "2011-07-01",
    "铁路安全管理条例": "2014-01-01",
}
# What the rules ask of projects: planners are offered these tags.
TAGS = {
    *("new", "rebuild", "expand", "technical_upgrade", "chemical", "chemical_park"),
    *(
        "tailings",
        "hazardous_waste",
        "solid_waste_site",
        "landfill",
        "discharges_pollutants",
        "heavy_water_pollution",
    ),
    *(
        "increases_discharge",
        "outfall",
        "industrial_outfall",
        "sewage_outfall",
        "water_supply",
        "source_protection",
    ),
    *(
        "production_development",
        "limited_activity",
        "national_major",
        "soil_pollution_risk",
        "soil_remediation",
        "groundwater_risk",
    ),
    *(
        "building",
        "reclamation",
        "aquaculture",
        "sea_project",
        "coastal_project",
        "hazardous_substances",
    ),
    *(
        "sensitive_receptor",
        "high_pollution_fuel",
        "urban_construction",
        "mining",
        "coast_use_approved",
        "disaster_prevention",
    ),
    *(
        "fuel_station",
        "in_chemical_park",
        "list_conform",
        "road_protection",
        "safety_upgrade",
        "water_works",
    ),
    *("wetland_protection",),
}
# The subjects of national law that the pack must cover.
SUBJECTS = {
    *("W1", "W2", "W2b", "W3", "W3b", "W4"),
    *("W5", "W6", "W7", "R1", "R2", "R3"),
    *("R4", "R5", "R6", "R7", "S1", "S2"),
    *("S3", "S4", "S5", "F1", "F2", "F3"),
    *("N1", "N2", "N3", "N4", "N5", "N6"),
    *("N7", "N8", "N9", "C1", "C2", "C3"),
    *("C4", "C5", "C6", "C7", "C8", "Y1"),
    *("Y2", "Y3", "Y4", "H1", "H2", "H3"),
    *("H4", "H5", "H6", "H7", "A1", "A2"),
    *("A3", "Z1", "Z2", "Z4", "P1", "P2"),
    *("P3", "P4"),
}
# Rules whose law nobody has compared with the official text: study at most.
CAPPED_TODAY = {
    *("W5", "R3", "R4", "R7", "S3", "N1", "N3", "C3", "C3b", "C6", "Y4", "H1", "H5", "H6", "H7"),
    *("A2", "Z5", "Z6", "P1", "W5u", "V1", "V2", "V3"),
}
RULE_IDS = list(RULES)
CHANGED = [
    rule.id
    for rule in PACK.rules
    if rule.basis_in_force(LAST_DAY_BEFORE) != rule.basis_in_force(CODE_BEGINS)
]
BASES = [
    pytest.param(rule, basis, id=f"{rule.id}-{basis.law}-{basis.article}")
    for rule in PACK.rules
    for basis in rule.basis
]
VERIFIED = [case for case in BASES if case.values[1].verified]


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_every_sample_comes_out_as_it_says():
    assert [failure.message.text() for failure in check_samples(PACK)] == []


def test_the_pack_covers_the_subjects_and_keeps_its_name():
    assert set(RULES) >= SUBJECTS
    assert (PACK.name, PACK.version, PACK.jurisdiction) == (
        "cn-national",
        "2026.11",
        "中华人民共和国",
    )


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_each_rule_has_samples_on_both_sides(rule_id):
    expected = {sample["expect"] for sample in RULES[rule_id].samples}
    assert "clear" in expected
    assert expected - {"clear"}
    assert all(sample["as_of"] for sample in RULES[rule_id].samples)  # the same on every day


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_each_rule_speaks_both_languages(rule_id):
    rule = RULES[rule_id]
    for text in (rule.title, rule.advice):
        assert set(text) == {"zh", "en"}
        assert re.search("[\u4e00-\u9fff]", text["zh"])
        assert re.search("[a-z]{3}", text["en"])


@pytest.mark.parametrize("rule_id", CHANGED)
def test_where_the_basis_changes_with_the_code_both_days_are_sampled(rule_id):
    rule = RULES[rule_id]
    told = (sample for sample in rule.samples if sample["cites"] is not None)
    sampled = {sample["as_of"]: set(sample["cites"]) for sample in told}
    for day in (LAST_DAY_BEFORE, CODE_BEGINS):
        assert sampled[day] == {basis.citation for basis in rule.basis_in_force(day)}


def test_most_rules_rest_on_the_code():
    assert len(CHANGED) >= 50


@pytest.mark.parametrize(("rule", "basis"), VERIFIED)
def test_verified_words_stand_in_the_statute(rule, basis):
    full = squeezed(ARTICLES[basis.law, basis.article]["text"])
    place = 0
    for words in squeezed(basis.text).split("……"):  # in the order of the article
        assert len(words) >= 5
        place = full.index(words, place) + len(words)


@pytest.mark.parametrize(("rule", "basis"), [case for case in VERIFIED if case.values[1].clause])
def test_verified_words_stand_in_the_paragraph_that_is_cited(rule, basis):
    paragraphs: list[str] = []
    for line in ARTICLES[basis.law, basis.article]["text"].splitlines():
        if re.match(r"[（(][一二三四五六七八九十]+[）)]", line):  # an item of the paragraph above
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    assert squeezed(basis.text) in squeezed(paragraphs[int(basis.clause) - 1])


@pytest.mark.parametrize(("rule", "basis"), BASES)
def test_laws_are_in_force_from_and_to_the_right_days(rule, basis):
    if basis.law in BEGINS:
        assert basis.effective_from == date.fromisoformat(BEGINS[basis.law])
    assert (basis.effective_to == LAST_DAY_BEFORE) == (basis.law in REPEALED)


def test_the_extract_holds_nothing_that_is_not_cited():
    cited = {(basis.law, basis.article) for rule in PACK.rules for basis in rule.basis}
    assert set(ARTICLES) <= cited
    for (law, _), entry in ARTICLES.items():
        assert entry["source_title"] == f"{law}({entry['source_date']})"


def test_rules_without_verified_law_say_study_today():
    capped = {
        rule.id
        for rule in PACK.rules
        if not any(basis.verified for basis in rule.basis_in_force(TODAY))
    }
    assert capped == CAPPED_TODAY
    assert all(strongest_verdict(RULES[one], TODAY) is Verdict.STUDY for one in capped)


@pytest.mark.parametrize(
    ("rule_id", "distance_m", "words"),
    [
        ("Y1", 1000, "一公里"),
        ("Y2", 3000, "三公里"),
        ("Y2b", 1000, "一公里"),
        ("H2", 100, "100米"),
        ("H2b", 200, "200米"),
        ("H2c", 100, "100米"),
        ("H3", 30, "30米"),
        ("H3b", 20, "20米"),
        ("H3c", 15, "15米"),
        ("H3d", 10, "10米"),
        ("H3e", 5, "5米"),
        ("H4", 10, "高速铁路为10米"),
        ("H4b", 8, "其他铁路为8米"),
        ("H4c", 12, "高速铁路为12米"),
        ("H4d", 10, "其他铁路为10米"),
        ("H4e", 15, "高速铁路为15米"),
        ("H4f", 12, "其他铁路为12米"),
        ("H4g", 20, "高速铁路为20米"),
        ("H4h", 15, "其他铁路为15米"),
    ],
)
def test_distances_are_those_of_the_law(rule_id, distance_m, words):
    rule = RULES[rule_id]
    assert (rule.relation, rule.measure) == (Relation.WITHIN_DISTANCE, Measure.DISTANCE)
    assert rule.threshold == distance_m
    assert any(words in basis.text for basis in rule.basis)


def test_a_distance_without_a_number_in_the_law_says_study():
    with_number = {"Y1", "Y2", "Y2b", "H6"} | {
        one for one in RULES if one[:2] in {"H2", "H3", "H4"}
    }
    for rule in PACK.rules:
        if rule.relation is Relation.WITHIN_DISTANCE and rule.id not in with_number:
            assert rule.verdict is Verdict.STUDY, rule.id


def test_tags_are_those_that_planners_are_offered():
    used = frozenset[str]().union(*(rule.projects.tags for rule in PACK.rules))
    assert used == TAGS


def test_outfalls_are_forbidden_in_the_protection_zone_only():
    """准保护区 lies outside the protection zone (法典 317): level 3 is not meant."""
    assert "3" not in RULES["W4"].where["level"]
    assert {"1", "2"} <= set(RULES["W4"].where["level"])


def test_each_known_level_is_the_matter_of_one_rule():
    known = set(RULES["W0"].where["level"]["not_in"])
    apart = [set(RULES[one].where["level"]) for one in ("W1", "W2", "W3b")]
    assert known == set.union(*apart)
    assert len(known) == sum(map(len, apart))


def test_the_pack_fits_the_published_schema():
    schema = json.loads(resource("schemas", "rulepack.schema.json").read_text(encoding="utf-8"))
    data = yaml.safe_load(PACK_FILE.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(data, default=str)), schema)


# --- the script that makes the extract


@pytest.fixture(scope="module")
def script():
    path = ROOT / "scripts" / "extract_articles.py"
    spec = importlib.util.spec_from_file_location("extract_articles", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


STATUTES = os.environ.get("ECO_ONEMAP_STATUTES", "")


@pytest.mark.skipif(not STATUTES, reason="ECO_ONEMAP_STATUTES names no folder of statute texts")
def test_the_extract_is_word_for_word_what_the_statutes_say(script):
    entries = script.extract(PACK, Path(STATUTES))
    assert {(entry["law"], entry["article"]): entry for entry in entries} == ARTICLES


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("一百零三", 103), ("一百一十", 110)],
)
def test_numerals(script, numeral, number):
    assert script.parse_numeral(numeral) == number


def test_articles_end_where_the_next_begins(script, tmp_path):
    statute = tmp_path / "某法(2020-01-01).md"
    statute.write_text(
        "# 某法\n\n## 第一章 总则\n\n第一条 甲。依照第二条办理。\n\n　　（一）乙；\n\n"
        "第二条　丙。\n\n## 第二章\n\n第三条 丁。\n",
        encoding="utf-8",
    )
    assert script.read_articles(statute) == {
        "1": "甲。依照第二条办理。\n（一）乙；",
        "2": "丙。",
        "3": "丁。",
    }
