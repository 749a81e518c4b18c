# SPDX-License-Identifier: GPL-2.0-or-later
"""Codes of control units and element zones tell what they can; none is rejected."""

from __future__ import annotations

import pytest

from eco_onemap.core.zoning.codes import parse_unit_code, parse_zone_code
from eco_onemap.core.zoning.vocabulary import Terms, find_unit_class, term


@pytest.mark.parametrize(
    ("written", "domain", "admin", "unit_class", "serial"),
    [
        ("ZH42052620003", "land", "420526", "2", "0003"),  # 宜昌兴山, seen in use
        ("ZH44060620002", "land", "440606", "2", "0002"),  # 佛山顺德, seen in use
        ("HY35020010007", "sea", "350200", "1", "0007"),
        (" zh42052620003\n", "land", "420526", "2", "0003"),
        ("ＺＨ４２０５２６２０００３", "land", "420526", "2", "0003"),
    ],
)
def test_a_unit_code_tells_domain_division_class_and_serial(
    written, domain, admin, unit_class, serial
):
    code = parse_unit_code(written)
    assert (code.domain, code.admin, code.unit_class, code.serial) == (
        domain,
        admin,
        unit_class,
        serial,
    )
    assert code.unknown == ()


@pytest.mark.parametrize(
    ("written", "known", "unknown"),
    [
        ("ZX42052620003", ("", "420526", "2"), ["code.prefix"]),
        ("ZH42052690003", ("land", "420526", "9"), ["code.class"]),
        ("ZH420526200031", ("land", "420526", "2"), ["code.serial"]),
        ("ZX4205269003", ("", "420526", "9"), ["code.prefix", "code.class", "code.serial"]),
        ("0526-优先-03", ("", "", ""), ["code.unit_pattern"]),
        ("", ("", "", ""), ["code.unit_pattern"]),
    ],
)
def test_what_a_unit_code_does_not_tell_is_named(written, known, unknown):
    code = parse_unit_code(written)
    assert (code.domain, code.admin, code.unit_class) == known
    assert [note.key for note in code.unknown] == unknown
    assert code.text == written


@pytest.mark.parametrize(
    ("written", "zone", "element"),
    [
        ("YS5101122310001", "大气环境高排放重点管控区", "大气环境"),
        ("YS5101121110002", "生态保护红线", "生态"),
        ("YS5101122230003", "水环境农业污染重点管控区", "水环境"),
        ("YS5101122420003", "建设用地污染风险重点管控区", "土壤环境"),
        ("YS5101122540003", "高污染燃料禁燃区", "自然资源"),
    ],
)
def test_a_zone_code_tells_element_and_kind(written, zone, element):
    code = parse_zone_code(written)
    assert code.zone_name.text("zh") == zone
    assert code.element_name.text("zh") == element
    assert code.unknown == ()


def test_an_unknown_zone_keeps_what_is_known_of_it():
    code = parse_zone_code("YS5101122990001")
    assert (code.admin, code.class_name.text("zh")) == ("510112", "重点管控")
    assert not code.zone_name
    assert [note.key for note in code.unknown] == ["code.zone"]


@pytest.mark.parametrize(
    ("text", "digit"),
    [("1", "1"), ("优先保护", "1"), ("优先保护单元", "1"), ("优先", "1"), ("重点管控类", "2"),
     ("一般管控单元", "3"), ("特殊", ""), ("", "")],
)  # fmt: skip
def test_classes_are_found_in_words(text, digit):
    assert find_unit_class(text) == digit


def test_both_vocabularies_have_their_words():
    assert term(Terms.THREE_LINES, "unit").text("zh") == "环境管控单元"
    assert term(Terms.ZONING, "unit").text("zh") == "生态环境管控单元"
    assert term(Terms.THREE_LINES, "system").text("zh") == "三线一单"
