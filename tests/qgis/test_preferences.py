# SPDX-License-Identifier: GPL-2.0-or-later
"""Preferences are remembered, and what is broken in the settings does not break the plugin."""

from __future__ import annotations

import pytest
from qgis.core import QgsSettings

from eco_onemap.gui.settings.page import SettingsPage
from eco_onemap.qgis_bridge.preferences import (
    Preferences,
    read_preferences,
    write_preferences,
)

OTHERS = Preferences(
    area_decimals=2,
    scheme="planning",
    catalogue="/data/海湾市/onemap.yaml",
    packs=("/data/省.yaml", "/data/市, 县.yaml"),
    cache_mib=512,
    organisation="海湾市环境科学研究院",
    maker="王一",
)


@pytest.fixture(autouse=True)
def no_settings():
    QgsSettings().remove("eco_onemap")
    yield
    QgsSettings().remove("eco_onemap")


def test_a_new_profile_has_the_usual_preferences():
    assert read_preferences() == Preferences()


def test_preferences_are_remembered():
    write_preferences(OTHERS)
    assert read_preferences() == OTHERS


@pytest.mark.parametrize(("name", "broken"), [("area_decimals", "-1"), ("cache_mib", "much")])
def test_a_broken_setting_is_the_usual_one(name, broken):
    write_preferences(OTHERS)
    QgsSettings().setValue(f"eco_onemap/{name}", broken)
    found = read_preferences()
    assert getattr(found, name) == getattr(Preferences(), name)
    assert found.catalogue == OTHERS.catalogue


def test_the_page_shows_and_stores_all_of_them():
    told = []
    page = SettingsPage(lambda: told.append("changed"))
    assert page.preferences() == Preferences()
    page.show_preferences(OTHERS)
    assert page.preferences() == OTHERS
    assert read_preferences() == Preferences()  # nothing is stored before it is accepted
    page.apply()
    assert read_preferences() == OTHERS
    assert told == ["changed"]
