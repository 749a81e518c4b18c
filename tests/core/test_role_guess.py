# SPDX-License-Identifier: GPL-2.0-or-later
"""Roles guessed for layers as offices hand them over, and for the sample city in disguise."""

from __future__ import annotations

import pytest

from eco_onemap.core.layers.building.description import FieldDescription, Form, LayerDescription
from eco_onemap.core.layers.building.guess import Certainty
from eco_onemap.core.layers.building.names import find_words, make_word
from eco_onemap.core.layers.building.role_guess import guess_role
from eco_onemap.core.layers.building.vocabulary import role_title, roles
from eco_onemap.core.messages import Message
from tests.core.described import described, realistic_layers

LAYERS = realistic_layers()


def test_there_are_enough_layers() -> None:
    assert len(LAYERS) >= 60
    assert len({row["role"] for row in LAYERS} - {None}) >= 30


@pytest.mark.parametrize("row", LAYERS, ids=lambda row: row["name"])
def test_roles_are_guessed(row: dict) -> None:
    guesses = guess_role(described(row))
    taken = [guess.role for guess in guesses if guess.certainty.is_taken]
    asked = row.get("ask", False) or row["role"] is None
    assert taken == ([] if asked else [row["role"]])
    if row["role"] is not None:
        assert guesses[0].role == row["role"]


@pytest.mark.parametrize("row", LAYERS, ids=lambda row: row["name"])
def test_guesses_have_reasons_in_both_languages(row: dict) -> None:
    for guess in guess_role(described(row)):
        assert guess.reasons
        for reason in guess.reasons:
            assert reason.text("en") != reason.text("zh")


def test_only_the_first_guess_is_more_than_doubtful() -> None:
    for row in LAYERS:
        assert all(g.certainty is Certainty.DOUBTFUL for g in guess_role(described(row))[1:])


def test_sure_takes_two_kinds_of_evidence() -> None:
    by_name = LayerDescription("生态保护红线", "/a.shp", form=Form.POLYGON)
    assert guess_role(by_name)[0].certainty is Certainty.LIKELY
    fields = (FieldDescription("HXMC", ("甲山红线",)), FieldDescription("SFHXBHQ", ("是",)))
    by_both = LayerDescription("生态保护红线", "/a.shp", form=Form.POLYGON, fields=fields)
    assert guess_role(by_both)[0].certainty is Certainty.SURE


@pytest.mark.parametrize(
    ("role", "form", "values"),
    [
        ("control_unit", Form.POLYGON, ["ZH35020310001", "ZH35020320002"]),
        ("control_unit", Form.POLYGON, ["优先保护单元", "一般管控单元"]),
        ("element_zone", Form.POLYGON, ["YS3502031110001", "YS3502032210002"]),
        ("drinking_zone", Form.POLYGON, ["一级保护区", "二级保护区", "准保护区"]),
        ("farmland_class", Form.POLYGON, ["优先保护类", "安全利用类", "严格管控类"]),
        ("aquaculture", Form.POLYGON, ["禁养区", "限养区", "养殖区"]),
        ("reserve", Form.POLYGON, ["核心保护区", "一般控制区"]),
        ("coastline", Form.LINE, ["自然岸线", "人工岸线"]),
        ("sensitive", Form.POINT, ["学校", "医院", "村庄"]),
    ],
)
def test_values_tell_a_role_where_names_tell_nothing(
    role: str, form: Form, values: list[str]
) -> None:
    field = FieldDescription("F1", tuple(values))
    best = guess_role(LayerDescription("图层1", "/data/a.shp", form=form, fields=(field,)))[0]
    assert (best.role, best.certainty) == (role, Certainty.LIKELY)
    assert values[0] in best.reasons[0].text("zh")


def test_a_form_that_does_not_fit_is_no_guess_to_take() -> None:
    found = guess_role(LayerDescription("环境管控单元", "/a.shp", form=Form.LINE))
    assert [guess.certainty for guess in found] in ([], [Certainty.DOUBTFUL])


def test_the_longest_word_hides_those_in_it() -> None:
    words = [make_word("红线", "a", 1), make_word("用地红线", "", 0), make_word("取水口", "b", 1)]
    assert [f.word.role for f in find_words("项目用地红线", words)] == []
    assert [f.word.role for f in find_words("用地红线和红线", words)] == ["a"]
    found = {f.word.role: f.is_last for f in find_words("红线内取水口", words)}
    assert found == {"a": False, "b": True}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("STBHHX_2024", True),
        ("xmstbhhx", True),
        ("Eco Red-Line", True),
        ("ecoRedLine2", True),
        ("redlines", True),
        ("hired line", False),
        ("sheng_tai_bao_hu_hong_xian", True),
        ("shengtaibaohuhongxian", True),
        ("生态 保护 红线（公示）", True),
    ],
)
def test_words_in_latin_letters_and_chinese(name: str, found: bool) -> None:
    words = [
        make_word(text, "eco_redline", 1.0)
        for text in ("stbhhx", "red line", "sheng tai bao hu hong xian", "生态保护红线")
    ]
    assert bool(find_words(name, words)) is found


def test_every_role_has_a_title() -> None:
    assert [role for role in roles() if not isinstance(role_title(role), Message)] == []
