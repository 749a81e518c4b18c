# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening rasters without leaving files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal

PAM = "GDAL_PAM_ENABLED"
"""GDAL's switch for ``.aux.xml`` files, which a dataset reads when it is opened."""


@contextmanager
def no_side_files() -> Iterator[None]:
    """Let rasters that this thread opens keep their statistics to themselves."""
    before = gdal.GetThreadLocalConfigOption(PAM)
    gdal.SetThreadLocalConfigOption(PAM, "NO")
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(PAM, before)
