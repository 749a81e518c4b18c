# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads, unloads and reloads the plugin in a QGIS window and counts what is there each time."""

from __future__ import annotations

import logging
import sys
from typing import Any

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QAbstractAnimation, QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis.utils import iface, loadPlugin, plugins, reloadPlugin, startPlugin, unloadPlugin
from script import run_in_window, settle

NAME = "eco_onemap"


def inventory() -> dict[str, Any]:
    """Return what a plugin could leave behind."""
    settle()
    window, project = iface.mainWindow(), QgsProject.instance()
    registry, log = QgsApplication.processingRegistry(), QgsApplication.messageLog()
    return {
        "widgets": len(QApplication.allWidgets()),
        "objects": len(lasting(window.findChildren(QObject))),
        "actions": len(window.findChildren(QAction)),
        "docks": sorted(dock.objectName() for dock in window.findChildren(QDockWidget)),
        "messages": len(iface.messageBar().items()),
        "providers": sorted(provider.id() for provider in registry.providers()),
        "algorithms": len(registry.algorithms()),
        "handlers": {
            "layersAdded": project.receivers(project.layersAdded),
            "cleared": project.receivers(project.cleared),
            "readProject": project.receivers(project.readProject),
            "providerAdded": registry.receivers(registry.providerAdded),
            "messageReceived": log.receivers(log.messageReceived),
            "mapToolSet": iface.mapCanvas().receivers(iface.mapCanvas().mapToolSet),
            "excepthook": repr(sys.excepthook),
            "logging": len(logging.getLogger().handlers),
        },
        "layout items": len(QgsGui.layoutItemGuiRegistry().itemMetadataIds()),
        "translators": len(QCoreApplication.instance().findChildren(QObject)),
    }


def lasting(objects: list[QObject]) -> list[QObject]:
    """Return the objects without the animations that a window plays while it arranges docks."""
    return [each for each in objects if not isinstance(each, QAbstractAnimation)]


def remove_foreign_messages() -> None:
    """Take what QGIS itself says off the message bar: it would go at some time, and be missed."""
    bar = iface.messageBar()
    for item in bar.items():
        if item.title() != "Eco One Map":
            bar.popWidget(item)
    settle()


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
