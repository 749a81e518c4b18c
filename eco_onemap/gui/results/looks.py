# SPDX-License-Identifier: GPL-2.0-or-later
"""How verdicts look: an icon whose shape tells them apart without colour, a colour, a pattern."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QIcon

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.desk import icon
from eco_onemap.qgis_bridge.verdict_colours import VERDICT_COLOURS

PATTERNS = {
    Verdict.PROHIBITED: Qt.BrushStyle.SolidPattern,
    Verdict.RESTRICTED: Qt.BrushStyle.BDiagPattern,
    Verdict.STUDY: Qt.BrushStyle.Dense4Pattern,
    Verdict.NO_DATA: Qt.BrushStyle.DiagCrossPattern,
    Verdict.CLEAR: Qt.BrushStyle.NoBrush,
}
"""What a chart fills the bar of a verdict with."""


def verdict_icon(verdict: Verdict) -> QIcon:
    """Return the verdict's icon."""
    return icon(f"verdict_{verdict.value}")


def verdict_colour(verdict: Verdict) -> QColor:
    """Return the verdict's colour."""
    return QColor(VERDICT_COLOURS[verdict])
