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

Ended = Callable[[bool, Mapping[str, Any], str], None]
"""Told whether it succeeded, with its results and what it logged."""


def find_algorithm(name: str) -> QgsProcessingAlgorithm | None:
    """Return the algorithm with this identifier, None where the toolbox has none."""
    return QgsApplication.processingRegistry().algorithmById(name)


class AlgorithmRun(QObject):
    """One run; *ended* is called once, on the main thread."""

    def __init__(self, name: str, parameters: Mapping[str, Any], ended: Ended) -> None:
        super().__init__()
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
        QgsApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            results, is_done = algorithm.run(self._parameters, self._context, self._feedback)
        finally:
            QgsApplication.restoreOverrideCursor()
        self._tell(is_done, results)

    def _tell(self, is_done: bool, results: Mapping[str, Any]) -> None:
        self._ended(is_done, results, self._feedback.textLog())
