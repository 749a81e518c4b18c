# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites against access lists: each clause at its level, decided only where it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.catalogue import AccessListEntry, CoverageEntry, CoverageKind
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.core.options import Options
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.core.zoning import clause_conditions
from eco_onemap.core.zoning.vocabulary import Terms

from .worlds import (
    AROUND,
    DAY,
    LONLAT,
    REGION,
    MemorySource,
    catalogue,
    check,
    entry,
    line,
    numbered,
    only,
    pack,
    quick,
    rect,
    rule,
    sites,
    table,
    verdicts,
)

UNIT_FIELDS = {"id": "code", "name": "name", "unit_code": "code", "unit_class": "kind"}
UNITS = entry("units", "control_unit", fields=UNIT_FIELDS, required=True, version="2024")
COAST = entry("coast", "coastline", accuracy_m=10.0)
NOFUEL = entry("fuel", "nofuel")
LIST = AccessListEntry("list", "/data/list.csv", title="清单")
HEADER = ("层级", "适用范围代码", "管控维度", "条款号", "管控要求", "限制类型", "行业", "活动",
          "限值", "规划用途", "管控单元分类", "失效日期")  # fmt: skip
WEST, EAST = "ZH99010120001", "ZH99010230001"
VIOLATED = rule("Z7", roles=("access_list",))


def units(*codes, kinds=None):
    """Units of a kilometre square, from west to east."""
    shapes = [rect(1000 * number, 0, 1000, 1000) for number in range(len(codes))]
    return table(
        shapes,
        code=list(codes),
        name=[f"Unit {code[-4:]}" for code in codes],
        kind=list(kinds or [code[8:9] for code in codes]),
    )


def clause(level="单元", scope=WEST, text="要求", **more):
    names = {"kind": "限制类型", "industry": "行业", "activity": "活动", "limit": "限值",
             "use": "规划用途", "unit_class": "管控单元分类", "until": "失效日期"}  # fmt: skip
    given_ = {names[name]: value for name, value in more.items()}
    said = {"层级": level, "适用范围代码": scope, "管控维度": "空间布局约束", "条款号": "1-1",
            "管控要求": text, **given_}  # fmt: skip
    return tuple(said.get(name, "") for name in HEADER)


@dataclass
class ListSource(MemorySource):
    """A memory source with access lists."""

    rows: tuple = ()

    def read_rows(self, entry_):
        if isinstance(self.rows, Exception):
            raise self.rows
        lines = tuple(range(1, len(self.rows) + 2))
        return TableRows((HEADER, *self.rows), lines, entry_.source, "2" * 64)


def check_list(site_set, rows, unit_table=None, *rules, layers=(), options=None, lists=(LIST,)):
    unit_table = units(WEST, EAST) if unit_table is None else unit_table
    held = {"units": unit_table, **{item.id: found for item, found in layers}}
    source = ListSource(held, {}, {REGION: table([AROUND], crs=LONLAT)}, rows)
    entries = [UNITS, *(item for item, _ in layers)]
    named = replace(catalogue(*entries), access_lists=tuple(lists))
    return assess(
        site_set, named, [pack(*(rules or (VIOLATED,)))], options or Options(as_of=DAY), source
    ).in_language("zh")


def site(x=100, width=100, **facts):
    return sites(rect(x, 100, width, 100), **{name: [value] for name, value in facts.items()})


def answers(result):
    return result.further["clause"]["conformity"].tolist()


