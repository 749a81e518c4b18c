# SPDX-License-Identifier: GPL-2.0-or-later
"""The gate of plan, acquisition, supply and siting, under the national pack."""

from __future__ import annotations

from datetime import date

import pytest

from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.contaminated_land import (
    Failure,
    Stage,
    find_failure,
    find_industry,
    find_stage,
)
from eco_onemap.core.options import Options
from eco_onemap.paths import resource

from .worlds import DAY, check, entry, rect, sites, table

RULES = {rule.id: rule for rule in read_pack(resource("rules", "cn-national.yaml")).rules}
GATE = [RULES[name] for name in ("S1", "S2", "S3", "S6", "S6p", "S7", "S7p", "S8", "S8p")]
SUSPECT_RULES = [RULES[name] for name in ("S4", "S4t", "S9")]
FIELDS = {name: name for name in ("id", "name", "stage", "target_reached", "listed_on",
                                  "removed_on", "batch", "assessed_use")}  # fmt: skip
REGISTER = entry("register", "soil_register", fields=FIELDS)
SUSPECTS = entry(
    "suspects", "soil_suspect", fields={n: n for n in ("id", "name", "industry", "kind")}
)


@pytest.mark.parametrize(
    ("word", "stage"),
    [("调查", Stage.SURVEY), ("土壤污染状况调查", Stage.SURVEY), ("风险评估", Stage.ASSESSMENT),
     ("风险管控中", Stage.CONTROL), ("修复", Stage.REMEDIATION), ("效果评估", Stage.EFFECT),
     ("已移出", Stage.REMOVED), (" 修 复 ", Stage.REMEDIATION), ("待定", None), ("", None)],
)  # fmt: skip
def test_stages_are_found_in_the_words_of_registers(word, stage):
    assert find_stage(word) is stage


DAY_LISTED = date(2023, 12, 28)


@pytest.mark.parametrize(
    ("stage", "reached", "removed", "failure"),
    [
        ("调查", "否", None, Failure.NOT_ASSESSED),
        ("风险评估", "", None, Failure.NOT_ASSESSED),  # there is no target yet
        ("风险管控", "否", None, Failure.CONTROL_LACKING),
        ("风险管控", "是", None, Failure.NONE),
        ("风险管控", "", None, None),  # the register does not tell
        ("修复", "否", None, Failure.REMEDIATION_LACKING),
        ("效果评估", "否", None, Failure.REMEDIATION_LACKING),
        ("效果评估", "是", None, Failure.NONE),
        ("待定", "否", None, None),
        ("已移出", "是", None, None),  # removed, but when?
        ("已移出", "是", date(2026, 11, 23), Failure.NONE),  # removed on the day itself
        ("修复", "否", date(2026, 11, 24), Failure.REMEDIATION_LACKING),  # still listed
    ],
)
def test_three_failures_are_told_by_stage_target_and_day(stage, reached, removed, failure):
    assert find_failure(stage, reached, DAY_LISTED, removed, DAY) is failure


def test_a_parcel_is_not_judged_before_it_is_listed():
    assert find_failure("修复", "否", date(2026, 11, 24), None, DAY) is Failure.NONE


@pytest.mark.parametrize(
    ("trade", "industry"),
    [("化工（制药）", "化工"), ("焦化", "化工"), ("石油加工", "化工"), ("印染", "印染"),
     ("皮革鞣制", "制革"), ("电镀", "电镀"), ("造纸", "造纸"), ("铅酸蓄电池", "铅蓄电池制造"),
     ("有色金属矿采选", "有色金属矿采选"), ("有色金属冶炼", "有色金属冶炼"), ("食品", ""),
     ("", "")],
)  # fmt: skip
def test_the_eight_industries_are_found_by_their_words(trade, industry):
    assert find_industry(trade) == industry


# --- the gate under the law of the day ----------------------------------------------------------


def parcel(stage="修复", reached="否", listed="2023-12-28", removed=None, use="未定", batch="1"):
    return table(
        [rect(0, 0, 200, 200)], id=["a"], name=["原某厂"], stage=[stage], target_reached=[reached],
        listed_on=[listed], removed_on=[removed], batch=[batch], assessed_use=[use],
    )  # fmt: skip


def through_the_gate(register, stage, use, day=DAY, **facts):
    said = {name: [value] for name, value in facts.items()}
    site = sites(rect(50, 50, 50, 50), stage=[stage], planned_use=[use], **said)
    result = check(site, [(REGISTER, register)], *GATE, options=Options(as_of=day))
    found = {row["rule_id"]: row["verdict"] for row in result.finding.rows()}
    return result.site_verdict["verdict"][0], found


SITING, EARLIER = "siting", ("planning", "acquisition", "supply")
FAILURES = [("调查", "S6"), ("风险评估", "S6"), ("风险管控", "S7"), ("修复", "S8"),
            ("效果评估", "S8")]  # fmt: skip


