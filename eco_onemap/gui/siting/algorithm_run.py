# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs an algorithm of the toolbox for the dock, in the background where it can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QProgressDialog, QWidget

from eco_onemap.qgis_bridge.translation import tr

PATIENCE_MS = 500
"""What takes less shows no progress."""
Ended = Callable[[bool, Mapping[str, Any], str], None]
"""Told whether it succeeded, with its results and what it logged."""


def find_algorithm(name: str) -> QgsProcessingAlgorithm | None:
    """Return the algorithm with this identifier, None where the toolbox has none."""
    return QgsApplication.processingRegistry().algorithmById(name)


class AlgorithmRun(QObject):
    """One run; *ended* is called once, on the main thread. window: where its progress is shown."""

    def __init__(
        self, name: str, parameters: Mapping[str, Any], ended: Ended, window: QWidget
    ) -> None:
        super().__init__()
        self._window = window
        self._name, self._parameters, self._ended = name, dict(parameters), ended
        self._context, self._feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        self._context.setProject(QgsProject.instance())
        self._task: QgsProcessingAlgRunnerTask | None = None

    def start(self) -> None:
        """Run; on the main thread where the algorithm asks for it, as drawing maps does."""
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(self._name)
        if algorithm.flags() & Qgis.ProcessingAlgorithmFlag.NoThreading:
            self._run_here(algorithm)
            return
        self._task = QgsProcessingAlgRunnerTask(
            algorithm, self._parameters, self._context, self._feedback
        )
        self._task.executed.connect(self._tell)
        QgsApplication.taskManager().addTask(self._task)

    def stop(self) -> None:
        """End it without telling anybody."""
        self._ended = lambda *_: None
        self._feedback.cancel()

    def _run_here(self, algorithm: QgsProcessingAlgorithm) -> None:
        told = QProgressDialog(algorithm.displayName(), tr("Cancel"), 0, 100, self._window)
        told.setWindowTitle(tr("Eco One Map"))
        told.setWindowModality(Qt.WindowModality.WindowModal)
        told.setMinimumDuration(PATIENCE_MS)
        told.canceled.connect(self._feedback.cancel)
        self._feedback.progressChanged.connect(lambda share: told.setValue(int(share)))
        try:
            results, is_done = algorithm.run(self._parameters, self._context, self._feedback)
        finally:
            told.deleteLater()
        self._tell(is_done and not self._feedback.isCanceled(), results)

    def _tell(self, is_done: bool, results: Mapping[str, Any]) -> None:
        self._ended(is_done, results, self._feedback.textLog())