# --- what is decided by a machine ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "facts", "answer"),
    [
        # nothing for a machine: always a person
        ({}, {"industry": "C2614"}, "manual"),
        ({"kind": "禁止"}, {"industry": "C2614", "tags": "chemical,new"}, "manual"),
        # industries
        ({"kind": "禁止", "industry": "C26"}, {"industry": "C2614"}, "violates"),
        ({"kind": "禁止", "industry": "C26"}, {"industry": "C27"}, "not_concerned"),
        ({"kind": "禁止", "industry": "C26"}, {}, "manual"),
        ({"kind": "禁止", "industry": "C2614"}, {"industry": "C26"}, "manual"),
        ({"kind": "限制", "industry": "C26"}, {"industry": "C2614"}, "manual"),
        ({"kind": "退出", "industry": "C26"}, {"industry": "C2614"}, "manual"),
        ({"kind": "退出", "industry": "C26"}, {"industry": "G59"}, "not_concerned"),
        ({"kind": "允许", "industry": "C26"}, {"industry": "C2614"}, "conforms"),
        ({"kind": "允许", "industry": "C26"}, {"industry": "G59"}, "manual"),
        # activities: all of them, | for alternatives, ! for a denial
        ({"kind": "禁止", "activity": "chemical;new"}, {"tags": "chemical,new"}, "violates"),
        ({"kind": "禁止", "activity": "chemical;new"}, {"tags": "chemical"}, "manual"),
        (
            {"kind": "禁止", "activity": "chemical;new|expand"},
            {"tags": "chemical", "not_tags": "new,expand"},
            "not_concerned",
        ),
        (
            {"kind": "禁止", "activity": "!in_chemical_park"},
            {"not_tags": "in_chemical_park"},
            "violates",
        ),
        # industry and activity together
        (
            {"kind": "禁止", "industry": "C26", "activity": "new"},
            {"industry": "C2614", "not_tags": "new"},
            "not_concerned",
        ),
        # planned use
        ({"kind": "禁止", "use": "residential"}, {"planned_use": "residential"}, "violates"),
        ({"kind": "禁止", "use": "residential"}, {"planned_use": "industrial"}, "not_concerned"),
        # limits (the site has one hectare: 10 000 m² in the plane)
        ({"limit": "area_ha <= 2"}, {}, "conforms"),
        ({"limit": "area_ha <= 0.5"}, {}, "violates"),
        ({"limit": "area_m2 < 20000; area_m2 > 30000"}, {}, "violates"),
        ({"limit": "length_m <= 5"}, {}, "manual"),  # an area has no length
        ({"limit": "area_ha <= 2", "industry": "C26"}, {}, "manual"),
        ({"limit": "area_ha <= 2", "industry": "C26"}, {"industry": "G59"}, "not_concerned"),
        ({"limit": "height_m <= 2"}, {}, "manual"),  # nobody can read it
        ({"limit": "distance_m@coastline >= 5"}, {}, "manual"),  # no such layer
    ],
)
def test_a_clause_is_decided_only_by_what_it_writes_for_a_machine(written, facts, answer):
    result = check_list(site(**facts), (clause(**written),))
    assert answers(result) == [answer]
    expected = {"violates": "prohibited"}.get(answer, "clear")
    assert verdicts(result) == [expected]


@pytest.mark.parametrize(
    ("coast_x", "answer"),
    [
        (-1000, "conforms"),  # 1100 m from the site's western side
        (-850, "violates"),  # 950 m
        (-895, "manual"),  # 995 m: within the 10 m to which the coastline is known
        (-905, "manual"),
    ],
)
def test_a_distance_within_its_error_of_the_limit_is_a_persons(coast_x, answer):
    coast = numbered(line((coast_x, -500), (coast_x, 1500)))
    said = (clause(limit="distance_m@coastline >= 1000"),)
    result = check_list(site(), said, layers=[(COAST, coast)])
    assert answers(result) == [answer]
    measured = result.further["clause"]["measured"][0]
    assert measured == pytest.approx(100 - coast_x, abs=0.5)


@pytest.mark.parametrize(("coverage", "answer"), [("complete", "conforms"), ("unknown", "manual")])
def test_only_a_layer_that_is_mapped_everywhere_keeps_a_distance(coverage, answer):
    coast = numbered(line((-2000, -500), (-2000, 1500)))
    mapped = replace(COAST, coverage=CoverageEntry(CoverageKind(coverage)))
    said = (clause(limit="distance_m@coastline >= 1000"),)
    assert answers(check_list(site(), said, layers=[(mapped, coast)])) == [answer]


def test_an_overlap_is_a_limit_too():
    fuel = numbered(rect(150, 100, 500, 500))
    said = (clause(limit="overlap_m2@nofuel <= 0"),)
    result = check_list(
        sites(rect(100, 100, 100, 100), rect(20, 100, 50, 50)), said, layers=[(NOFUEL, fuel)]
    )
    assert answers(result) == ["violates", "conforms"]


@given(
    kind=st.sampled_from(["禁止", "限制", "允许", "退出", "其他", ""]),
    industry=st.sampled_from(["", "C2614", "A0313"]),
    tags=st.sampled_from(["", "chemical", "chemical,new"]),
)
@quick
def test_a_clause_that_writes_nothing_for_a_machine_never_conforms(kind, industry, tags):
    result = check_list(site(industry=industry, tags=tags), (clause(kind=kind),))
    assert answers(result) == ["manual"]


