# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens one maps in a QGIS window: colours switched from the menu, marks in the tree, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pictures import drawn, fill_screen, our_action, take_picture
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.utils import iface, plugins
from script import given, run_in_window


def fill_of(layer_id: str) -> str:
    """Return the colour that a layer of the one map is filled with."""
    for layer in QgsProject.instance().mapLayers().values():
        if layer.customProperty("eco_onemap/layer") == layer_id:
            return layer.renderer().symbol().color().name()
    raise LookupError(layer_id)


def marks_of(part: Any) -> dict[str, list[str]]:
    """Return the tips of the marks behind each layer's name."""
    found: dict[str, list[str]] = {}
    for node, mark in part._marks._marks:
        shown = iface.layerTreeView().indicators(node)
        assert mark in shown
        found.setdefault(node.name(), []).append(mark.toolTip())
    return found


def tips() -> dict[str, str]:
    """Return what the tree says of each layer when the mouse rests on it."""
    model = iface.layerTreeView().layerTreeModel()
    return {
        node.name(): model.data(model.node2index(node), Qt.ItemDataRole.ToolTipRole)
        for node in model.rootGroup().findLayers()
    }


def steps() -> dict[str, Any]:
    """Return colours, marks and tips."""
    asked, found = given(), {}
    folder = Path(asked["pictures"])
    fill_screen()
    iface.newProject()
    our_action(asked["sample"]).trigger()
    drawn()
    found["colours"] = [fill_of("redline")]
    menu = our_action(asked["colours"]).menu()
    for number, action in list(enumerate(menu.actions()))[::-1]:
        action.trigger()
        found["colours"].append(fill_of("redline"))
        drawn()
        iface.messageBar().clearWidgets()
        take_picture(iface.mainWindow(), folder / f"colours_{number}.png")
    part = next(p for p in plugins["eco_onemap"]._window._parts if hasattr(p, "open_map"))
    found["sample marks"] = marks_of(part)
    part.open_map(Path(asked["broken"]))
    for group in QgsProject.instance().layerTreeRoot().findGroups(True):
        group.setExpanded(True)
    drawn()
    take_picture(iface.mainWindow(), folder / "broken.png")
    found["marks"], found["tips"] = marks_of(part), tips()
    found["told"] = [item.text() for item in iface.messageBar().items()]
    return found


run_in_window(steps)
