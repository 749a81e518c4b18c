# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be made of a result: layers of the project, reports, maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import shapely
from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject, QgsSettings
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.results.result_layers import add_result_layers
from eco_onemap.gui.siting.algorithm_run import AlgorithmRun, find_algorithm
from eco_onemap.qgis_bridge.notice import TAG
from eco_onemap.qgis_bridge.translation import tr, user_language

REPORT, MAPS = "ecoonemap:makereport", "ecoonemap:makemaps"
STRIP_MAPS = "ecoonemap:makestripmaps"
STRIP_FILE = "strip_maps.pdf"
FOLDER = "eco_onemap/output_folder"
"""The setting that remembers where reports and maps went last."""
SECONDS = 0
"""A message with a way to what was made stays until it is closed."""


class ResultActions(QWidget):
    """Buttons below a result.

    refused: the sentence that says why something could not be made. result: asked for what is
    shown. file: asked for the file that holds it. catalogue: asked for the one map in use.
    """

    refused = pyqtSignal(str)

    def __init__(
        self,
        iface: QgisInterface,
        result: Callable[[], Assessment | None],
        file: Callable[[Assessment], Path],
        catalogue: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface, self._result, self._file = iface, result, file
        self._catalogue = catalogue
        self._run: AlgorithmRun | None = None
        self._made = Path()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.layers = self._button(tr("Add as layers"), "mActionAddOgrLayer", self.add_layers)
        self.report = self._button(tr("Report…"), "mActionNewReport", self._ask_report)
        self.maps = self._button(tr("Maps…"), "mActionSaveMapAsImage", self._choose_maps)
        self._kinds = QMenu(self)
        self._kinds.addAction(tr("Risk maps…"), lambda: self._ask_maps(MAPS))
        self._kinds.addAction(tr("Strip maps of lines…"), lambda: self._ask_maps(STRIP_MAPS))
        for button in (self.layers, self.report, self.maps):
            row.addWidget(button)
        row.addStretch()
        self.refresh()

    @property
    def is_making(self) -> bool:
        """Whether a report or maps are being made."""
        return self._run is not None

    def refresh(self, *, is_busy: bool = False) -> None:
        """Offer what can be made now; nothing while another check is going on (*is_busy*)."""
        has_result = self._result() is not None
        self.setVisible(has_result and not is_busy)
        self.layers.setEnabled(has_result)
        for button, name in ((self.report, REPORT), (self.maps, MAPS)):
            is_there = find_algorithm(name) is not None
            button.setEnabled(has_result and is_there and not self.is_making)

    def add_layers(self) -> None:
        """Add the result's sites and overlaps to the project."""
        assessment = self._result()
        if assessment is not None:
            add_result_layers(assessment, user_language(), QgsProject.instance())

    def make(self, name: str, folder: Path) -> None:
        """Run an algorithm on the result shown; what it makes goes into *folder*."""
        assessment = self._result()
        if assessment is None or self.is_making or find_algorithm(name) is None:
            return
        try:
            given = {"RESULTS": str(self._file(assessment)), "OUTPUT": str(folder)}
            if name == STRIP_MAPS:
                given["OUTPUT"] = str(folder / STRIP_FILE)
        except EcoOneMapError as error:
            self.refused.emit(error.message.text(user_language()))
            return
        if name in (MAPS, STRIP_MAPS):
            given |= self._one_map(assessment, name)
        self._run = AlgorithmRun(name, given, lambda *told: self._end(folder, *told), self.window())
        self.refresh()
        self._run.start()

    def stop(self) -> None:
        """Let go of what is being made."""
        if self._run is not None:
            self._run.stop()

    def _ask_report(self) -> None:
        folder = self._ask_folder(tr("Folder for reports"))
        if folder is not None:
            self.make(REPORT, folder)

    def _choose_maps(self) -> None:
        """Ask which maps where there are lines; all other sites have one kind."""
        assessment = self._result()
        has_strips = find_algorithm(STRIP_MAPS) is not None
        if assessment is not None and has_strips and has_lines(assessment):
            self._kinds.popup(self.maps.mapToGlobal(self.maps.rect().bottomLeft()))
        else:
            self._ask_maps(MAPS)

    def _ask_maps(self, name: str) -> None:
        folder = self._ask_folder(tr("Folder for maps"))
        if folder is not None:
            self.make(name, folder)

    def _one_map(self, assessment: Assessment, name: str) -> dict[str, str]:
        """Return what maps need beside results: the one map, whose layers they show."""
        path = assessment.catalogue.path
        catalogue = path if path and Path(path).is_file() else self._catalogue()
        return {"CATALOGUE": catalogue} | ({"LANGUAGE": user_language()} if name == MAPS else {})

    def _ask_folder(self, title: str) -> Path | None:
        settings = QgsSettings()
        before = str(settings.value(FOLDER, "") or "") or QgsProject.instance().homePath()
        chosen = QFileDialog.getExistingDirectory(self, title, before)
        if chosen:
            settings.setValue(FOLDER, chosen)
        return Path(chosen) if chosen else None

    def _end(self, folder: Path, is_done: bool, _results: Mapping[str, Any], log: str) -> None:
        self._run = None
        self.refresh()
        if not is_done:
            QgsMessageLog.logMessage(log, TAG, Qgis.MessageLevel.Critical)
            last = [line for line in log.splitlines() if line.strip()]
            self.refused.emit(last[-1] if last else tr("Nothing was made; the log says why."))
            return
        self._made = folder
        QTimer.singleShot(0, self._tell_made)  # above what QGIS says of a long task that ended

    def _tell_made(self) -> None:
        folder, bar = self._made, self._iface.messageBar()
        item = bar.createMessage(
            tr("Eco One Map"), tr("Written to {folder}.").format(folder=folder.name)
        )
        show = QPushButton(tr("Open"), item)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        item.layout().addWidget(show)
        bar.pushWidget(item, Qgis.MessageLevel.Success, SECONDS)

    def _button(self, text: str, picture: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(QgsApplication.getThemeIcon(f"/{picture}.svg"), text)
        button.clicked.connect(act)
        return button


def has_lines(assessment: Assessment) -> bool:
    """Return whether a site is a line: such sites have chainages, and strip maps along them."""
    shapes = assessment.site_verdict.geometries
    return shapes is not None and bool((shapely.get_dimensions(shapes) == 1).any())
