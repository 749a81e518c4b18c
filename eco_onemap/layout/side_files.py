# SPDX-License-Identifier: GPL-2.0-or-later
"""Keeps GDAL from writing beside the user's rasters what it found out about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal

SIDE_FILES = "GDAL_PAM_ENABLED"
"""GDAL's switch for ``.aux.xml`` files, read when a raster is opened."""


@contextmanager
def no_side_files() -> Iterator[None]:
    """Open rasters without side files in this thread."""
    before = gdal.GetThreadLocalConfigOption(SIDE_FILES)
    gdal.SetThreadLocalConfigOption(SIDE_FILES, "NO")
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(SIDE_FILES, before)
