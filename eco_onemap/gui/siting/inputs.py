# SPDX-License-Identifier: GPL-2.0-or-later
"""What is checked against what: sites, their place, the project, the map, the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.core import QgsApplication
from qgis.gui import QgisInterface, QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import QDate, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QDateEdit, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.stated_options import DEFAULT_RINGS, state_options
from eco_onemap.gui.siting.drawing import DrawingBar
from eco_onemap.gui.siting.facts_row import FactsRow
from eco_onemap.gui.siting.place_row import PlaceRow
from eco_onemap.gui.siting.placing import region_of
from eco_onemap.gui.siting.site_choice import SiteChoice
from eco_onemap.qgis_bridge.check_request import CheckRequest
from eco_onemap.qgis_bridge.day_text import day_format, day_locale
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language

DATE_FORMAT = "yyyy-MM-dd"


class InputsBox(QgsCollapsibleGroupBox):
    """The upper part of the dock.

    changed: something else can be checked now. refused: the sentence that says what cannot be used.
    """

    changed = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, iface: QgisInterface, parent: QWidget | None = None) -> None:
        super().__init__(tr("What is checked"), parent)
        self.catalogue = QgsFileWidget()
        self.catalogue.setFilter(tr("One map catalogues (*.yaml *.yml)"))
        self.catalogue.fileChanged.connect(self._look_at_map)
        self.sites = SiteChoice(iface, lambda: region_of(self.catalogue.filePath()))
        self.sites.chosen.connect(self._look_at_sites)
        self.sites.refused.connect(self.refused)
        self.drawing = DrawingBar(iface)
        self.drawing.site_drawn.connect(self.sites.take_drawn)
        self.drawing.undo_wanted.connect(self.sites.undo)
        self.drawing.redo_wanted.connect(self.sites.redo)
        self.sites.add_widget(self.drawing)
        self.place = PlaceRow()
        self.facts = FactsRow(self.catalogue.filePath, self._day)
        self.facts.refused.connect(self.refused)
        self.as_of = QDateEdit(QDate.currentDate())
        self.as_of.setLocale(day_locale())
        self.as_of.setDisplayFormat(day_format())
        self.as_of.setCalendarPopup(True)
        self.rings = QLineEdit(DEFAULT_RINGS)
        self.aside = QgsFileWidget()
        self.aside.setFilter(tr("Files of overrides") + " (*.yaml *.yml)")
        self._lay_out()

    @property
    def is_complete(self) -> bool:
        """Whether there is something to check against something."""
        return self.sites.sites is not None and bool(self.catalogue.filePath())

    @property
    def aside_file(self) -> Path | None:
        """The file of findings that were set aside, None where none is named."""
        text = self.aside.filePath()
        return Path(text) if text else None

    def settle_place(self) -> bool:
        """Ask for the sites' coordinate system where it is open; return whether it is not now."""
        return not self.place.is_open or self.place.ask()

    def request(self) -> CheckRequest:
        """Return the check that is asked for; OptionError or OverrideError for what is unusable."""
        assert self.sites.sites is not None
        aside = self.aside_file
        options = state_options(
            as_of=self.as_of.date().toString(DATE_FORMAT),
            rings=self.rings.text(),
            overrides=aside if aside is not None and aside.exists() else None,
        )
        return CheckRequest(
            self.sites.sites,
            Path(self.catalogue.filePath()),
            tuple(read_preferences().pack_paths),
            options,
            crs=self.place.stated.crs,
            origin=self.place.stated.origin,
            shift=self.place.stated.shift,
            facts=self.facts.facts,
        )

    def stop(self) -> None:
        """End drawing and stop following the project."""
        self.drawing.close_down()
        self.facts.stop()

    def _day(self) -> date:
        """Return the assessment date."""
        return date.fromisoformat(self.as_of.date().toString(DATE_FORMAT))

    def _look_at_map(self) -> None:
        """Another region may tell where sites lie that left that open."""
        if self.sites.sites is not None and not self.place.stated.crs:
            self._look_at_sites()
        else:
            self.changed.emit()

    def _look_at_sites(self) -> None:
        if self.sites.sites is None:
            self.place.forget()
            self.changed.emit()
            return
        QgsApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.place.look_at(self.sites.sites, region_of(self.catalogue.filePath()))
        except EcoOneMapError as error:
            self.refused.emit(error.message.text(user_language()))
        finally:
            QgsApplication.restoreOverrideCursor()
        self.changed.emit()
        if self.place.is_open:  # not from within a drop, which the other program waits for
            QTimer.singleShot(0, self.place.ask)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.addRow(tr("Sites"), self.sites)
        form.addRow(tr("Coordinate system"), self.place)
        form.addRow(tr("Project facts"), self.facts)
        form.addRow(tr("One map"), self.catalogue)
        day = QHBoxLayout()
        day.addWidget(self.as_of)
        day.addWidget(QLabel(tr("Rings (m)")))
        day.addWidget(self.rings, stretch=1)
        form.addRow(tr("Assessment date"), day)
        form.addRow(tr("Findings set aside"), self.aside)
