# SPDX-License-Identifier: GPL-2.0-or-later
"""Uses all of the plugin, unloads and loads it, ten times, and counts what each time leaves."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

from docks import check, open_map, part, take_sites, the_dock
from inventory import inventory, living, remove_foreign_messages
from pictures import rest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QAbstractItemModel, QObject
from qgis.PyQt.QtWidgets import QAction, QApplication
from qgis.utils import iface, loadPlugin, plugins, reloadPlugin, startPlugin, unloadPlugin
from script import given, run_in_window, settle

NAME = "eco_onemap"
TURNS = 10


def use_it_all() -> list[weakref.ref[Any]]:
    """Check, draw, open every dialog; return what the plugin then holds."""
    open_map(Path(given()["catalogue"]))
    dock = the_dock()
    take_sites(dock, Path(given()["sites"]))
    assert "verdicts" in check(dock)
    dock.result.findings.choose_first()
    part(dock, "DrawingBar").start("Polygon")
    desk = plugins[NAME]._window._desk
    for action in desk.menu.actions():
        if action.text() in given()["actions"]:
            action.trigger()
            rest(0.2)
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    opened = sum(type(each).__module__.startswith(NAME) for each in windows)
    assert opened == len(given()["actions"]), opened
    held: list[QObject] = [dock, desk, plugins[NAME]._window, iface.mapCanvas().mapTool()]
    held += desk.menu.actions() + dock.findChildren(QAction)
    held += dock.findChildren(QAbstractItemModel)
    assert len(held) > 15
    return [weakref.ref(each) for each in held]


def turn() -> dict[str, Any]:
    """Use the plugin, unload it, and return what is left of it."""
    held = use_it_all()
    assert unloadPlugin(NAME)
    QgsProject.instance().clear()
    found = {"living": living(), "inventory": inventory()}
    gc.collect()
    found["held"] = sorted(repr(each()) for each in held if each() is not None)
    loadPlugin(NAME)
    startPlugin(NAME)
    return found


def steps() -> dict[str, Any]:
    """Return what each turn left, and what the window had at first and has in the end."""
    remove_foreign_messages()
    first = inventory()
    turns = [turn() for _ in range(TURNS)]
    for _ in range(TURNS):
        reloadPlugin(NAME)
    settle()
    return {"first": first, "turns": turns, "last": inventory()}


run_in_window(steps)
