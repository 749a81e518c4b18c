# SPDX-License-Identifier: GPL-2.0-or-later
"""The coordinate system of the sites in hand in one line of the dock, with the way to change it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.sites.crs_reasoning import Certainty, CrsAnswer
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.table import Geometries
from eco_onemap.gui.siting.candidate_model import system_title
from eco_onemap.gui.siting.place_dialog import PlaceDialog
from eco_onemap.gui.siting.placing import StatedPlace, answer_for
from eco_onemap.qgis_bridge.drawn_sites import DRAWN
from eco_onemap.qgis_bridge.translation import tr, user_language


class PlaceRow(QWidget):
    """Says how sure the sites' coordinate system is, and asks where it is open.

    candidate_shown: a way to read the coordinates that the user looks at. placed: it is certain
    where the sites lie.
    """

    candidate_shown = pyqtSignal(object)
    placed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stated = StatedPlace()
        self._raw: RawSites | None = None
        self._region: Geometries | None = None
        self._answer: CrsAnswer | None = None
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._button = QPushButton(tr("Choose…"))
        self._button.setObjectName("EcoOneMapPlace")
        self._button.clicked.connect(self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told, stretch=1)
        row.addWidget(self._button)
        self._refresh()

    @property
    def answer(self) -> CrsAnswer | None:
        """What is known of the sites' system, None before there are any."""
        return self._answer

    @property
    def is_open(self) -> bool:
        """Whether several systems are possible and none is chosen."""
        return self._answer is not None and self._answer.certainty is Certainty.LIKELY

    @property
    def text(self) -> str:
        """What is shown."""
        return str(self._told.text())

    def look_at(self, raw: RawSites, region: Geometries | None) -> None:
        """Take other sites; what was stated of the last ones is forgotten.

        It is kept where they are the same ones, some of them removed, renamed or added.
        SiteError where their system is none that is known.
        """
        if self._raw is None or _origin(raw) != _origin(self._raw):
            self.stated = StatedPlace()
        self._raw, self._region, self._answer = raw, region, None
        self._answer = answer_for(raw, self.stated, region)
        self._refresh()
        self._tell_placed()

    def forget(self) -> None:
        """Have no sites, and nothing stated of any."""
        self._raw, self._answer, self.stated = None, None, StatedPlace()
        self._refresh()

    def ask(self) -> bool:
        """Ask for the system; return whether the user chose one."""
        if self._raw is None:
            return False
        dialog = PlaceDialog(self._raw, self.stated, self._region, self.window())
        dialog.candidate_shown.connect(self.candidate_shown)
        if dialog.candidate is not None:  # the only one, or the one that was chosen before
            self.candidate_shown.emit(dialog.candidate)
        if not dialog.exec():
            return False
        try:
            self._answer = answer_for(self._raw, dialog.stated, self._region)
        except EcoOneMapError as error:
            self._told.setText(error.message.text(user_language()))
            return False
        self.stated = dialog.stated
        self._refresh()
        self._tell_placed()
        return True

    def _tell_placed(self) -> None:
        if self._answer is not None and self._answer.certainty is Certainty.CERTAIN:
            self.placed.emit()

    def _refresh(self) -> None:
        self._button.setEnabled(self._answer is not None)
        if self._answer is None:
            self._told.setText(tr("No sites yet."))
            return
        if self._answer.certainty is Certainty.CERTAIN:
            text = system_title(self._answer.used)
        elif self.is_open:
            count = len(self._answer.candidates)
            text = tr("Systems that are possible: {count}.").format(count=count)
        else:
            text = tr("No system fits the numbers.")
        self._told.setText(text)
        self._told.setToolTip(f"{text}\n{self._answer.why.text(user_language())}")


def _origin(raw: RawSites) -> tuple[object, ...]:
    """Return what sites have in common that come from one file, or were drawn one by one."""
    where = "" if raw.source == DRAWN else raw.fingerprint
    return (raw.source, where, raw.crs, raw.declares_crs, raw.evidence)