@given(
    kind=st.sampled_from(["禁止", "限制", "允许", ""]),
    industry=st.sampled_from(["", "C26"]),
    limit=st.sampled_from(["", "area_ha <= 0.5", "area_ha <= 5"]),
    mine=st.sampled_from(["", "C2614", "G59"]),
    x=st.sampled_from([100, 950, 1950]),
)
@quick
def test_an_access_list_never_turns_a_verdict_milder(kind, industry, limit, mine, x):
    order = ["clear", "no_data", "study", "restricted", "prohibited"]
    said = (clause(kind=kind, industry=industry, limit=limit), clause(scope=EAST))
    without = verdicts(check_list(site(x=x, industry=mine), (), lists=()))[0]
    with_list = verdicts(check_list(site(x=x, industry=mine), said))[0]
    assert order.index(with_list) >= order.index(without)


# --- levels and units ---------------------------------------------------------------------------

LEVELS = (
    clause("省", "990000", "省级要求"),
    clause("市", "990100", "市级要求"),
    clause("区县", "990102", "东县要求"),
    clause("市", "990200", "别市要求"),
    clause("省", "", "没有代码的省级要求"),
    clause("市", "990100", "只对优先单元", unit_class="优先保护单元"),
    clause("海域", "990100", "只对海域"),
    clause("单元", WEST, "西单元要求"),
    clause("单元", EAST, "东单元要求"),
    clause("单元", WEST, "已失效", until="2026-11-22"),
)


def test_every_level_stands_at_its_own_and_other_divisions_stay_away():
    result = check_list(site(), LEVELS)
    rows = [(row["level"], row["clause_text"]) for row in result.further["clause"].rows()]
    assert rows == [
        ("省级", "省级要求"),
        ("市级", "市级要求"),
        ("省级", "没有代码的省级要求"),
        ("单元", "西单元要求"),
    ]


def test_a_site_in_two_units_gets_generic_clauses_once():
    result = check_list(site(x=950), LEVELS)
    texts = result.further["clause"]["clause_text"].tolist()
    assert texts == ["省级要求", "市级要求", "东县要求", "没有代码的省级要求", "西单元要求",
                     "东单元要求"]  # fmt: skip
    rows = list(result.further["site_unit"].rows())
    assert [row["code"] for row in rows] == [WEST, EAST]
    assert [row["share_pct"] for row in rows] == pytest.approx([50, 50], abs=1e-4)
    assert sum(row["overlap_area_ha"] for row in rows) == pytest.approx(1.0, rel=1e-3)
    assert [row["class_name"] for row in rows] == ["重点管控", "一般管控"]


def test_parts_of_one_unit_are_one_row():
    result = check_list(site(x=950), LEVELS, units(WEST, WEST))
    row = only(result.further["site_unit"])
    assert row["share_pct"] == pytest.approx(100)


def test_a_unit_that_is_only_touched_brings_no_clauses_but_is_listed():
    result = check_list(site(x=900), LEVELS)  # its eastern side is the common boundary
    assert {row["code"]: row["kind"] for row in result.further["site_unit"].rows()} == {
        WEST: "real",
        EAST: "touch",
    }
    assert "东单元要求" not in result.further["clause"]["clause_text"].tolist()


def test_what_a_sliver_in_a_unit_violates_needs_study_only():
    said = (clause("单元", EAST, kind="禁止", industry="C26"), clause("单元", WEST))
    result = check_list(site(x=900.05, industry="C26"), said)
    assert "violates" in answers(result)
    assert verdicts(result) == ["study"]


def test_sea_clauses_are_for_sea_units():
    sea = "HY99010010001"
    result = check_list(site(), LEVELS, units(sea, EAST))
    texts = result.further["clause"]["clause_text"].tolist()
    assert {"只对海域", "只对优先单元"} <= set(texts)


# --- wrong and missing --------------------------------------------------------------------------


def reasons(result):
    return [row["why"] for row in result.not_evaluated.rows() if row["site_id"] != "*"]


def test_outside_all_units_there_is_no_data():
    result = check_list(site(x=1950), LEVELS)
    assert verdicts(result) == ["no_data"]
    assert any("没有全部落在管控单元内" in why for why in reasons(result))


def test_a_unit_that_the_lists_do_not_know_is_no_data():
    result = check_list(site(), LEVELS, units("ZH99010129999", EAST))
    assert verdicts(result) == ["no_data"]
    assert any("ZH99010129999" in why for why in reasons(result))


