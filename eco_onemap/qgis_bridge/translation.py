# SPDX-License-Identifier: GPL-2.0-or-later
"""The language of the user interface."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

CONTEXT = "EcoOneMap"


def tr(text: str) -> str:
    """Return an English source text in the language of QGIS."""
    return QCoreApplication.translate(CONTEXT, text)


def user_language() -> str:
    """Return ``zh`` where QGIS speaks Chinese, else ``en``."""
    return "zh" if QgsApplication.locale().startswith("zh") else "en"
