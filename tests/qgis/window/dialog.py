# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens the toolbox's dialog of the siting check in a QGIS window and presses Run."""

from __future__ import annotations

import time
from typing import Any

import processing
from qgis.core import NULL, QgsProject
from qgis.PyQt.QtWidgets import QApplication, QLabel, QTextEdit
from script import given, run_in_window, settle

WAIT_S = 60


def steps() -> dict[str, Any]:
    """Return the rows of a result layer, the other results, and what the dialog shows."""
    dialog = processing.createAlgorithmDialog("ecoonemap:sitingcheck", given())
    dialog.show()
    settle()
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    finished: list[bool] = []
    dialog.algorithmFinished.connect(lambda successful, _results: finished.append(successful))
    dialog.runButton().click()
    end = time.monotonic() + WAIT_S
    while not finished and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
    settle()
    layers = {layer.name(): rows(layer) for layer in QgsProject.instance().mapLayers().values()}
    figures = {k: v for k, v in dialog.results().items() if isinstance(v, int | str)}
    log = "\n".join(panel.toPlainText() for panel in dialog.findChildren(QTextEdit))
    return {
        "finished": finished,
        "labels": labels,
        "layers": layers,
        "results": figures,
        "log": log,
    }


def rows(layer: Any) -> list[list[Any]]:
    """Return a layer's attributes with ``None`` for NULL."""
    return [
        [None if value == NULL else value for value in feature.attributes()]
        for feature in layer.getFeatures()
    ]


run_in_window(steps)