def test_a_list_without_levels_gets_them_from_its_codes():
    bare = (clause("", "99", "省"), clause("", "990100", "市"), clause("", "990101", "县"),
            clause("", f"{WEST}、{EAST}", "两个单元"))  # fmt: skip
    result = check_list(site(), bare)
    said = [(row["level"], row["clause_text"]) for row in result.further["clause"].rows()]
    assert said == [("省级", "省"), ("市级", "市"), ("区县级", "县"), ("单元", "两个单元")]
    unlisted = check_list(site(), bare, units("ZH99010129999", EAST))
    assert verdicts(unlisted) == ["no_data"]


def test_a_unit_whose_class_contradicts_its_code_is_no_data():
    result = check_list(site(), LEVELS, units(WEST, EAST, kinds=["1", "3"]))
    assert verdicts(result) == ["no_data"]
    assert any("类别码为 2" in why for why in reasons(result))


def test_a_code_that_tells_no_division_is_no_data_and_says_what_is_unknown():
    result = check_list(site(), LEVELS, units("某单元3号", EAST, kinds=["2", "3"]))
    assert verdicts(result) == ["no_data"]
    row = only(result.further["site_unit"])
    assert row["code"] == "某单元3号"
    assert "不符合管控单元编码的写法" in row["unknown"]


def test_a_list_that_cannot_be_read_lets_no_site_be_clear():
    result = check_list(site(), LayerError("access.empty", path="list.csv"))
    assert verdicts(result) == ["no_data"]
    assert not result.is_complete


def test_a_list_out_of_force_is_no_list():
    old = replace(LIST, valid_to=date(2026, 1, 1))
    result = check_list(site(), LEVELS, lists=(old,))
    assert verdicts(result) == ["no_data"]


def test_clauses_that_cannot_be_joined_are_said_to_all():
    result = check_list(site(), (clause("单元", WEST), clause("流域", "某流域", "上游要求")))
    assert any("某流域" in row["why"] for row in result.not_evaluated.rows())
    assert verdicts(result) == ["clear"]


# --- the whole ----------------------------------------------------------------------------------


def test_a_violation_is_judged_by_the_rules_for_access_lists():
    said = (clause(kind="禁止", industry="C26", text="禁止新建化工项目"),)
    law = rule("Z7", Verdict.PROHIBITED, roles=("access_list",))
    result = check_list(site(industry="C2614"), said, None, law)
    finding = only(result.finding)
    assert (finding["rule_id"], finding["layer_id"]) == ("Z7", "access_list")
    assert "禁止新建化工项目" in finding["message"]
    assert result.further["clause"]["answer"].tolist() == ["不符合"]


@pytest.mark.parametrize(
    ("terms", "word"), [(Terms.THREE_LINES, "环境管控单元"), (Terms.ZONING, "生态环境管控单元")]
)
def test_both_vocabularies_can_be_chosen(terms, word):
    result = check_list(site(), LEVELS, options=Options(as_of=DAY, terms=terms))
    assert result.further["site_unit"]["what"].tolist() == [word]


def test_without_a_list_the_units_are_told_and_no_clauses():
    result = check_list(site(x=950), (), lists=())
    rows = list(result.further["site_unit"].rows())
    assert [(row["code"], row["class_name"]) for row in rows] == [
        (WEST, "重点管控"),
        (EAST, "一般管控"),
    ]
    assert "clause" not in result.further
    assert verdicts(result) == ["clear"]
    assert not any(key.startswith("access_list") for key in result.run["key"])


def test_without_a_list_a_wrong_or_missing_unit_is_no_data_too():
    wrong = check_list(site(), (), units(WEST, EAST, kinds=["1", "3"]), lists=())
    assert verdicts(wrong) == ["no_data"]
    assert any("类别码为 2" in why for why in reasons(wrong))
    assert verdicts(check_list(site(x=1950), (), lists=())) == ["no_data"]
    assert verdicts(check_list(site(), (), units("某单元3号", EAST), lists=())) == ["clear"]


def test_without_units_zones_and_lists_there_are_no_such_tables():
    result = check(site(), [(NOFUEL, numbered(rect(5000, 0, 9, 9)))], rule("A1", roles=("nofuel",)))
    assert not {"clause", "site_unit"} & set(result.further)


# --- units in an older datum --------------------------------------------------------------------

XIAN = "EPSG:2384"  # Gauss-Krüger on 117° in Xi'an 1980
FORBIDDEN = (clause(kind="禁止", industry="C26"), clause("单元", EAST))


