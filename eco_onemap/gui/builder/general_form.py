# SPDX-License-Identifier: GPL-2.0-or-later
"""What a catalogue says of the whole map: its title, the plane of its areas, its region."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.building.draft import relative_source
from eco_onemap.gui.builder.number_rows import numbers_of, numbers_text
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.builder.wording import key_names
from eco_onemap.qgis_bridge.translation import tr


class GeneralForm(QWidget):
    """Shows the values of the whole; one that was changed becomes an edit of the session."""

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._showing = False
        self.title = QLineEdit()
        self.title.editingFinished.connect(lambda: self._take("title", self.title.text().strip()))
        self.plane = QgsProjectionSelectionWidget()
        not_set = QgsProjectionSelectionWidget.CrsOption.CrsNotSet
        self.plane.setOptionVisible(not_set, True)
        for box in self.plane.findChildren(QComboBox):
            self.plane.setFocusProxy(box)  # QGIS lets the Tab key pass it by
        self.plane.setNotSetText(tr("the 3° zone of each site"))
        self.plane.crsChanged.connect(lambda crs: self._take("planar_crs", crs.authid()))
        self.region = QgsFileWidget()
        self.region.fileChanged.connect(self._take_region)
        self.bounds = QLineEdit()
        self.bounds.setToolTip(tr("For layers from databases that have no rectangle of their own"))
        self.bounds.editingFinished.connect(self._take_bounds)
        self._bounds_name = QLabel(key_names()["bounds"])
        self._bounds_name.setBuddy(self.bounds)
        form = QFormLayout(self)
        form.addRow(tr("Title of the one map"), self.title)
        form.addRow(tr("Plane of areas"), self.plane)
        form.addRow(tr("Region (polygon file)"), self.region)
        form.addRow(self._bounds_name, self.bounds)
        session.changed.connect(self.show_values)
        self.show_values()

    def show_values(self) -> None:
        """Show what the catalogue says now."""
        self._showing = True
        data = self._session.catalogue.data
        if self.title.text() != str(data.get("title") or ""):
            self.title.setText(str(data.get("title") or ""))
        self.plane.setCrs(QgsCoordinateReferenceSystem(str(data.get("planar_crs") or "")))
        self.region.setFilePath(str(data.get("region") or ""))
        self._show_bounds(data.get("bounds"))
        self._showing = False

    def _show_bounds(self, value: Any) -> None:
        """Show the rectangle where it says something: it is for layers from databases."""
        shown = _shown(value)
        if self.bounds.text() != shown:
            self.bounds.setText(shown)
        layers = self._session.catalogue.layers
        has_use = bool(shown) or any(is_database(str(each.get("source", ""))) for each in layers)
        for widget in (self._bounds_name, self.bounds):
            widget.setVisible(has_use)

    def _take_bounds(self) -> None:
        """Write the rectangle; what is none stays as it is, and is told as a problem."""
        text = self.bounds.text().strip()
        try:
            self._take("bounds", numbers_of(text))
        except ValueError:
            self._take("bounds", text)

    def _take_region(self, path: str) -> None:
        if not self._showing:
            folder = self._session.folder
            self._take("region", relative_source(str(folder / path), folder) if path else "")

    def _take(self, key: str, value: Any) -> None:
        if self._showing or _shown(value) == _shown(self._session.catalogue.data.get(key)):
            return
        name = {
            "title": tr("Title of the one map"),
            "planar_crs": tr("Plane of areas"),
            "region": tr("Region (polygon file)"),
            "bounds": key_names()["bounds"],
        }[key]
        self._session.edit(tr("Change {what}").format(what=name), (key,), value)


def _shown(value: Any) -> str:
    """Return a value as its line shows it."""
    return numbers_text(value) if isinstance(value, list) else str(value or "")
