# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the tables of access lists for the builder, anew only where something has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.layers.catalogue import AccessListEntry, Secrecy
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.core.zoning.clause_reading import read_clauses
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.translation import tr, user_language

EXAMPLES = 3
"""Clauses that are told."""


class ListReader:
    """Keeps the table that was read last: some hold a hundred thousand clauses."""

    def __init__(self) -> None:
        self._file: tuple[object, ...] = ()
        self._read: tuple[AccessListEntry | None, str] = (None, "")
        self._rows: TableRows | None = None

    def look(self, entry: AccessListEntry) -> tuple[TableRows | None, str]:
        """Return a list's rows, None where it cannot be read, and what a check reads, or why not.

        The language is QGIS's.
        """
        plain = replace(entry, title="", version="", authority="", issued=None)
        plain = replace(plain, secrecy=Secrecy.INTERNAL)
        file = (entry.source, entry.sheet, entry.encoding, _stamp(Path(entry.source)))
        if (file, plain) != (self._file, self._read[0]):
            told = self._told(plain, is_new=file != self._file)
            self._file, self._read = file, (plain, told)
        return self._rows, self._read[1]

    def _told(self, entry: AccessListEntry, *, is_new: bool) -> str:
        try:
            if is_new or self._rows is None:
                self._rows = None
                self._rows = QgisLayers().read_rows(entry)
            clauses = read_clauses(self._rows, entry)
        except EcoOneMapError as error:
            return error.message.text(user_language())
        readable = sum(clause.is_readable for clause in clauses)
        told = tr("{count} clauses are read; {readable} of them can be decided by a machine.")
        examples = [f"{c.scope} {c.number} {c.text}" for c in clauses[:EXAMPLES]]
        return "\n".join([told.format(count=len(clauses), readable=readable), *examples])


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes with a file, None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
