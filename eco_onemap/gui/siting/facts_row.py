# SPDX-License-Identifier: GPL-2.0-or-later
"""What is stated of the project, in one line of the dock, with the way to its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.law.project_questions import ProjectQuestions, find_questions
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.zoning.loading import find_clauses
from eco_onemap.gui.elided_label import ElidedLabel
from eco_onemap.gui.project_facts.dialog import FactsDialog
from eco_onemap.gui.project_facts.wording import facts_sentence
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.check_request import read_known_pack
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.project_facts import read_facts, write_facts
from eco_onemap.qgis_bridge.translation import tr, user_language


class FactsRow(QWidget):
    """Shows the facts that QGIS's project keeps.

    refused: the sentence that says why there is no form. catalogue: asked for the one map in use.
    as_of: asked for the assessment date.
    """

    refused = pyqtSignal(str)

    def __init__(
        self,
        catalogue: Callable[[], str],
        as_of: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalogue, self._as_of = catalogue, as_of
        self._project = QgsProject.instance()
        self._told = ElidedLabel()
        button = QPushButton(tr("State…"))
        button.setObjectName("EcoOneMapFacts")
        button.clicked.connect(self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told, stretch=1)
        row.addWidget(button)
        self._project.readProject.connect(self.refresh)
        self._project.cleared.connect(self.refresh)
        self.refresh()

    @property
    def facts(self) -> dict[str, str]:
        """What is stated, under the names of ``FACTS``."""
        return read_facts(self._project)

    @property
    def text(self) -> str:
        """What is shown."""
        return str(self._told.text())

    def refresh(self, *_: object) -> None:
        """Show what the project keeps."""
        text = facts_sentence(self.facts, Wording(user_language()))
        self._told.setText(text)
        self._told.setToolTip(text)

    def ask(self) -> None:
        """Show the form and keep what is stated in it."""
        try:
            questions = self._questions()
        except EcoOneMapError as error:
            self.refused.emit(error.message.text(user_language()))
            return
        dialog = FactsDialog(questions, self.facts, self)
        if dialog.exec():
            write_facts(self._project, dialog.facts)
            self.refresh()

    def stop(self) -> None:
        """Stop following the project."""
        self._project.readProject.disconnect(self.refresh)
        self._project.cleared.disconnect(self.refresh)

    def _questions(self) -> ProjectQuestions:
        packs = [read_known_pack(path) for path in read_preferences().pack_paths]
        path = self._catalogue()
        if not path:  # without a map all rules ask
            return find_questions(packs)
        catalogue = read_catalogue(Path(path))
        clauses = find_clauses(catalogue, QgisLayers(), self._as_of())
        return find_questions(packs, catalogue, clauses)
