# SPDX-License-Identifier: GPL-2.0-or-later
"""Hears what GDAL reports while fiona reads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import fiona

_NULL_GEOMETRY = "Pointer 'hGeom' is NULL"
"""What GDAL says when fiona asks for the type of a geometry that is null: no complaint."""


class _Complaints(logging.Handler):
    """Collects what GDAL reports as an error in the thread that listens."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if record.thread == self._thread and not text.startswith(_NULL_GEOMETRY):
            self.texts.append(text)


@contextmanager
def gdal_complaints() -> Iterator[list[str]]:
    """Yield a list that fills with GDAL's error messages.

    fiona raises none of them while it iterates: a bad filter then looks like an empty layer, a
    cut-off shapefile like null geometries.
    """
    logger = logging.getLogger("fiona")
    complaints = _Complaints()
    logger.addHandler(complaints)
    try:
        with fiona.Env():
            yield complaints.texts
    finally:
        logger.removeHandler(complaints)
