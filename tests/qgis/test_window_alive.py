# SPDX-License-Identifier: GPL-2.0-or-later
"""The window goes on painting while the dock checks ten thousand sites in the background."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from eco_onemap.gui.siting.courtesy import window_first
from tests.qgis.windows import in_window
from tests.qgis.world import make_world, many_sites

SITES, LONGEST_S = 10_000, 280.0

ALIVE = 20 / 95
"""Frames in the slowest second of a check to those of the window at rest: 20 of some 95."""


@pytest.mark.slow
def test_the_slowest_second_of_a_check_has_frames(plugins: Path, tmp_path: Path) -> None:
    world = make_world(tmp_path)
    given = {"catalogue": str(world.catalogue), "checks": ["check"]}
    given["sites"] = str(many_sites(tmp_path / "many.gpkg", SITES))
    found = in_window("alive.py", plugins, tmp_path, given=given, seconds=LONGEST_S)
    assert found["sites"] == SITES
    assert found["check"]["seconds"] > 1.0  # long enough to have a slowest second
    assert found["check"]["slowest_of_processor"] > ALIVE * found["idle"]["slowest"], found


def test_the_interpreter_is_as_before_after_a_check() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    with pytest.raises(ZeroDivisionError), window_first():
        assert sys.getswitchinterval() < before[0]
        assert gc.get_threshold()[:2] == before[1][:2]
        assert gc.isenabled()
        _ = 1 / 0
    assert (sys.getswitchinterval(), gc.get_threshold()) == before
