# SPDX-License-Identifier: GPL-2.0-or-later
"""Register entries without a boundary are found by name, and never let a site be clear."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eco_onemap.core.measures import name_matches
from eco_onemap.core.measures.name_likeness import plain_address, plain_name
from eco_onemap.core.measures.name_matches import candidate_pairs, match_names

from .worlds import check, entry, objects, only, rect, rule, sites, table


@pytest.mark.parametrize(
    ("site", "registered", "alike"),
    [
        ("原海湾农药厂地块（只有四至）", "原海湾农药厂地块", True),
        ("海湾农药厂新建宿舍", "原海湾农药厂", True),
        ("东山化工有限公司扩建", "东山化工有限公司", True),  # 公司 is no part of the name
        ("西山化工有限公司", "东山化工有限公司", False),  # only a common ending
        ("海湾市第一化工厂", "海湾市第二化工厂", False),
        ("仓库", "仓库", False),  # too short to mean anything
        ("", "原海湾农药厂", False),
        ("Harbour Pesticide Works, north", "Harbour Pesticide Works", True),
    ],
)
def test_names_are_alike_when_most_of_the_registered_name_is_in_the_other(site, registered, alike):
    pairs = match_names(objects([site]), objects([registered]), np.array([True]))
    assert (len(pairs.site) == 1) is alike


def test_only_features_without_a_geometry_are_matched():
    names = objects(["原海湾农药厂", "原海湾农药厂"])
    pairs = match_names(objects(["别处", "海湾农药厂"]), names, np.array([False, True]))
    assert (pairs.site.tolist(), pairs.feature.tolist()) == ([1], [1])


def test_a_site_that_bears_the_name_of_a_boundless_entry_needs_study():
    # one parcel far away, one without a boundary whose name the site bears
    register = table(
        [rect(9000, 0, 10, 10), None], id=["a", "b"], name=["远处", "原海湾农药厂地块"]
    )
    zone = entry("register", "soil_register", fields={"id": "id", "name": "name"})
    result = check(
        named_sites("海湾农药厂宿舍", "别的项目"),
        [(zone, register)],
        rule("S1", roles=("soil_register",)),
    )
    assert result.site_verdict["verdict"].tolist() == ["study", "clear"]
    finding = only(result.finding)
    assert (finding["feature_id"], finding["rule_id"]) == ("b", "S1")
    assert "原海湾农药厂地块" in finding["message"]


# --- against a table made by hand ---------------------------------------------------------------

PAIRS = Path(__file__).parents[1] / "data" / "names" / "pairs.csv"
with PAIRS.open(encoding="utf-8", newline="") as stream:
    JUDGED = list(csv.DictReader(stream))
"""Pairs of a site and a register entry, and whether a person would compare them: judged from the
words alone, before any of them was tried."""


def is_candidate(row):
    columns = ("site_name", "entry_name", "site_address", "entry_address")
    site, entry_, here, there = (objects([row[name]]) for name in columns)
    return len(match_names(site, entry_, np.array([True]), here, there).site) == 1


def test_candidates_are_those_that_a_person_would_compare():
    """All near misses are told apart but a shop (销售门市) and a long common end (厂家属院)."""
    told = [row for row in JUDGED if is_candidate(row)]
    right = [row for row in told if row["same"] == "yes"]
    wanted = [row for row in JUDGED if row["same"] == "yes"]
    assert len(JUDGED) >= 100
    assert min(len(wanted), len(JUDGED) - len(wanted)) >= 50
    assert len(right) / len(told) >= 0.96  # precision
    assert len(right) / len(wanted) >= 0.98  # recall


@pytest.mark.parametrize(
    "why",
    [
        *("一厂 and 二厂", "东路 and 西路", "南路 and 北路", "full and half width"),
        *("turned abbreviation", "numbered streets", "Chinese and Arabic numeral"),
        *("another district", "letters that number"),
    ],
)
def test_near_misses_and_spellings_are_judged_as_a_person_would(why):
    rows = [row for row in JUDGED if row["why"] == why]
    assert rows
    assert [is_candidate(row) for row in rows] == [row["same"] == "yes" for row in rows]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("（原）海湾市第二十三化工厂　地块", "海湾23化工厂"),
        ("ＨＷ化工仓储", "hw化工仓储"),
        ("A区 电镀厂", "A电镀厂"),
        ("二〇一五年海湾农药厂三期", "海湾农药厂"),
        ("一百零三厂", "103厂"),
        ("", ""),
        (None, ""),
    ],
)
def test_names_are_brought_into_one_writing(written, plain):
    assert plain_name(written) == plain


@pytest.mark.parametrize("address", ["海湾市汐城区", "海湾市", ""])
def test_a_district_is_no_address(address):
    assert plain_address(address) == ""


def grams(text):
    return {text[start : start + 2] for start in range(len(text) - 1)}


@pytest.mark.parametrize("most", [1, 5, 1000])
def test_candidates_share_two_runs_of_two_characters(monkeypatch, most):
    monkeypatch.setattr(name_matches, "MOST_AT_ONCE", most)
    rng = np.random.default_rng(8)
    texts, others = (
        objects(["".join(rng.choice(list("厂湾农药𠮷"), rng.integers(0, 9))) for _ in range(count)])
        for count in (40, 25)
    )
    found = list(
        zip(*(numbers.tolist() for numbers in candidate_pairs(texts, others)), strict=True)
    )
    assert found == [
        (number, other)
        for number, text in enumerate(texts)
        for other, known in enumerate(others)
        if len(grams(text) & grams(known)) >= 2
    ]


def test_sites_of_one_name_are_all_told_and_by_what_is_more_alike():
    # two sites of one name; the register holds the name twice, once with the second site's address
    pairs = match_names(
        objects(["原海湾农药厂", "海湾农药厂", "别处"]),
        objects(["海湾农药厂北", "有界", "海湾农药厂北"]),
        np.array([True, False, True]),
        objects(["", "海湾市东路12号", ""]),
        objects(["", "", "海湾市东路12号"]),
    )
    told = Counter(zip(pairs.site.tolist(), pairs.feature.tolist(), pairs.by, strict=True))
    assert told == {(0, 0, "name"): 1, (0, 2, "name"): 1, (1, 0, "name"): 1, (1, 2, "address"): 1}


def named_sites(*names):
    shapes = [rect(500 * number, 0, 100, 100) for number in range(len(names))]
    return replace(sites(*shapes), names=objects(list(names)))
