# SPDX-License-Identifier: GPL-2.0-or-later
"""Fields guessed for layers as offices hand them over, and the traps that are known of them."""

from __future__ import annotations

import pytest

from eco_onemap.core.layers.building.description import FieldDescription
from eco_onemap.core.layers.building.field_guess import guess_fields
from eco_onemap.core.layers.building.field_names import Likeness, likeness
from eco_onemap.core.layers.building.guess import Certainty
from tests.core.described import described, realistic_layers

LAYERS = [row for row in realistic_layers() if row["role"] is not None]


def fields(**columns: list[str]) -> list[FieldDescription]:
    return [FieldDescription(name, tuple(values)) for name, values in columns.items()]


@pytest.mark.parametrize("row", LAYERS, ids=lambda row: row["name"])
def test_fields_are_guessed(row: dict) -> None:
    found = guess_fields(row["role"], described(row).fields)
    assert {name: found[name].source for name in row["map"] if name in found} == row["map"]
    doubted = {name for name in row["map"] if not found[name].certainty.is_taken}
    assert doubted == set(row.get("doubtful", ()))


@pytest.mark.parametrize("row", LAYERS, ids=lambda row: row["name"])
def test_nothing_else_is_taken_for_an_attribute(row: dict) -> None:
    found = guess_fields(row["role"], described(row).fields)
    taken = {name: guess.source for name, guess in found.items() if guess.certainty.is_taken}
    extra = {name: field for name, field in taken.items() if name not in row["map"]}
    # what the row does not map is an identifier that names the same field, or a plain number
    allowed = {"id", "code", "unit_code"}
    assert {n: f for n, f in extra.items() if n not in allowed and not n.startswith("area_")} == {}


def test_area_is_a_county_where_it_holds_names() -> None:
    found = guess_fields("control_unit", fields(AREA=["甲县", "乙区"], MJ=["12.5", "3"]))
    assert found["county"].source == "AREA"
    assert found["county"].certainty.is_taken


def test_area_is_an_area_where_it_holds_numbers() -> None:
    found = guess_fields("control_unit", fields(AREA=["12.5", "30.25"]), [12.5e6, 30.25e6])
    assert "county" not in found
    assert (found["area_km2"].source, found["area_km2"].certainty) == ("AREA", Certainty.SURE)


@pytest.mark.parametrize("name", ["PWWPFGK", "WRWPFGK", "污染物排放管控", "污染物排放管控\n"])
def test_the_misspelt_emission_field_is_known(name: str) -> None:
    found = guess_fields("control_unit", fields(**{name: ["达标排放"]}))
    assert found["req_emission"].source == name


CODES = ["ZH35020310001", "ZH35020320002", "ZH35020330003"]
ZONES = ["YS3502031110001", "YS3502032210002", "YS3502033310003"]
NAMES = ["甲单元", "乙单元", "丙单元"]
DEMAND = ["禁止新建化工项目。", "达标排放。", "建设应急池。"]
SEEN_IN_PRACTICE = [
    ("control_unit", "HJGKDYBM", CODES, "unit_code"),
    ("control_unit", "HJZHGKDYBM", CODES, "unit_code"),
    ("control_unit", "hjgkdybm", CODES, "unit_code"),
    ("control_unit", "环境综合管控单元编码", CODES, "unit_code"),
    ("control_unit", "HJGKDYMC", NAMES, "name"),
    ("control_unit", "HJZHGKDYMC", NAMES, "name"),
    ("control_unit", "ZHGKDYFL", ["1", "2", "3"], "unit_class"),
    ("control_unit", "ZHGKDYFL", ["优先保护单元", "重点管控单元", "一般管控单元"], "unit_class"),
    ("control_unit", "PROV", ["福建省"] * 3, "province"),
    ("control_unit", "CITY", ["厦门市"] * 3, "city"),
    ("control_unit", "COUNTY", ["思明区", "湖里区", "海沧区"], "county"),
    ("control_unit", "AREA", ["思明区", "湖里区", "海沧区"], "county"),
    ("control_unit", "KJBJYS", DEMAND, "req_space"),
    ("control_unit", "空间布局约束\n", DEMAND, "req_space"),
    ("control_unit", "PWWPFGK", DEMAND, "req_emission"),
    ("control_unit", "WRWPFGK", DEMAND, "req_emission"),
    ("control_unit", "HJFXFK", DEMAND, "req_risk"),
    ("control_unit", "ZYKFXLYQ", DEMAND, "req_resource"),
    ("control_unit", "REMARKS", DEMAND, "remark"),
    ("control_unit", "备注", DEMAND, "remark"),
    ("element_zone", "HJYSGKFQBM", ZONES, "id"),
    ("element_zone", "STHJYSGKFQBM", ZONES, "id"),
    ("element_zone", "SHJGKFQBM", ZONES, "id"),
    ("element_zone", "DQHJGKFQBM", ZONES, "id"),
    ("element_zone", "SHJGKFQMC", NAMES, "name"),
    ("element_zone", "DQHJGKFQMC", NAMES, "name"),
    ("element_zone", "HJYS", ["水", "大气", "生态"], "element"),
    ("element_zone", "YSXL", ["工业污染", "弱扩散", "红线"], "subtype"),
    ("element_zone", "LYMC", ["九龙江", "晋江", "闽江"], "basin"),
    ("element_zone", "HDMC", ["北溪", "西溪", "南溪"], "river"),
    ("eco_redline", "XQBH", ["X-01", "X-02", "X-03"], "id"),
    ("eco_redline", "XQMC", ["甲山", "乙水", "丙岛"], "name"),
    ("eco_redline", "AREA_KM2", ["1.5", "2.25", "30.1"], "area_km2"),
]
"""Fields of public platforms and services, as they spell them, and what they hold."""