def test_a_clause_that_a_unit_in_an_older_datum_brings_is_for_study_at_most():
    now = check_list(site(x=500, industry="C26"), FORBIDDEN)
    old = check_list(site(x=500, industry="C26"), FORBIDDEN, replace(units(WEST, EAST), crs=XIAN))
    assert (verdicts(now), verdicts(old)) == (["prohibited"], ["study"])
    assert answers(old) == ["violates"]
    assert only(old.finding)["layer_id"] == "access_list"
    assert "规则本身结论为“禁止”" in only(old.finding)["message"]


def test_a_unit_on_cgcs2000_that_brings_the_clause_too_forbids():
    later = replace(UNITS, id="later")
    layers = [(later, units(WEST, EAST))]
    old = replace(units(WEST, EAST), crs=XIAN)
    result = check_list(site(x=500, industry="C26"), FORBIDDEN, old, layers=layers)
    assert verdicts(result) == ["prohibited"]
    assert len(result.further["clause"]) == 1


@pytest.mark.parametrize(
    ("crs", "coast_x", "answer"),
    [
        (XIAN, -900, "manual"),  # 1000 m, the datum 130 m off
        (XIAN, -1200, "conforms"),
        (XIAN, -300, "manual"),  # a layer that may lie elsewhere proves no limit broken
        ("EPSG:4548", -300, "violates"),
    ],
)
def test_a_limit_on_a_layer_in_an_older_datum_is_never_broken_by_it(crs, coast_x, answer):
    coast = replace(numbered(line((coast_x, -500), (coast_x, 1500))), crs=crs)
    said = (clause(limit="distance_m@coastline >= 1000"),)
    assert answers(check_list(site(), said, layers=[(COAST, coast)])) == [answer]


# --- limits on overlaps -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "answer"),
    [(-50, "violates"), (-4, "manual"), (0, "manual"), (4, "manual"), (6, "conforms")],
)
def test_an_overlap_within_the_positional_error_is_a_persons(gap, answer):
    """The site's eastern side is at x = 200; the zone is known to 5 m."""
    fuel = numbered(rect(200 + gap, 100, 500, 500))
    rough = replace(NOFUEL, accuracy_m=5.0)
    said = (clause(limit="overlap_m2@nofuel <= 0"),)
    assert answers(check_list(site(), said, layers=[(rough, fuel)])) == [answer]


@pytest.mark.parametrize(
    ("shape", "answer"),
    [
        (line((50, 150), (250, 150)), "manual"),  # crosses the zone, and shares no area with it
        (line((50, 150), (90, 150)), "manual"),
        (rect(120, 120, 10, 10), "violates"),
        (rect(20, 120, 10, 10), "conforms"),
    ],
)
def test_only_an_area_has_an_overlap_in_square_metres(shape, answer):
    fuel = numbered(rect(100, 100, 100, 100))
    said = (clause(limit="overlap_m2@nofuel <= 0"),)
    assert answers(check_list(sites(shape), said, layers=[(NOFUEL, fuel)])) == [answer]


@pytest.mark.parametrize("lost", [LayerError("layer.unknown_crs", layer="x", path="x"), None])
def test_a_layer_that_is_lost_beside_one_that_is_read_keeps_no_limit(lost):
    far = numbered(rect(5000, 100, 10, 10))
    unmapped = replace(NOFUEL, id="more", coverage=CoverageEntry(CoverageKind.UNKNOWN))
    layers = [(NOFUEL, far), (unmapped, lost or far)]
    said = (clause(limit="overlap_m2@nofuel <= 0"), clause(limit="distance_m@nofuel >= 10"))
    assert answers(check_list(site(), said, layers=layers)) == ["manual", "manual"]
    assert answers(check_list(site(), said, layers=layers[:1])) == ["conforms", "conforms"]


# --- element zones ------------------------------------------------------------------------------

ZONE_FIELDS = {"id": "BM", "name": "MC", "element": "HJYS", "subtype": "YSXL", "zone_class": "FL"}
ZONES = entry("zones", "element_zone", fields=ZONE_FIELDS)


def zones_said(code="", name="", element="", kind="", zone_class=""):
    """What ``site_unit`` says of a site in one zone, as its layer writes it."""
    written = {"BM": code, "MC": name, "HJYS": element, "YSXL": kind, "FL": zone_class}
    layer = table([rect(0, 0, 1000, 1000)], **{key: [text] for key, text in written.items()})
    result = check_list(site(), (), layers=[(ZONES, layer)], lists=())
    return only(result.further["site_unit"], layer_id="zones")


