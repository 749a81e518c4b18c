# SPDX-License-Identifier: GPL-2.0-or-later
"""Installs the plugin from its zip, as QGIS's plugin manager does, and opens the sample city."""

from __future__ import annotations

from typing import Any

import pyplugin_installer
from pictures import drawn, our_action, rest
from qgis.utils import active_plugins, iface, plugins
from script import given, run_in_window

NAME = "eco_onemap"


def steps() -> dict[str, Any]:
    """Return whether the plugin was there before, whether it is after, and what it shows."""
    before = NAME in plugins
    pyplugin_installer.instance().installFromZipFile(given()["zip"])
    rest(1.0)
    our_action(given()["sample"]).trigger()
    drawn()
    return {
        "before": before,
        "after": NAME in plugins and NAME in active_plugins,
        "layers": len(iface.mapCanvas().layers()),
        "place": plugins[NAME].__class__.__module__,
    }


run_in_window(steps)
