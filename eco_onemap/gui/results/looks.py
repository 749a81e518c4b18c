# SPDX-License-Identifier: GPL-2.0-or-later
"""How verdicts look: an icon whose shape tells them apart without colour, a colour, a pattern."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QIcon

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.desk import icon


@dataclass(frozen=True)
class Look:
    """A verdict's colour and the pattern that a chart fills its bar with."""

    colour: str
    pattern: Qt.BrushStyle


LOOKS = {
    Verdict.PROHIBITED: Look("#b3231b", Qt.BrushStyle.SolidPattern),
    Verdict.RESTRICTED: Look("#b85400", Qt.BrushStyle.BDiagPattern),
    Verdict.STUDY: Look("#806300", Qt.BrushStyle.Dense4Pattern),
    Verdict.NO_DATA: Look("#59636e", Qt.BrushStyle.DiagCrossPattern),
    Verdict.CLEAR: Look("#1d6b45", Qt.BrushStyle.NoBrush),
}


def verdict_icon(verdict: Verdict) -> QIcon:
    """Return the verdict's icon."""
    return icon(f"verdict_{verdict.value}")


def verdict_colour(verdict: Verdict) -> QColor:
    """Return the verdict's colour."""
    return QColor(LOOKS[verdict].colour)
