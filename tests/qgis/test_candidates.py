# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidates drawn one after another in a real window; lists are read without scrolling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import package
import pytest

from tests.qgis.tours import CORNERS, TEXTS
from tests.qgis.windows import DARK, in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures" / "candidates"
WIDEST_DOCK = 530
"""Of a screen of 1280 pixels, so that more than a third is left to the map."""


@pytest.fixture(scope="module", params=[("zh-Hans", DARK), ("en", "")], ids=["zh dark", "en light"])
def found(request, plugins: Path, tmp_path_factory) -> dict[str, Any]:
    locale, theme = request.param
    given = {"sample": TEXTS[locale]["sample"], "corners": CORNERS}
    given["pictures"] = str(PICTURES / locale)
    more = {"theme": theme} if theme else {}
    folder = tmp_path_factory.mktemp(locale)
    answer = in_window("candidates.py", plugins, folder, given=given, locale=locale, **more)
    return {**answer, "locale": locale}


def test_sites_are_drawn_one_after_another(found):
    drawing, word = found["drawing"], "方案" if found["locale"] == "zh-Hans" else "Candidate "
    assert drawing["corners"] == [3, 2, 3, 4, 4]
    assert drawing["names"] == [f"{word}{number}" for number in (1, 2, 3)]
    assert drawing["written"] == drawing["names"]  # on the map, too
    assert (drawing["undone"], drawing["redone"]) == (2, 3)
    assert (drawing["still drawing"], drawing["ended"]) == (True, True)


def test_a_name_is_typed_over_and_stands_above_its_column(found):
    assert found["renamed"] == "滨海方案"
    assert found["compared"][2] == "D2\n滨海方案"
    assert len(found["compared"]) == 4


def test_nothing_is_cut_at_the_docks_first_width(found):
    assert found["width"] <= WIDEST_DOCK
    assert {name: hidden for name, hidden in found["hidden"].items() if hidden} == {}


def test_a_click_goes_to_the_nearest_feature_and_writes_how_far_it_is(found):
    nearest, metre = found["nearest"], "米" if found["locale"] == "zh-Hans" else "m"
    rings = [f"{distance} {metre}" for distance in (500, 1000, 2500)]
    assert nearest["written"][:3] == rings
    assert nearest["written"][-1] == nearest["distance"]
    assert (nearest["zoomed out"], nearest["stays"]) == (True, True)
    assert found["left on the map"] == []


def test_a_result_that_is_older_than_the_sites_is_told_so(found):
    assert (found["said"], found["said after a change"]) == (False, True)


def test_the_usual_keys_paste_and_undo_in_the_dock(found):
    assert (found["pasted"], found["pasting undone"]) == ("clipboard", True)
