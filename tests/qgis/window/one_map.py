# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens one maps in a QGIS window: colours switched from the menu, marks in the tree, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pictures import drawn, fill_screen, our_action, rest, take_picture
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QToolBar, QToolButton
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


def button_of(name: str) -> QToolButton:
    """Return the plugin's button in the toolbar whose action has a name."""
    toolbar = iface.mainWindow().findChild(QToolBar, "EcoOneMapToolbar")
    action = next(each for each in toolbar.actions() if each.objectName() == name)
    return toolbar.widgetForAction(action)


def recent(texts_only: bool = True) -> list[Any]:
    """Return what the arrow beside the button lists, as words or as actions."""
    menu = button_of("EcoOneMapOpen").menu()
    menu.aboutToShow.emit()
    listed = [action for action in menu.actions() if not action.isSeparator()]
    return [action.text() for action in listed] if texts_only else listed


def labels_at(scale: float, role: str) -> int:
    """Return how many names of a layer the canvas draws at a scale, around its first feature."""
    layer = next(
        each
        for each in QgsProject.instance().mapLayers().values()
        if each.customProperty("eco_onemap/layer") == role
    )
    canvas = iface.mapCanvas()
    bounds = next(layer.getFeatures()).geometry().boundingBox()
    canvas.setCenter(canvas.mapSettings().layerExtentToOutputExtent(layer, bounds).center())
    canvas.zoomScale(scale)
    drawn()
    labels = canvas.labelingResults().allLabels()
    return sum(label.layerID == layer.id() for label in labels)


def open_and_open_again(asked: dict[str, Any]) -> dict[str, Any]:
    """Open the sample city by its button; return what the buttons offer before and after."""
    found: dict[str, Any] = {"at first": recent()}
    sample = button_of("EcoOneMapSample")
    found["sample offered"] = [sample.isVisible()]
    QTest.mouseClick(sample, Qt.MouseButton.LeftButton)
    drawn()
    found["sample offered"].append(sample.isVisible())
    root = QgsProject.instance().layerTreeRoot()
    found["groups"] = [group.name() for group in root.findGroups()[0].findGroups()]
    found["recent"] = recent()
    scales = {scale: labels_at(scale, "sensitive") for scale in asked["scales"]}
    found["names"] = list(scales.values())
    our_action(asked["close"]).trigger()
    rest(0.3)
    found["sample offered"].append(button_of("EcoOneMapSample").isVisible())
    found["layers when closed"] = len(QgsProject.instance().mapLayers())
    recent(texts_only=False)[0].trigger()
    drawn()
    return found


def steps() -> dict[str, Any]:
    """Return colours, marks and tips."""
    asked = given()
    folder = Path(asked["pictures"])
    fill_screen()
    iface.newProject()
    found = open_and_open_again(asked)
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
    found["recent in the end"] = recent()
    found["told"] = [item.text() for item in iface.messageBar().items()]
    return found


run_in_window(steps)
