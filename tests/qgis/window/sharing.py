# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks beside another window that uses the same cache, which is emptied all the while."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docks import check, open_map, take_sites, the_dock
from pictures import wait_until
from script import given, run_in_window

from eco_onemap.readers.compiled_cache import CompiledCache

TURNS = 6


def steps() -> list[dict[str, Any]]:
    """Return what each check gave."""
    dock = the_dock()
    open_map(Path(given()["catalogue"]))
    take_sites(dock, Path(given()["sites"]))
    Path(given()["mine"]).touch()
    wait_until(Path(given()["other"]).exists, 60.0)
    found = []
    for turn in range(TURNS):
        if turn < TURNS - 1:
            CompiledCache().clear()
        dock.layers.forget()
        found.append(check(dock))
    return found


run_in_window(steps)
