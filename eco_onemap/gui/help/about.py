# SPDX-License-Identifier: GPL-2.0-or-later
"""What this plugin is, in which versions of what, under which licence."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.desk import icon
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.qgis_bridge.versions import named_versions, pack_versions

ICON_SIZE = 64
WIDTH = 520


class AboutDialog(QDialog):
    """Name, purpose, versions and licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Eco One Map"))
        picture = QLabel()
        picture.setPixmap(icon("icon").pixmap(ICON_SIZE, ICON_SIZE))
        text = QLabel(_text())
        text.setWordWrap(True)
        text.setFixedWidth(WIDTH)
        text.setMinimumHeight(text.heightForWidth(WIDTH))  # a dialog asks only for a guess of it
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = button_box(Standard.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (picture, text, buttons):
            column.addWidget(widget)


def _text() -> str:
    purpose = tr(
        "Checks project sites against a region's ecological constraints on one map: overlaps, "
        "distances, rules with their legal basis in force on the day, and what could not be "
        "checked. Everything happens on this computer; nothing is sent or fetched."
    )
    licence = tr("Free software under the GNU General Public License, version 2 or later.")
    packs = ((name, told) for name, told, _ in pack_versions())
    cells = ((escape(name), escape(told)) for name, told in (*named_versions(), *packs))
    table = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{told}</td></tr>" for name, told in cells)
    title = tr("Eco One Map")
    return f"<h2>{title}</h2><p>{purpose}</p><table>{table}</table><p>{licence}</p>"
