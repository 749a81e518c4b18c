# SPDX-License-Identifier: GPL-2.0-or-later
"""Hears what GDAL reports while fiona reads."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import fiona

_NULL_GEOMETRY = "Pointer 'hGeom' is NULL"
"""What GDAL says when fiona asks for the type of a geometry that is null: no complaint."""


_LOGGER = logging.getLogger("fiona")


class _Unreadable:
    """Hears GDAL's messages that quote bytes of a damaged file, which are no UTF-8.

    fiona fails to read them where nobody can catch it: Python is told once to print the error and
    once that it is lost.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners = 0
        self._hooks = sys.unraisablehook, sys.excepthook

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hand such messages to fiona's logger, in whichever threads read meanwhile."""
        with self._lock:
            if not self._listeners:
                self._hooks = sys.unraisablehook, sys.excepthook
                sys.unraisablehook, sys.excepthook = self._hear, self._print
            self._listeners += 1
        try:
            yield
        finally:
            with self._lock:
                self._listeners -= 1
                if not self._listeners:
                    sys.unraisablehook, sys.excepthook = self._hooks

    def _hear(self, failure: sys.UnraisableHookArgs) -> None:
        error = failure.exc_value
        if isinstance(error, UnicodeDecodeError) and str(failure.object).startswith("fiona."):
            _LOGGER.error("%s", error.object.decode("utf-8", "replace"))
        else:
            self._hooks[0](failure)

    def _print(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Print all else; an error that is raised, not printed, has left :meth:`heard` before."""
        if not isinstance(error, UnicodeDecodeError):
            self._hooks[1](kind, error, trace)


_UNREADABLE = _Unreadable()


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
    complaints = _Complaints()
    _LOGGER.addHandler(complaints)
    try:
        with _UNREADABLE.heard(), fiona.Env():
            yield complaints.texts
    finally:
        _LOGGER.removeHandler(complaints)
