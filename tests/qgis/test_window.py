# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin in a real QGIS window: what it brings, what it leaves, and the toolbox's dialog."""

from __future__ import annotations

from pathlib import Path

import pytest

from eco_onemap.paths import resource
from tests.qgis.windows import in_window
from tests.qgis.world import World, make_world, plain_rows

pytestmark = pytest.mark.slow


def test_unloading_leaves_nothing(plugins: Path, tmp_path: Path) -> None:
    found = in_window("loading.py", plugins, tmp_path)
    assert found["started"]
    assert found["notice"] == []
    assert "ecoonemap" in found["loaded"]["providers"]
    assert "ecoonemap" not in found["before"]["providers"]
    assert found["after"] == found["before"]
    assert found["again"] == found["loaded"] == found["reloaded"]


def test_ten_times_of_use_leave_nothing(plugins: Path, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    given = {"catalogue": str(world.catalogue), "sites": str(world.sites)}
    given["actions"] = ["Build a catalogue…", "Health check…", "Guide", "About Eco One Map"]
    found = in_window("reloading.py", plugins, tmp_path, given=given, locale="en", seconds=280)
    second, *later = found["turns"][1:]  # the first time QGIS makes what it keeps, as for drawing
    assert len(later) == 8
    assert [turn for turn in later if turn != second] == []
    for turn in found["turns"]:
        assert turn["living"]["widgets"] == {}
        assert turn["held"] == []
    assert found["last"]["handlers"] == found["first"]["handlers"]
    assert found["last"]["docks"] == found["first"]["docks"]
    assert found["last"]["actions"] == found["first"]["actions"]


def test_missing_packages_are_said_in_the_message_bar(plugins: Path, tmp_path: Path) -> None:
    # in an empty folder there is no shapely 2
    found = in_window("loading.py", plugins, tmp_path, packages=str(tmp_path))
    assert len(found["notice"]) == 1
    assert "shapely>=2" in found["notice"][0]
    assert "ecoonemap" not in found["loaded"]["providers"]
    assert found["loaded"]["messages"] == found["before"]["messages"] + 1
    assert found["after"] == found["before"]


def test_dialog_gives_the_digits_of_the_python_call(plugins: Path, tmp_path: Path) -> None:
    world: World = make_world(tmp_path)
    expected = world.assessment(resource("rules", "cn-national.yaml"))
    maps = {"MAPS_FOLDER": str(tmp_path / "maps")}
    given = world.parameters(SITE_VERDICT="TEMPORARY_OUTPUT", SITE_LAYER="TEMPORARY_OUTPUT", **maps)
    found = in_window("dialog.py", plugins, tmp_path, given=given)
    assert found["finished"] == [True], found["log"]
    assert "Catalogue of the one map" in found["labels"]
    layers = {name: [tuple(row) for row in rows] for name, rows in found["layers"].items()}
    assert layers["Verdicts"] == plain_rows(expected.site_verdict)
    assert layers["Sites and layers"] == plain_rows(expected.site_layer)
    assert layers["Findings"] == plain_rows(expected.finding)
    assert found["results"]["SITE_COUNT"] == 3
    assert "cn-national" in found["log"]
    assert len(list((tmp_path / "maps").glob("*.pdf"))) == 2, found["log"]


def test_a_use_of_the_network_is_seen(plugins: Path, tmp_path: Path) -> None:
    """The watch that all tests of the window are under hears Python's sockets and Qt's requests."""
    with pytest.raises(AssertionError, match="off the network") as seen:
        in_window("network.py", plugins, tmp_path)
    assert "socket.__new__" in str(seen.value)
    assert "socket.connect" in str(seen.value)
    assert "udp 00000000:0000" in str(seen.value)  # the system's own list
    assert "http://127.0.0.1:9/x" in str(seen.value)
