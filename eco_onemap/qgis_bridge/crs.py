# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's coordinate reference systems as the core writes them, and back."""

from __future__ import annotations

from qgis.core import Qgis, QgsCoordinateReferenceSystem

from eco_onemap.core.geometry.crs import CGCS2000
from eco_onemap.readers.crs_names import find_crs_name


def crs_text(crs: QgsCoordinateReferenceSystem) -> str | None:
    """Return ``EPSG:…`` or the WKT of *crs*, None where it is no CRS of a place on the earth."""
    return find_crs_name(crs.toWkt(Qgis.CrsWktVariant.Preferred))


def build_cgcs2000() -> QgsCoordinateReferenceSystem:
    """Return CGCS2000 longitude and latitude, in which all results are given."""
    return QgsCoordinateReferenceSystem(CGCS2000)