@pytest.mark.parametrize(("role", "name", "values", "internal"), SEEN_IN_PRACTICE)
def test_fields_seen_in_practice_are_known(
    role: str, name: str, values: list[str], internal: str
) -> None:
    areas = [float(value) * 1e6 for value in values] if internal.startswith("area") else ()
    guess = guess_fields(role, fields(**{name: values}), areas)[internal]
    assert guess.source == name
    assert guess.certainty.is_taken


@pytest.mark.parametrize(
    ("unit", "factor"), [("m2", 1.0), ("ha", 1e-4), ("km2", 1e-6), ("mu", 3 / 2000)]
)
def test_the_unit_of_an_area_is_found_by_measuring(unit: str, factor: float) -> None:
    measured = [120_000.0, 3_400_000.0, 50_500.0]
    values = [f"{area * factor * 1.01:.6f}" for area in measured]
    found = guess_fields("eco_redline", fields(MJ=values), measured)
    assert {name for name in found if name.startswith("area_")} == {f"area_{unit}"}
    assert found[f"area_{unit}"].certainty is Certainty.SURE


def test_an_area_that_nothing_tells_the_unit_of_is_doubtful() -> None:
    found = guess_fields("eco_redline", fields(MJ=["12.5", "3.1"]))
    assert found["area_m2"].certainty is Certainty.DOUBTFUL


def test_an_area_that_belies_its_name_is_doubtful() -> None:
    found = guess_fields("eco_redline", fields(AREA_KM2=["12", "34"]), [12e4, 34e4])
    assert found["area_ha"].certainty is Certainty.DOUBTFUL


def test_a_name_whose_values_do_not_fit_is_doubtful_or_none() -> None:
    found = guess_fields("drinking_zone", fields(BHQJB=["甲水库", "乙水库"]))
    assert "level" not in found or not found["level"].certainty.is_taken


def test_two_fields_that_fit_as_well_are_doubtful() -> None:
    found = guess_fields("control_unit", fields(HJGKDYBM_1=["a", "b"], HJGKDYBM_2=["c", "d"]))
    assert found["id"].certainty is Certainty.DOUBTFUL
    assert "HJGKDYBM_2" in found["id"].reasons[-1].text("zh")


def test_codes_that_do_not_tell_features_apart_are_no_identifier() -> None:
    found = guess_fields("admin", fields(XZQDM=["350203"] * 30))
    assert "id" not in found or not found["id"].certainty.is_taken


def test_a_free_role_gets_what_every_layer_has() -> None:
    found = guess_fields("my_own_role", fields(MC=["甲", "乙"], BHQJB=["1", "2"], XZQDM=["1", "2"]))
    assert set(found) == {"id", "name"}


@pytest.mark.parametrize(
    ("name", "spelling", "kind"),
    [
        ("HJGKDYBM", "hjgkdybm", Likeness.SAME),
        ("hjgkdybm ", "hjgkdybm", Likeness.SAME),
        ("空间布局约束\n", "空间布局约束", Likeness.SAME),
        ("DKMC_1", "dkmc", Likeness.REPAIRED),
        ("STHJYSGKFQ", "sthjysgkfqbm", Likeness.CUT_OFF),  # ten bytes of twelve
        ("环境管", "环境管控单元编码", Likeness.CUT_OFF),  # ten bytes of UTF-8 hold three letters
        ("环境管控单", "环境管控单元编码", Likeness.CUT_OFF),  # and ten bytes of GBK five
        ("环境", "环境管控单元编码", None),  # no shapefile cuts so early
        ("HJGK", "hjgkdybm", None),
        ("红线编码", "编码", Likeness.ENDING),
        ("zone_code", "code", Likeness.ENDING),
        ("barcode", "code", None),
        ("LYMC", "mc", Likeness.ENDING),
    ],
)
def test_likeness_of_names(name: str, spelling: str, kind: Likeness | None) -> None:
    assert likeness(name, (spelling,))[0] is kind
