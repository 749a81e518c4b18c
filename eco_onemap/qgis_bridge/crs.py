# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's coordinate reference systems as the core writes them, and back."""

from __future__ import annotations

from qgis.core import Qgis, QgsCoordinateReferenceSystem

from eco_onemap.core.crs import CGCS2000

USER_DEFINED = "USER:"


def crs_text(crs: QgsCoordinateReferenceSystem) -> str | None:
    """Return the authority code of *crs*, its WKT where it has none, None where it is no CRS."""
    if not crs.isValid():
        return None
    code: str = crs.authid()
    if code and not code.startswith(USER_DEFINED):
        return code
    return str(crs.toWkt(Qgis.CrsWktVariant.Preferred))


def build_cgcs2000() -> QgsCoordinateReferenceSystem:
    """Return CGCS2000 longitude and latitude, in which all results are given."""
    return QgsCoordinateReferenceSystem(CGCS2000)
