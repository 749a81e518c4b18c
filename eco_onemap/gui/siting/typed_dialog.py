# SPDX-License-Identifier: GPL-2.0-or-later
"""Coordinates that a person types or pastes: read while they are written, in any notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import shapely
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from eco_onemap.core.columns import text_column
from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.sites.crs_reasoning import reason_crs
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.core.table import Geometries
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
from eco_onemap.readers.sites.tables.reading import parse_pasted
from eco_onemap.readers.sites.txt_rows import Shape

SIZE = (560, 460)
PAUSE_MS = 250
"""How long a person must stop writing before the text is read."""
EXAMPLES = """\
1  2711000.123  39600000.456
118°03′25.60″E  24°30′10.20″N
118.057111, 24.502833"""
TYPED = "typed"
"""What results call the source of sites that were typed."""


class TypedDialog(QDialog):
    """Takes one point a line, X and Y or longitude and latitude, and tells what was understood.

    region: the catalogue's region, which helps to tell zones apart; None where there is none.
    """

    def __init__(self, region: Geometries | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Type coordinates"))
        self.resize(*SIZE)
        self._region = region
        self.sites: RawSites | None = None
        self.text = QPlainTextEdit()
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlaceholderText(EXAMPLES)
        self.shape = _choice(
            {
                "": tr("as the rows say"),
                Shape.POLYGON.value: tr("corners of an area"),
                Shape.LINE.value: tr("a line"),
                Shape.POINT.value: tr("single points"),
            }
        )
        self.angle = _choice(
            {
                "": tr("as they are written"),
                AngleNotation.DECIMAL.value: tr("decimal degrees (118.5 is 118°30′)"),
                AngleNotation.PACKED.value: tr("degrees.minutes and seconds (118.3000 is 118°30′)"),
            }
        )
        self.name = QLineEdit()
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._buttons = button_box(Standard.Ok, Standard.Cancel)
        self._lay_out()
        self._read_on_changes()
        self.read()

    def _read_on_changes(self) -> None:
        """Read again after each change, of the text when writing pauses."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.read)
        self.text.textChanged.connect(self._timer.start)
        for box in (self.shape, self.angle):
            box.currentIndexChanged.connect(self.read)
        self.name.textChanged.connect(self.read)

    @property
    def told(self) -> str:
        """What was understood, or why nothing was."""
        return str(self._told.text())

    def paste(self) -> None:
        """Add what is on the clipboard."""
        self.text.insertPlainText(QgsApplication.clipboard().text())
        self.read()

    def accept(self) -> None:
        """Read what was written last, and close if it can be used."""
        self.read()
        if self.sites is not None:
            super().accept()

    def read(self) -> None:
        """Read the text and tell what was understood."""
        self._timer.stop()
        written = self.text.toPlainText()
        self.sites = None
        try:
            if written.strip():
                self.sites = self._parsed(written)
            self._told.setText(self._understood())
        except EcoOneMapError as error:
            self._told.setText(error.message.text(user_language()))
        self._buttons.button(Standard.Ok).setEnabled(self.sites is not None)

    def _parsed(self, written: str) -> RawSites:
        shape, angle = self.shape.currentData(), self.angle.currentData()
        options = TableOptions(
            shape=Shape(shape) if shape else None, angle=AngleNotation(angle) if angle else None
        )
        sites = parse_pasted(written, options, source=TYPED)
        name = self.name.text().strip()
        if name and len(sites) == 1:
            return replace(sites, names=text_column([name]))
        return sites

    def _understood(self) -> str:
        if self.sites is None:
            return tr("One point a line; numbers in any notation, with or without headings.")
        shapes = self.sites.geometries
        closing = len(shapely.get_rings(shapes))  # a ring ends with its first point again
        points = int(shapely.get_num_coordinates(shapes).sum()) - closing
        told = tr("Sites: {sites}, points: {points}.").format(sites=len(self.sites), points=points)
        answer = reason_crs(self.sites, SiteSettings(region=self._region))
        language = user_language()
        problems = [problem.text(language) for problem in self.sites.problems.values()]
        return "\n".join([told, answer.why.text(language), *problems])

    def _lay_out(self) -> None:
        paste = self._buttons.addButton(
            tr("Paste from the clipboard"), QDialogButtonBox.ButtonRole.ActionRole
        )
        paste.clicked.connect(self.paste)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.text)
        form.addRow(tr("The rows form"), self.shape)
        form.addRow(tr("Degrees are"), self.angle)
        form.addRow(tr("Name"), self.name)
        form.addRow(self._told)
        form.addRow(self._buttons)


def _choice(words: Mapping[str, str]) -> QComboBox:
    """Return a box to choose one of several values by its words."""
    box = QComboBox()
    for value, text in words.items():
        box.addItem(text, value)
    return box
