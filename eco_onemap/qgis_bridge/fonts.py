# SPDX-License-Identifier: GPL-2.0-or-later
"""The fonts that are installed, asked under Qt 5 and Qt 6."""

from __future__ import annotations

from qgis.PyQt.QtCore import QT_VERSION
from qgis.PyQt.QtGui import QFontDatabase

QT_6 = 0x060000


def installed_families(
    system: QFontDatabase.WritingSystem = QFontDatabase.WritingSystem.Any,
) -> list[str]:
    """Return the families that have a writing system; Qt 6 asks the class, Qt 5 an object."""
    database = QFontDatabase if QT_VERSION >= QT_6 else QFontDatabase()
    return list(database.families(system))