@pytest.mark.parametrize(
    ("written", "element", "class_name", "zone"),
    [
        # from the code
        ({"code": "YS9901012340001"}, "大气环境", "重点管控", "大气环境受体敏感重点管控区"),
        # from the columns of the layer, the code being the town's own
        (
            {"code": "Q-07", "element": "大气", "kind": "受体敏感重点管控区"},
            *("大气环境", "重点管控", "大气环境受体敏感重点管控区"),
        ),
        ({"code": "S-1", "element": "水环境", "kind": "水环境工业污染重点管控区"},
         "水环境", "重点管控", "水环境工业污染重点管控区"),
        ({"code": "T-1", "element": "4", "kind": "建设用地污染风险重点管控区", "zone_class": "2"},
         "土壤环境", "重点管控", "建设用地污染风险重点管控区"),
        ({"code": "T-2", "element": "土壤", "zone_class": "一般管控区"},
         "土壤环境", "一般管控", ""),
        # from the zone's name
        ({"code": "1", "name": "汐城区大气环境弱扩散重点管控区（甲）"},
         "大气环境", "重点管控", "大气环境弱扩散重点管控区"),
        ({"code": "2", "name": "农用地优先保护区"}, "土壤环境", "优先保护", "农用地优先保护区"),
        # what no table knows stays in the layer's words
        ({"code": "3", "element": "水", "kind": "河口湿地管控区"}, "水环境", "", "河口湿地管控区"),
        ({"code": "4", "kind": "水环境某某管控区"}, "水环境", "", "水环境某某管控区"),
        # digits that no table knows, with the layer's words
        ({"code": "YS9901012390001", "kind": "大气环境其他重点管控区"},
         "大气环境", "重点管控", "大气环境其他重点管控区"),
        ({"code": "5", "name": "甲区"}, "", "", ""),
    ],
)  # fmt: skip
def test_an_element_zone_is_told_by_its_code_or_by_what_its_layer_says(
    written, element, class_name, zone
):
    row = zones_said(**written)
    assert (row["element"], row["class_name"], row["zone"]) == (element, class_name, zone)
    assert row["share_pct"] == pytest.approx(100)
    assert row["what"] == "生态环境要素管控分区"


def test_a_zone_whose_code_contradicts_its_layer_follows_the_code_and_says_so():
    row = zones_said(code="YS9901012340001", element="水环境", zone_class="一般管控区")
    assert (row["element"], row["class"]) == ("大气环境", "2")
    assert "“3”表示“大气环境”，图层写明为“水环境”" in row["unknown"]
    assert "“2”表示“重点管控”，图层写明为“一般管控”" in row["unknown"]


def test_zones_of_several_elements_at_a_site_are_all_told():
    layer = table([rect(0, 0, 1000, 1000), rect(0, 0, 150, 1000)], BM=["1", "2"],
                  MC=["水环境一般管控区", "大气环境高排放重点管控区"])  # fmt: skip
    result = check_list(site(), (), layers=[(ZONES, layer)], lists=())
    found = result.further["site_unit"].where("layer_id", "zones").rows()
    rows = [(row["element"], round(row["share_pct"])) for row in found]
    assert sorted(rows) == [("大气环境", 50), ("水环境", 100)]


def test_a_unit_whose_code_tells_no_class_has_the_layer_s():
    result = check_list(site(), (), units("某单元3号", EAST, kinds=["优先保护", "3"]), lists=())
    row = only(result.further["site_unit"])
    assert (row["class"], row["class_name"]) == ("1", "优先保护")


def test_blocks_and_threads_change_nothing():
    many = sites(*[rect(30 * number, 100, 40, 40) for number in range(60)],
                 industry=["C26", "G59", ""] * 20)  # fmt: skip
    said = (*LEVELS, clause(kind="禁止", industry="C26"))
    whole = check_list(many, said)
    parts = check_list(many, said, options=Options(as_of=DAY, block_sites=7, workers=2))
    for one, other in zip(whole.tables, parts.tables, strict=True):
        assert one.name == other.name
        for column in one.columns:
            assert np.array_equal(one[column.name].astype(str), other[column.name].astype(str))


def test_facts_are_compared_once_for_each_combination(monkeypatch):
    asked = []
    wanted = clause_conditions._is_listed
    monkeypatch.setattr(
        clause_conditions, "_is_listed", lambda *said: asked.append(said) or wanted(*said)
    )
    many = sites(*[rect(10 * n, 100, 5, 5) for n in range(90)], industry=["C26", "G59"] * 45)
    check_list(many, (clause(kind="禁止", industry="C26"),))
    assert len(asked) == 2
