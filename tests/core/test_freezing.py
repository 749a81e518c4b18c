# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check was given, as JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from eco_onemap.core.law.overrides import Override, Overrides
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.when import Ask, Bound, Branch, How, Limit, Question
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.results.freezing import freeze, thaw
from eco_onemap.core.results.inputs import (
    Inputs,
    freeze_inputs,
    inputs_table,
    read_inputs_table,
    thaw_inputs,
)
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.paths import resource, sample
from eco_onemap.readers.sites import read_sites

OVERRIDE = Override(
    *("S1", "R1", "redline", "7"), Verdict.STUDY, "ab-cd", "surveyed", "Li", date(2026, 1, 2)
)
TREE = Branch(
    How.ALL,
    (
        Question(Ask.NEAR, "a", where={"level": [1, 2]}, distance_m=1000.0),
        Branch(How.NOT, (Question(Ask.AS_OF, "b", days=((Bound.LT, date(2026, 8, 15)),)),)),
        Question(Ask.OVERLAP, "c", limit=Limit("area_m2", ((Bound.GT, 1.5),))),
    ),
)


def through_json(value):
    return thaw(json.loads(json.dumps(freeze(value), ensure_ascii=False, allow_nan=False)))


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 0, -1, 1.5, 1e-300, "红线", "", ()),
        *(date(2026, 11, 23), Verdict.CLEAR, frozenset({"a", "b"}), {1: "低", "x": (1, 2)}),
        *([1, [2]], ((1,), {"a": frozenset()}), message("step.writing", what="x")),
        *(Overrides((OVERRIDE,), "o.yaml"), TREE, Options(tags=frozenset({"new"}))),
    ],
)
def test_values_come_back(value) -> None:
    again = through_json(value)
    assert again == value
    assert type(again) is type(value)


def test_what_is_no_number_comes_back() -> None:
    again = through_json((float("nan"), float("inf"), np.array([1.0, np.nan])))
    assert np.isnan(again[0])
    assert again[1] == float("inf")
    np.testing.assert_array_equal(again[2], [1.0, np.nan])


def test_geometries_come_back_to_the_last_bit() -> None:
    point = shapely.Point(118.1 / 3, 24.5 / 7)
    assert shapely.to_wkb(through_json(point)) == shapely.to_wkb(point)
    array = np.array([point, None], dtype=object)
    again = through_json(array)
    assert again.dtype == object
    assert again.tolist() == array.tolist()


def test_other_classes_do_not_go_in_or_out() -> None:
    with pytest.raises(TypeError, match="Path"):
        freeze(resource("rules"))
    with pytest.raises(KeyError):
        thaw({"$": "Path", "value": "x"})


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    packs = (
        read_pack(resource("rules", "cn-national.yaml")),
        read_pack(sample("rules-haiwan.yaml")),
    )
    options = Options(
        as_of=date(2026, 11, 23), workers=7, block_sites=3, overrides=Overrides((OVERRIDE,), "/x/o")
    )
    sites = build_site_set(read_sites(sample("sites.gpkg")))
    return Inputs(sites, read_catalogue(sample("onemap.yaml")), packs, options)


def test_inputs_come_back(inputs) -> None:
    again = thaw_inputs(json.loads(json.dumps(freeze_inputs(inputs))))
    assert [pack.rules for pack in again.packs] == [pack.rules for pack in inputs.packs]
    assert again.sites.digest() == inputs.sites.digest()
    assert again.sites.facts == inputs.sites.facts
    assert again.options == replace(
        inputs.options, workers=1, block_sites=2000, overrides=Overrides((OVERRIDE,), "o")
    )
    for entry, expected in zip(again.catalogue.layers, inputs.catalogue.layers, strict=True):
        assert str(sample(entry.source)) == expected.source
        assert replace(entry, source="", coverage=expected.coverage) == replace(expected, source="")


def test_folders_and_passwords_stay_here(inputs) -> None:
    first = replace(inputs.catalogue.layers[0], source="postgresql://me:secret@host/db")
    second = replace(inputs.catalogue.layers[1], source="/home/me/elsewhere/water.gpkg")
    catalogue = replace(inputs.catalogue, layers=(first, second))
    text = json.dumps(freeze_inputs(replace(inputs, catalogue=catalogue)), ensure_ascii=False)
    assert [word for word in (str(sample()), "/home/", "secret", "/x/") if word in text] == []
    assert "water.gpkg" in text


def test_inputs_come_back_from_their_table(inputs) -> None:
    table = inputs_table(inputs)
    rows = list(zip(table["key"], table["value"], strict=True))
    again = read_inputs_table(rows, inputs.sites.geometries)
    assert again.sites.digest() == inputs.sites.digest()
    assert again.packs[1].rules == inputs.packs[1].rules
