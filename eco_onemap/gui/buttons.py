# SPDX-License-Identifier: GPL-2.0-or-later
"""Buttons of dialogs in the plugin's own words: Qt's translation need not be installed."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox, QMessageBox, QToolBar, QToolButton, QWidget

from eco_onemap.qgis_bridge.translation import tr

Standard = QDialogButtonBox.StandardButton
Answer = QMessageBox.StandardButton


def button_box(*wanted: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Return a box with the buttons OK, Cancel or Close."""
    words = {Standard.Ok: tr("OK"), Standard.Cancel: tr("Cancel"), Standard.Close: tr("Close")}
    box = QDialogButtonBox()
    for each in wanted:
        box.addButton(each).setText(words[each])
    return box


def ask(
    parent: QWidget, title: str, text: str, answers: Mapping[QMessageBox.StandardButton, str]
) -> QMessageBox.StandardButton:
    """Ask a question and return its answer, Cancel where none was chosen.

    answers: buttons with their words; the first one is chosen by the Enter key.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, Answer.NoButton, parent)
    for answer, words in answers.items():
        box.addButton(answer).setText(words)
    cancel = box.addButton(Answer.Cancel)
    cancel.setText(tr("Cancel"))
    box.setDefaultButton(next(iter(answers)))
    box.setEscapeButton(cancel)
    box.exec()
    return box.standardButton(box.clickedButton())


def let_tab_reach(bar: QToolBar) -> None:
    """Let the Tab key reach the buttons of a dialog's toolbar, which Qt leaves out."""
    for button in bar.findChildren(QToolButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
