# SPDX-License-Identifier: GPL-2.0-or-later
"""Preferences are remembered, and what is broken in the settings does not break the plugin."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsApplication, QgsSettings, QgsVectorLayer

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import parse_date
from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.gui.results.panel import ResultPanel
from eco_onemap.gui.settings.page import SettingsPage
from eco_onemap.layout.layers import load_catalogue
from eco_onemap.qgis_bridge.preferences import (
    NATIONAL_PACK,
    AreaUnit,
    Preferences,
    read_preferences,
    write_preferences,
)
from tests.qgis.world import DAY, World, make_world

OTHERS = Preferences(
    area_units=(AreaUnit.HECTARE, AreaUnit.MU),
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


@pytest.mark.parametrize(
    ("name", "broken"), [("area_decimals", "-1"), ("cache_mib", "much"), ("area_units", "acre")]
)
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


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


def default_of(algorithm: str, parameter: str) -> object:
    """Return what the dialog of an algorithm proposes now."""
    made = QgsApplication.processingRegistry().createAlgorithmById(f"ecoonemap:{algorithm}")
    return made.parameterDefinition(parameter).defaultValue()


def overlaps_as_copied(panel: ResultPanel) -> dict[str, str]:
    """Return the row of the layer concerned by its headings, as the clipboard gets it."""
    (view,) = [view for view in panel.findChildren(ListingView) if "Share" in view.copied_text()]
    headings, row = (line.split("\t") for line in view.copied_text().splitlines())
    return dict(zip(headings, row, strict=True))


def test_lists_tell_areas_in_the_units_and_places_of_the_settings(world):
    panel = ResultPanel()
    panel.show_assessment(world.assessment())
    panel.show_site("a")  # its right half lies in zone I: about 5,000 m²
    usual = overlaps_as_copied(panel)
    assert float(usual["m²"].replace(",", "")) == pytest.approx(5000, rel=1e-3)
    assert float(usual["mu"]) == pytest.approx(7.5, rel=1e-3)
    write_preferences(replace(Preferences(), area_units=(AreaUnit.MU,), area_decimals=1))
    panel.refresh()
    found = overlaps_as_copied(panel)
    assert found["mu"] == "7.5"
    assert not {"m²", "ha"} & set(found)
    assert panel.site_id == "a"


def test_dialogs_propose_the_files_of_the_settings(processing_module):
    assert default_of("sitingcheck", "CATALOGUE") is None
    assert default_of("sitingcheck", "RULES") is None
    write_preferences(OTHERS)
    for algorithm in ("sitingcheck", "makemaps", "makestripmaps"):
        assert default_of(algorithm, "CATALOGUE") == OTHERS.catalogue
    for algorithm in ("sitingcheck", "makemaps"):
        assert default_of(algorithm, "RULES") == [str(NATIONAL_PACK), *OTHERS.packs]


def test_a_check_that_names_no_packs_and_no_catalogue_takes_those_of_the_settings(
    processing_module, world
):
    write_preferences(Preferences(catalogue=str(world.catalogue), packs=(str(world.rules),)))
    parameters = {"SITES_FILE": str(world.sites), "FINDING": "TEMPORARY_OUTPUT"}
    found = processing_module.run("ecoonemap:sitingcheck", parameters)
    rules = {feature["rule_id"] for feature in found["FINDING"].getFeatures()}
    assert "T1" in rules  # of the pack in the settings
    assert len(rules) > 1  # and of the national one


def test_the_cache_is_no_larger_than_the_settings_allow(processing_module, world, own_cache):
    processing_module.run("ecoonemap:sitingcheck", world.parameters())
    assert len(list(own_cache.glob("*.npz"))) > 1
    for path in own_cache.iterdir():
        path.unlink()
    write_preferences(Preferences(cache_mib=0))
    processing_module.run("ecoonemap:sitingcheck", world.parameters())
    assert len(list(own_cache.glob("*.npz"))) == 1  # the one compiled last is always kept


def colours(world: World) -> set[str]:
    """Return the colours of the zones on a map, where they are a red line."""
    text = world.catalogue.read_text(encoding="utf-8").replace("drinking_zone", "eco_redline")
    path = world.folder / "redline.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_catalogue(read_catalogue(path), parse_date(DAY))
    zones = next(layer for layer in loaded.layers.values() if layer.name().startswith("饮用水"))
    assert isinstance(zones, QgsVectorLayer)
    return {item.symbol().color().name() for item in zones.renderer().legendSymbolItems()}


def test_maps_are_coloured_by_the_scheme_of_the_settings(world):
    usual = colours(world)
    write_preferences(Preferences(scheme="planning"))
    assert colours(world) != usual
