# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of the window and its dialogs, and clicks by the names that a user reads."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QWidget
from qgis.utils import iface
from script import give_sign

HIDDEN = ("Browser",)
"""Panels that a planner would close."""


def wait_until(is_true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the window work until something is so; TimeoutError if it never is."""
    give_sign()
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        QApplication.processEvents()
        time.sleep(0.01)


def rest(seconds: float) -> None:
    """Let the window work for a while."""
    give_sign()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def take_picture(widget: QWidget, path: Path) -> str:
    """Save what a widget shows and return the file's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    QApplication.processEvents()
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} was not written")
    return path.name


def fill_screen() -> None:
    """Make QGIS as large as the screen: without a window manager nothing is maximised."""
    window = iface.mainWindow()
    window.showNormal()
    rest(0.5)
    screen = QGuiApplication.primaryScreen().geometry()
    window.setFixedSize(screen.size())
    window.move(0, 0)
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in HIDDEN:
            dock.hide()
    rest(0.3)


def drawn(seconds: float = 30.0) -> None:
    """Wait until the map is drawn."""
    rest(0.5)
    wait_until(lambda: not iface.mapCanvas().isDrawing(), seconds)
    rest(0.5)


def our_action(text: str) -> QAction:
    """Return the action of the plugin's menu that is called *text*."""
    menu = next(
        action.menu()
        for action in iface.pluginMenu().actions()
        if action.menu() and action.menu().objectName() == "EcoOneMapMenu"
    )
    return next(action for action in menu.actions() if action.text() == text)


def top_window(kind: str) -> QWidget:
    """Return the visible top window of a class."""
    return next(
        widget
        for widget in QApplication.topLevelWidgets()
        if type(widget).__name__ == kind and widget.isVisible()
    )
