# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads, unloads and reloads the plugin in a QGIS window and counts what is there each time."""

from __future__ import annotations

from typing import Any

from inventory import inventory, remove_foreign_messages
from qgis.utils import iface, loadPlugin, plugins, reloadPlugin, startPlugin, unloadPlugin
from script import run_in_window

NAME = "eco_onemap"


def steps() -> dict[str, Any]:
    """Return inventories before, with and after the plugin."""
    remove_foreign_messages()
    started = NAME in plugins
    loaded = inventory()
    notice = [item.text() for item in iface.messageBar().items()]
    unloadPlugin(NAME)
    before = inventory()
    for _ in range(3):
        loadPlugin(NAME)
        startPlugin(NAME)
        again = inventory()
        unloadPlugin(NAME)
    after = inventory()
    loadPlugin(NAME)
    startPlugin(NAME)
    reloadPlugin(NAME)
    return {
        "started": started,
        "notice": notice,
        "loaded": loaded,
        "before": before,
        "again": again,
        "after": after,
        "reloaded": inventory(),
    }


run_in_window(steps)
