# SPDX-License-Identifier: GPL-2.0-or-later
"""Buttons of dialogs in the plugin's own words: Qt's translation need not be installed."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QDialogButtonBox

from eco_onemap.qgis_bridge.translation import tr

Standard = QDialogButtonBox.StandardButton


def button_box(*wanted: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Return a box with the buttons OK, Cancel or Close."""
    words = {Standard.Ok: tr("OK"), Standard.Cancel: tr("Cancel"), Standard.Close: tr("Close")}
    box = QDialogButtonBox()
    for each in wanted:
        box.addButton(each).setText(words[each])
    return box
