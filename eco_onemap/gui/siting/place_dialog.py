# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks which coordinate system the sites are in, with the place on the map that each leads to."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QModelIndex, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QTreeView,
    QWidget,
)

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.geometry.gauss_kruger import FAMILIES
from eco_onemap.core.sites.crs_candidates import Candidate
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_settings import Origin, parse_shift
from eco_onemap.core.table import Geometries
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.siting.candidate_model import CandidateModel, Column
from eco_onemap.gui.siting.placing import (
    StatedPlace,
    answer_for,
    datum_of,
    is_open,
    needs_parameters,
    readings_on,
)
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.qgis_bridge.translation import tr, user_language

SIZE = (720, 480)
LOWEST_LIST = 120


class PlaceDialog(QDialog):
    """Lets the user choose among what is possible, or name a system.

    candidate_shown: the Candidate that the user is at.
    """

    candidate_shown = pyqtSignal(object)

    def __init__(
        self,
        raw: RawSites,
        stated: StatedPlace,
        region: Geometries | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Where the coordinates lie"))
        self.resize(*SIZE)
        self._raw, self._region, self._before = raw, region, stated
        self._why = QLabel(answer_for(raw, stated, region).why.text(user_language()))
        self._why.setWordWrap(True)
        self.model = CandidateModel(self)
        self._list = self._make_list()
        self.datum = _choice_box({name: name for name in FAMILIES}, datum_of(raw, stated))
        self.datum.currentIndexChanged.connect(self._list_readings)
        self.other = self._make_selector()
        origins = (tr("not stated"), tr("survey or GPS (CGCS2000, WGS 84)"), "GCJ-02", "BD-09")
        values = (origin.value for origin in Origin)
        self.origin = _choice_box(dict(zip(values, origins, strict=True)), stated.origin.value)
        self.shift = QLineEdit()
        self.shift.setPlaceholderText(tr("ΔX, ΔY, ΔZ (m), or with rotations (″) and scale (ppm)"))
        self.shift.textChanged.connect(self._refresh)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._buttons = button_box(Standard.Ok, Standard.Cancel)
        self._lay_out()
        self._list_readings()

    @property
    def stated(self) -> StatedPlace:
        """What the user states; OptionError where parameters are written wrongly."""
        written = self.shift.text().strip()
        shift = parse_shift(written) if written else self._before.shift
        if not needs_parameters(self._system):
            shift = None
        return StatedPlace(self._chosen, Origin(self.origin.currentData()), shift)

    @property
    def candidate(self) -> Candidate | None:
        """The candidate that the user is at."""
        index = self._list.currentIndex()
        return self.model.candidate(index.row()) if index.isValid() else None

    def choose(self, row: int) -> None:
        """Go to a candidate."""
        self._list.setCurrentIndex(self.model.index(row, Column.SYSTEM))

    @property
    def _chosen(self) -> str:
        """The system that the user names, "" where the file's own counts."""
        if not is_open(self._raw):
            return ""
        if self.other.crs().isValid():
            return crs_text(self.other.crs()) or ""
        if self.candidate is None:
            return ""
        several = len(self.candidate.crs_by_zone) > 1  # then only the datum can be named
        return FAMILIES[self.datum.currentData()].geographic if several else self.candidate.name

    @property
    def _system(self) -> str:
        """The system in which the sites will be read."""
        return self._chosen or str(self._raw.crs or "")

    def _list_readings(self, *_: object) -> None:
        answer = readings_on(self._raw, self.datum.currentData(), self._region)
        shown = answer.candidates if is_open(self._raw) else ()
        self.model.show_candidates(shown, has_region=self._region is not None)
        for column in Column:
            self._list.resizeColumnToContents(column)
        names = [candidate.name for candidate in answer.candidates]
        if self._before.crs in names or len(names) == 1:
            self.choose(names.index(self._before.crs) if self._before.crs in names else 0)
        self._refresh()

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.candidate_shown.emit(self.model.candidate(index.row()))
        self._refresh()

    def _refresh(self, *_: object) -> None:
        older = needs_parameters(self._system)
        for widget in (self.shift, self._form.labelForField(self.shift)):
            widget.setVisible(older)
        told = ""
        try:
            can_go = bool(self._system) and self.stated is not None
        except EcoOneMapError as error:
            can_go, told = False, error.message.text(user_language())
        if older and not told:
            told = tr(
                "Parameters are kept in memory while these sites are in hand, and written nowhere. "
                "Without them the verdict stays at further study."
            )
        self._told.setText(told)
        self._buttons.button(Standard.Ok).setEnabled(can_go)

    def _make_list(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setMinimumHeight(LOWEST_LIST)
        view.selectionModel().currentChanged.connect(self._go_to)
        return view

    def _make_selector(self) -> QgsProjectionSelectionWidget:
        selector = QgsProjectionSelectionWidget()
        selector.setOptionVisible(QgsProjectionSelectionWidget.CrsOption.CrsNotSet, True)
        selector.setNotSetText(tr("one of those above"))
        selector.setCrs(QgsCoordinateReferenceSystem())
        selector.crsChanged.connect(self._refresh)
        return selector

    def _lay_out(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._form = QFormLayout(self)
        self._form.addRow(self._why)
        if is_open(self._raw):
            self._form.addRow(tr("Datum"), self.datum)
            self._form.addRow(self._list)
            self._form.addRow(tr("Another system"), self.other)
        self._form.addRow(tr("Origin"), self.origin)
        self._form.addRow(tr("Parameters"), self.shift)
        self._form.addRow(self._told)
        self._form.addRow(self._buttons)


def _choice_box(choices: Mapping[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, words in choices.items():
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box
