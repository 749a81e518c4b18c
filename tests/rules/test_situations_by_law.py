# SPDX-License-Identifier: GPL-2.0-or-later
"""Red line, water, sea, receptors: what the national pack says of situations, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.options import Options
from eco_onemap.core.sites.project_tags import implied_tags, imply
from eco_onemap.paths import resource
from tests.core.worlds import (
    DAY,
    MemoryRaster,
    check,
    entry,
    line,
    only,
    point,
    rect,
    sites,
    table,
)

RULES = read_pack(resource("rules", "cn-national.yaml")).rules
TAGS = sorted({tag for rule in RULES for tag in rule.projects.tags})
HERE = rect(0, 0, 100, 100)
RIGHT_HERE = [rect(-500, -500, 1000, 1000)]


def layer(role, shapes=None, **attributes):
    """A layer of one feature that covers the site, unless told."""
    shapes = shapes or RIGHT_HERE
    count = len(shapes)
    columns = {name: [value] * count for name, value in attributes.items()}
    fields = {"id": "id", "name": "name", **{name: name for name in attributes}}
    ids = [f"{role}{number}" for number in range(count)]
    return entry(role, role, fields=fields), table(shapes, id=ids, name=ids, **columns)


def judge(layers, tags="", shape=HERE, day=DAY, **facts):
    """Return verdict and rules that speak; tags that are not stated are denied."""
    stated = imply(tags.split())
    denied = [tag for tag in TAGS if tag not in stated]
    said = {name: [value] for name, value in facts.items()}
    site = sites(shape, tags=[",".join(stated)], not_tags=[",".join(denied)], **said)
    roles = {item.role for item, _ in layers}
    mine = [rule for rule in RULES if roles & set(rule.roles)]
    result = check(site, layers, *mine, options=Options(as_of=day))
    found = {row["rule_id"]: row["verdict"] for row in result.finding.rows()}
    return result.site_verdict["verdict"][0], found


# --- red line -----------------------------------------------------------------------------------

KINDS = yaml.safe_load(resource("project_tags.yaml").read_text(encoding="utf-8"))
TEN = sorted(KINDS["limited_activity"])
RED = layer("eco_redline", in_core="否", domain="land")
CORE = layer("eco_redline", in_core="是", domain="land")


def test_the_ten_kinds_are_ten():
    assert len(TEN) == 10
    assert {implied_tags()[kind] for kind in TEN} == {"limited_activity"}


@pytest.mark.parametrize("kind", TEN)
def test_each_kind_of_limited_activity_turns_prohibited_into_its_procedure(kind):
    plain, _ = judge([RED], "production_development new")
    assert plain == "prohibited"
    _, found = judge([RED], f"production_development new {kind}")
    assert "R2" not in found  # not prohibited
    assert found["R3"] == "study"  # restricted, capped: 142号 was not compared with its text
    nominal = next(rule for rule in RULES if rule.id == "R3")
    assert nominal.verdict.value == "restricted"
    assert "认定意见" in nominal.advice["zh"]


def test_a_national_major_project_goes_to_the_state_council():
    _, found = judge([RED], "production_development national_major")
    assert "R2" not in found
    assert found["R4"] == "study"
    nominal = next(rule for rule in RULES if rule.id == "R4")
    assert (nominal.verdict.value, "不可避让论证" in nominal.advice["zh"]) == ("restricted", True)


@pytest.mark.parametrize("tags", ["limited_patrol", "national_major", "production_development"])
def test_in_the_core_nothing_helps(tags):
    verdict, found = judge([CORE], tags)
    assert (verdict, found["R1"]) == ("prohibited", "prohibited")


@pytest.mark.parametrize(
    ("others", "tags", "verdict", "rule"),
    [
        # permitted by the red line, forbidden by water law: the strictest counts
        ([layer("drinking_zone", level="1")], "limited_tourism", "prohibited", "W1"),
        ([layer("reserve", kind="自然保护区", zone="一般控制区", grade="省")],
         "limited_tourism", "restricted", "N2"),  # strictly limited there (法典 864)
        ([layer("wetland", grade="国家重要", mangrove="0")], "limited_linear", "prohibited", "N5"),
        ([], "limited_tourism", "study", "R3"),
    ],
)  # fmt: skip
def test_the_strictest_of_all_layers_wins(others, tags, verdict, rule):
    said, found = judge([RED, *others], tags)
    assert said == verdict
    assert found[rule] == verdict


# --- water --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "tags", "verdict", "rule"),
    [
        ("1", "new", "prohibited", "W1"),
        ("1", "new water_supply", "clear", ""),
        ("1", "new intake", "clear", ""),  # an intake is water supply
        ("一级保护区", "new", "prohibited", "W1"),
        ("2", "new discharges_pollutants", "prohibited", "W2"),
        ("2", "new", "restricted", "W2b"),
        ("3", "new heavy_water_pollution", "prohibited", "W3"),
        ("准保护区", "expand heavy_water_pollution", "prohibited", "W3"),
        ("3", "rebuild increases_discharge", "prohibited", "W3r"),
        ("3", "rebuild", "restricted", "W3b"),
        # outfalls: forbidden in the zone proper, which the quasi zone lies outside of (317, 318)
        ("1", "outfall water_supply", "prohibited", "W4"),
        ("2", "outfall", "prohibited", "W4"),
        ("3", "outfall", "restricted", "W3b"),
        ("Ⅳ", "new", "study", "W0"),
    ],
)
def test_levels_of_drinking_water_zones(level, tags, verdict, rule):
    said, found = judge([layer("drinking_zone", level=level)], tags)
    assert said == verdict
    assert (rule in found) or rule == ""


# --- sea ----------------------------------------------------------------------------------------

SEA_RED = layer("eco_redline", in_core="否", domain="sea")


@pytest.mark.parametrize(
    ("layers", "tags", "verdict", "rule"),
    [
        # outfalls
        ([SEA_RED], "industrial_outfall", "prohibited", "R6"),
        ([SEA_RED], "sewage_outfall", "prohibited", "R6"),
        ([layer("special_water", kind="海水浴场")], "sewage_outfall", "prohibited", "C4"),
        ([layer("special_water", kind="重要渔业水域")], "industrial_outfall", "prohibited", "C4"),
        # function classes
        ([layer("sea_function", **{"class": "1"})], "outfall", "study", "C3"),  # 1999: to compare
        ([layer("sea_function", **{"class": "2"})], "outfall", "study", "C3b"),
        ([layer("sea_function", **{"class": "3"})], "outfall", "clear", ""),
        # sea use
        ([layer("sea_function", **{"class": "4"})], "reclamation", "study", "C6"),
        ([layer("sea_function", **{"class": "4"})], "reclamation national_major", "clear", ""),
        ([layer("aquaculture", kind="禁养区")], "aquaculture", "prohibited", "C7"),
        ([layer("aquaculture", kind="限养区")], "aquaculture", "restricted", "C7b"),
        # setback
        ([layer("setback", width=200)], "building", "restricted", "C2"),
        ([layer("setback", width=200)], "linear", "clear", ""),
        # key sea areas and risk
        ([layer("sea_risk", key_area="是", level="1")], "sea_project", "restricted", "Z4"),
        ([layer("sea_risk", key_area="否", level="1")], "sea_project", "clear", ""),
        ([layer("sea_risk", key_area="否", level="4")], "", "study", "Z5"),
        ([layer("sea_risk", key_area="否", level="2")], "", "clear", ""),
    ],
)  # fmt: skip
def test_sea(layers, tags, verdict, rule):
    said, found = judge(layers, tags)
    assert said == verdict
    assert (rule in found) or rule == ""


@pytest.mark.parametrize(
    ("kind", "tags", "verdict"),
    [
        ("自然岸线", "coastal_project", "prohibited"),  # stated not to be approved
        ("严格保护岸线", "coastal_project", "prohibited"),
        ("自然岸线", "coastal_project coast_use_approved", "clear"),
        ("人工岸线", "coastal_project", "clear"),
    ],
)
def test_the_length_of_coastline_is_reported(kind, tags, verdict):
    coast = layer("coastline", [line((-300, 40), (400, 40))], type=kind)
    denied = [tag for tag in TAGS if tag not in tags.split()]
    mine = [rule for rule in RULES if "coastline" in rule.roles]
    result = check(
        sites(HERE, tags=[tags.replace(" ", ",")], not_tags=[",".join(denied)]),
        [coast],
        *mine,
        options=Options(as_of=DAY),
    )
    assert result.site_verdict["verdict"][0] == verdict
    row = only(result.site_layer)
    assert row["overlap_length_m"] == pytest.approx(100, abs=0.05)
    if verdict == "prohibited":
        length = f"{row['overlap_length_m']:.2f} m"
        assert length in only(result.finding, rule_id="C1")["message"]


@pytest.mark.parametrize(
    ("risk", "verdict"), [(1, "clear"), (2, "clear"), (3, "study"), (4, "study")]
)
def test_classes_of_the_risk_raster(risk, verdict):
    # cells of a hundredth of a degree around the site, all of one class
    values = np.full((40, 40), float(risk))
    grid = entry(
        "grid", "sea_risk_grid", classes={1: "低", 2: "较低", 3: "较高", 4: "高"}, fields={}
    )
    info = RasterInfo(
        "EPSG:4490", (117.8, 0.01, 0, 24.7, 0, -0.01), 40, 40, None, "grid.tif", "3" * 64
    )
    mine = [rule for rule in RULES if "sea_risk_grid" in rule.roles]
    result = check(
        sites(HERE), [], *mine, rasters=[(grid, MemoryRaster(values, info))],
        options=Options(as_of=DAY),
    )  # fmt: skip
    assert result.site_verdict["verdict"][0] == verdict
    assert only(result.raster_class)["share_pct"] == pytest.approx(100)


# --- the project as what others endanger --------------------------------------------------------


def at(distance, role, **attributes):
    return layer(role, [point(100 + distance, 50)], **attributes)


@pytest.mark.parametrize("kind", ["school", "hospital", "elderly_home", "housing"])
@pytest.mark.parametrize(
    ("source", "distance", "verdict"),
    [
        ("heavy_metal", 995, "study"), ("heavy_metal", 1005, "clear"),
        ("risk_source", 995, "study"), ("risk_source", 1005, "clear"),
        ("soil_suspect", 195, "study"), ("soil_suspect", 205, "clear"),
    ],
)  # fmt: skip
def test_sensitive_projects_are_checked_against_risk_sources(kind, source, distance, verdict):
    assert judge([at(distance, source)], kind)[0] == verdict
    assert judge([at(distance, source)], "")[0] == "clear"  # a warehouse is no receptor


@pytest.mark.parametrize(
    ("source", "distance", "verdict"),
    [("outfall", 995, "study"), ("outfall", 1005, "clear"), ("heavy_metal", 995, "study"),
     ("soil_register", 995, "study")],
)  # fmt: skip
def test_an_intake_is_checked_against_outfalls_and_risk_sources(source, distance, verdict):
    assert judge([at(distance, source)], "intake")[0] == verdict


@pytest.mark.parametrize(
    ("role", "distance", "rule", "verdict"),
    [("incinerator", 295, "H6", "study"), ("incinerator", 305, "", "clear"),
     ("protection_distance", None, "H5", "study")],
)  # fmt: skip
def test_protection_distances_hold_for_receptors(role, distance, rule, verdict):
    there = layer(role) if distance is None else at(distance, role)
    said, found = judge([there], "school")
    assert said == verdict
    assert (rule in found) or rule == ""
