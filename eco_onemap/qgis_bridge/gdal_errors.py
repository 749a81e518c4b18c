# SPDX-License-Identifier: GPL-2.0-or-later
"""Hearing what GDAL complains of; QGIS shows none of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal


@contextmanager
def gdal_complaints() -> Iterator[list[str]]:
    """Yield a list that fills with GDAL's error messages in this thread."""
    complaints: list[str] = []

    def hear(severity: int, _number: int, text: str) -> None:
        if severity >= gdal.CE_Failure:
            complaints.append(text.strip())

    gdal.PushErrorHandler(hear)
    try:
        yield complaints
    finally:
        gdal.PopErrorHandler()
