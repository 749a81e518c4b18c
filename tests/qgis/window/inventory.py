# SPDX-License-Identifier: GPL-2.0-or-later
"""What a plugin could leave behind in a QGIS window."""

from __future__ import annotations

import gc
import logging
import sys
from collections import Counter
from typing import Any

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QAbstractAnimation, QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis.utils import iface
from script import settle

OURS = ("eco_onemap.gui", "eco_onemap.plugin", "eco_onemap.processing.provider")
PARTS = ("Part", "Window", "Plugin", "Task")


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
            "saved": project.receivers(project.projectSaved),
            "fileNameChanged": project.receivers(project.fileNameChanged),
            "layerWillBeRemoved": project.receivers(project.layerWillBeRemoved["QString"]),
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


def living() -> dict[str, dict[str, int]]:
    """Return how many objects of the plugin's own classes there are, by class.

    widgets: those that Qt knows, and the parts of the window. values: all others, which modules
    may hold as constants.
    """
    settle()
    gc.collect()
    found = {"widgets": Counter[str](), "values": Counter[str]()}
    for each in gc.get_objects():
        kind = type(each)
        if str(kind.__module__).startswith(OURS):
            is_part = isinstance(each, QObject) or kind.__name__.endswith(PARTS)
            found["widgets" if is_part else "values"][kind.__qualname__] += 1
    return {name: dict(counts) for name, counts in found.items()}
