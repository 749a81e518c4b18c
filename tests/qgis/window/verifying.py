# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens the dialog that verifies a report from the menu, presses Run, and closes the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pictures import our_action, rest, take_picture, wait_until
from qgis.PyQt.QtWidgets import QApplication, QTextEdit, QWidget
from qgis.utils import unloadPlugin
from script import given, run_in_window


def dialogs() -> list[QWidget]:
    """Return the dialogs of the toolbox that are open."""
    return [w for w in QApplication.topLevelWidgets() if hasattr(w, "runButton") and w.isVisible()]


def steps() -> dict[str, Any]:
    """Return the values of the outputs, the log, and how many dialogs are left in the end."""
    asked = given()
    action = our_action(asked["action"])
    action.trigger()
    (dialog,) = dialogs()
    dialog.setParameters(asked["parameters"])
    rest(0.5)
    take_picture(dialog, Path(asked["pictures"]) / "verify.png")
    finished: list[bool] = []
    dialog.algorithmFinished.connect(lambda successful, _results: finished.append(successful))
    dialog.runButton().click()
    wait_until(lambda: bool(finished), 60)
    rest(0.5)
    take_picture(dialog, Path(asked["pictures"]) / "verified.png")
    log = "\n".join(panel.toPlainText() for panel in dialog.findChildren(QTextEdit))
    found = {"finished": finished, "results": dialog.results(), "log": log}
    found["has_icon"] = not action.icon().isNull()
    action.trigger()
    found["open"] = len(dialogs())
    unloadPlugin("eco_onemap")
    rest(0.5)
    return {**found, "left": len(dialogs())}


run_in_window(steps)
