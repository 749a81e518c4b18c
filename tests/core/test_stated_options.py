# SPDX-License-Identifier: GPL-2.0-or-later
"""Options as users write them: what is silent is as usual, what cannot be read is said."""

from __future__ import annotations

import math
from datetime import date

import pytest

from eco_onemap.core.errors import OptionError, OverrideError
from eco_onemap.core.options import Options
from eco_onemap.core.stated_options import DEFAULT_RINGS, state_options
from eco_onemap.core.zoning.vocabulary import Terms


def test_what_nobody_states_is_as_usual():
    assert state_options() == Options()
    assert DEFAULT_RINGS == "500,1000,2500"


def test_each_statement_arrives():
    stated = state_options(
        as_of="2026-08-14",
        rings="300, 50",
        tags="limited_patrol",
        site_accuracy_m=0.5,
        transformation_m=2.0,
        consult_m=0.0,
        terms="three_lines",
        start_chainage="K12+340",
        is_reversed=True,
        approach_m=300.0,
    )
    assert (stated.as_of, stated.rings_m) == (date(2026, 8, 14), (50.0, 300.0))
    assert stated.tags == {"limited_patrol", "limited_activity"}  # the second is implied
    assert (stated.site_accuracy_m, stated.transformation_m, stated.consult_m) == (0.5, 2.0, 0.0)
    assert stated.terms is Terms.THREE_LINES
    assert (stated.start_chainage_m, stated.is_reversed, stated.approach_m) == (12_340, True, 300)


@pytest.mark.parametrize("name", ["site_accuracy_m", "transformation_m", "consult_m", "approach_m"])
@pytest.mark.parametrize("value", [-1.0, 100_001.0, math.nan, math.inf])
def test_metres_that_are_none_are_refused_by_name(name, value):
    with pytest.raises(OptionError, match=f"{name} is .*; give 0 to 100000 metres"):
        state_options(**{name: value})


def test_other_words_and_files_are_refused(tmp_path):
    with pytest.raises(OptionError, match="'old' names no vocabulary; known are: three_lines"):
        state_options(terms="old")
    with pytest.raises(OverrideError, match=r"none\.yaml"):
        state_options(overrides=tmp_path / "none.yaml")
