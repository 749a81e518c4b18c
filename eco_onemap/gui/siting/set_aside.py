# SPDX-License-Identifier: GPL-2.0-or-later
"""Setting a finding aside: a reason and a name are needed, and a file that others can review."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsSettings
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import (
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.results.finding_views import FindingView
from eco_onemap.qgis_bridge.translation import tr

AUTHOR = "eco_onemap/override_author"
FILE_NAME = "overrides.yaml"
WIDTH = 460


class SetAsideDialog(QDialog):
    """Asks why a finding does not count, who says so, and where that is kept."""

    def __init__(self, view: FindingView, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Set a finding aside"))
        self.setMinimumWidth(WIDTH)
        told = QLabel(f"{view.title}\n{view.row['message']}")
        told.setWordWrap(True)
        self._reason = QPlainTextEdit()
        self._author = QLineEdit(str(QgsSettings().value(AUTHOR, "")))
        self._file = QgsFileWidget()
        self._file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self._file.setConfirmOverwrite(False)
        self._file.setFilter(tr("Files of overrides") + " (*.yaml *.yml)")
        self._file.setFilePath(str(file))
        self._buttons = button_box(Standard.Ok, Standard.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(told)
        form.addRow(tr("Reason"), self._reason)
        form.addRow(tr("Who says so"), self._author)
        form.addRow(tr("Kept in"), self._file)
        form.addRow(QLabel(tr("The finding stays in the results; it only no longer counts.")))
        form.addRow(self._buttons)
        self._reason.textChanged.connect(self._refresh)
        self._author.textChanged.connect(self._refresh)
        self._file.fileChanged.connect(self._refresh)
        self._refresh()

    @property
    def reason(self) -> str:
        """Why the finding does not count."""
        return str(self._reason.toPlainText()).strip()

    @property
    def author(self) -> str:
        """Who says so."""
        return str(self._author.text()).strip()

    @property
    def file(self) -> Path:
        """The file of overrides."""
        return Path(self._file.filePath())

    def accept(self) -> None:
        """Remember who it was and close."""
        QgsSettings().setValue(AUTHOR, self.author)
        super().accept()

    def _refresh(self) -> None:
        """Let nobody go on without a reason and a name."""
        complete = bool(self.reason and self.author and self._file.filePath())
        self._buttons.button(Standard.Ok).setEnabled(complete)