@pytest.mark.parametrize("use", ["residential", "public", "industrial", "commercial"])
@pytest.mark.parametrize(("stage", "rule"), FAILURES)
def test_at_siting_each_failure_forbids_to_begin(stage, rule, use):
    verdict, found = through_the_gate(parcel(stage), SITING, use)
    assert verdict == "prohibited"
    assert found[rule] == "prohibited"
    assert f"{rule}p" not in found
    assert ("S1" in found) is (use in ("residential", "public"))  # art. 456: not for such use


@pytest.mark.parametrize("step", EARLIER)
@pytest.mark.parametrize("use", ["residential", "industrial"])
@pytest.mark.parametrize(("stage", "rule"), FAILURES)
def test_earlier_each_failure_is_a_condition(stage, rule, use, step):
    _, found = through_the_gate(parcel(stage), step, use)
    assert found[f"{rule}p"] == "restricted"
    assert rule not in found
    assert (found.get("S1") == "prohibited") is (use == "residential")


@pytest.mark.parametrize(("stage", "rule"), FAILURES)
def test_works_of_control_and_remediation_pass(stage, rule):
    verdict, found = through_the_gate(parcel(stage), SITING, "industrial", tags="soil_remediation")
    assert (verdict, found) == ("clear", {})


@pytest.mark.parametrize(
    ("day", "rule", "verdict"),
    [
        # before the Code the law spoke of parcels whose target is not reached, not of unassessed
        (date(2026, 8, 14), "S6", "study"),
        (date(2026, 8, 15), "S6", "prohibited"),
        (date(2026, 8, 14), "S8", "prohibited"),
        (date(2026, 8, 15), "S8", "prohibited"),
    ],
)
def test_the_law_of_the_day_counts(day, rule, verdict):
    stage = {"S6": "调查", "S8": "修复"}[rule]
    _, found = through_the_gate(parcel(stage), SITING, "industrial", day)
    assert found[rule] == verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2023, 12, 27), "clear"),  # not yet listed
        (date(2023, 12, 28), "prohibited"),
        (date(2025, 6, 29), "prohibited"),  # the last day on which it was listed
        (date(2025, 6, 30), "study"),  # removed, but assessed for industry: housing is another use
    ],
)
def test_a_removed_parcel_is_listed_for_checks_before_its_removal(day, verdict):
    register = parcel("已移出", "是", removed="2025-06-30", use="第二类用地（工业）")
    assert through_the_gate(register, SITING, "residential", day)[0] == verdict


def test_a_parcel_assessed_for_housing_and_removed_is_free_for_it():
    register = parcel("已移出", "是", removed="2025-06-30", use="居住用地")
    assert through_the_gate(register, SITING, "residential")[0] == "clear"


def test_every_batch_of_a_parcel_is_judged_for_itself():
    both = table(
        [rect(0, 0, 200, 200)] * 2, id=["a", "b"], name=["原某厂", "原某厂"],
        stage=["已移出", "调查"], target_reached=["是", None], batch=["2021-1", "2026-1"],
        listed_on=["2021-03-15", "2026-03-20"], removed_on=["2025-06-30", None],
        assessed_use=["居住用地", "未定"],
    )  # fmt: skip
    result = check(
        sites(rect(50, 50, 50, 50), stage=["siting"], planned_use=["industrial"]),
        [(REGISTER, both)],
        *GATE,
        options=Options(as_of=DAY),
    )
    assert {row["feature_id"] for row in result.finding.rows()} == {"b"}


@pytest.mark.parametrize(("stage", "reached"), [("待定", "否"), ("修复", None), (None, None)])
def test_what_the_register_does_not_tell_is_for_a_person(stage, reached):
    verdict, found = through_the_gate(parcel(stage, reached), SITING, "industrial")
    assert verdict in ("study", "prohibited")
    assert {found[rule] for rule in ("S6", "S7", "S8")} == {"study"}


# --- land that is suspected only ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("industry", "kind", "use", "stage", "rules"),
    [
        ("电镀", "关停企业原址", "residential", "siting", {"S4": "restricted", "S9": "study"}),
        ("电镀", "关停企业原址", "industrial", "siting", {"S9": "study"}),
        ("电镀", "关停企业原址", "industrial", "supply", {"S4t": "restricted", "S9": "study"}),
        ("食品", "关停企业原址", "industrial", "siting", {}),
        ("电镀", "重点监管单位", "industrial", "siting", {}),
        ("", "关停企业原址", "industrial", "siting", {"S9": "study"}),
    ],
)
def test_closed_works_of_the_eight_industries_need_study(industry, kind, use, stage, rules):
    works = table([rect(0, 0, 99, 99)], id=["a"], name=["厂"], industry=[industry], kind=[kind])
    result = check(
        sites(rect(20, 20, 50, 50), stage=[stage], planned_use=[use]),
        [(SUSPECTS, works)],
        *SUSPECT_RULES,
        options=Options(as_of=DAY),
    )
    assert {row["rule_id"]: row["verdict"] for row in result.finding.rows()} == rules
