# SPDX-License-Identifier: GPL-2.0-or-later
"""Steps in the dock of the siting check that several ways through it have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pictures import rest, take_picture, wait_until
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDockWidget, QPushButton

PAUSE_MS = 600


def when_asked(kind: str, answer: Callable[[QDialog], None]) -> None:
    """Answer the next modal dialog of a class."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if type(dialog).__name__ != kind:
            QTimer.singleShot(PAUSE_MS // 4, look)
            return
        answer(dialog)

    QTimer.singleShot(PAUSE_MS, look)


def state_facts(dock: QDockWidget, facts: dict[str, str], picture: Path | None = None) -> None:
    """State what is known of the project through the form."""

    def fill(dialog: QDialog) -> None:
        dialog.show_facts(facts)
        rest(0.3)
        if picture is not None:
            take_picture(dialog, picture)
        dialog.accept()

    when_asked("FactsDialog", fill)
    dock.inputs.findChild(QPushButton, "EcoOneMapFacts").click()


def checked(dock: QDockWidget) -> dict[str, str]:
    """Check, wait until the result is kept, and return what each rule says."""
    dock.check()
    wait_until(lambda: not dock.is_checking, 90.0)
    wait_until(lambda: not dock.history.is_keeping)
    rest(0.3)
    return {row["rule_id"]: row["verdict"] for row in dock.result.assessment.finding.rows()}
