# SPDX-License-Identifier: GPL-2.0-or-later
"""Greets a new user, goes through the first steps with the mouse, with pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docks import the_dock
from pictures import drawn, fill_screen, our_action, rest, take_picture, wait_until
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface
from script import given, run_in_window

KIND = "FirstSteps"
LONGER_THAN_GREETING_S = 3.0


def shown() -> list[Any]:
    """Return the windows of first steps that are open."""
    tops = QApplication.topLevelWidgets()
    return [each for each in tops if type(each).__name__ == KIND and each.isVisible()]


def take_step(window: Any, number: int) -> list[bool]:
    """Press a step's button and wait until it is done; return which buttons could be pressed."""
    could = [button.isEnabled() for button in window.buttons]
    QTest.mouseClick(window.buttons[number], Qt.MouseButton.LeftButton)
    wait_until(lambda: window.taken[number])
    return could


def go_through(window: Any) -> dict[str, Any]:
    """Return what each step gave."""
    found: dict[str, Any] = {"title": window.windowTitle(), "could": []}
    for number in range(len(window.buttons)):
        found["could"].append(take_step(window, number))
    drawn()
    picture = iface.mainWindow().screen().grabWindow(0)
    path = Path(given()["pictures"]) / "first_steps.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    found["picture"] = picture.save(str(path))
    dock = the_dock()
    found["said"], found["banner"] = window.said, dock.result.banner_text
    found["sites"] = dock.result.assessment.site_verdict["site_id"].tolist()
    found["details"] = dock.result.findings.details
    take_picture(window, Path(given()["pictures"]) / "first_steps_done.png")
    return found


def steps() -> dict[str, Any]:
    """Return whether the user was greeted, and what came of the steps."""
    fill_screen()
    rest(LONGER_THAN_GREETING_S)
    greeted = len(shown())
    if not greeted:
        return {"greeted": greeted}
    (window,) = shown()
    take_picture(window, Path(given()["pictures"]) / "first_steps_begin.png")
    found = go_through(window)
    window.close()
    our_action(given()["action"]).trigger()
    again = len(shown())
    QgsSettings().sync()
    return {**found, "greeted": greeted, "again": again}


run_in_window(steps)
