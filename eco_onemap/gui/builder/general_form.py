# SPDX-License-Identifier: GPL-2.0-or-later
"""What a catalogue says of the whole map: its title, the plane of its areas, its region."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from eco_onemap.core.layers.building.draft import relative_source
from eco_onemap.gui.builder.session import BuilderSession
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
        form = QFormLayout(self)
        form.addRow(tr("Title of the one map"), self.title)
        form.addRow(tr("Plane of areas"), self.plane)
        form.addRow(tr("Region (polygon file)"), self.region)
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
        self._showing = False

    def _take_region(self, path: str) -> None:
        if not self._showing:
            folder = self._session.folder
            self._take("region", relative_source(str(folder / path), folder) if path else "")

    def _take(self, key: str, value: Any) -> None:
        if self._showing or value == str(self._session.catalogue.data.get(key) or ""):
            return
        self._session.edit(tr("Change {what}").format(what=key), (key,), value)
