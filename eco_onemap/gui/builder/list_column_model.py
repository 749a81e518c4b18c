# SPDX-License-Identifier: GPL-2.0-or-later
"""The columns of one access list: what a check reads, and the column that says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from eco_onemap.core.layers.building.guess import Certainty
from eco_onemap.core.layers.building.yaml_edits import Place
from eco_onemap.core.layers.catalogue import AccessListEntry
from eco_onemap.core.layers.sources import TableRows
from eco_onemap.core.zoning.list_header import (
    NEEDED_COLUMNS,
    Header,
    column_names,
    likely_header,
)
from eco_onemap.gui.builder.mapping_model import MappingModel
from eco_onemap.gui.builder.wording import list_column_names
from eco_onemap.qgis_bridge.translation import tr

SAMPLE_ROWS = 200


class ListColumnModel(MappingModel):
    """Shows what is read of a table; choosing a column becomes an edit of the session.

    A column with a known heading needs no entry in the catalogue.
    """

    _entry: AccessListEntry | None = None
    _rows: TableRows | None = None
    _header: Header | None = None

    def show_list(
        self, place: Place | None, entry: AccessListEntry | None, rows: TableRows | None
    ) -> None:
        """Show another list, or the same one as it is now; None for one that cannot be read."""
        self._entry, self._rows = entry, rows
        self._header = likely_header(rows, entry) if rows and entry else None
        names = (*NEEDED_COLUMNS, *column_names()) if entry else ()
        own = entry.fields if entry else ()
        self.show_names(tuple(dict.fromkeys((*names, *own))), place)

    def entry_fields(self) -> dict[str, Any]:
        """Return the columns that the catalogue names."""
        return dict(self._entry.fields) if self._entry else {}

    def field_of(self, name: str) -> str:
        """Return the heading of the column that is read, else the one that is named in vain."""
        number = self._column(name)
        if number is None or self._header is None:
            return super().field_of(name)
        return self._header.cells[number]

    def label(self, name: str) -> str:
        """Return what people call a column."""
        return list_column_names().get(name, name)

    def offered(self) -> Sequence[str]:
        """Return the headings of the table."""
        cells = self._header.cells if self._header else ()
        return tuple(dict.fromkeys(cell for cell in cells if cell.strip()))

    def values(self, field: str) -> Iterable[str]:
        """Return the values of a column in the first rows."""
        if self._header is None or self._rows is None or field not in self._header.cells:
            return ()
        number, start = self._header.cells.index(field), self._header.row + 1
        rows = self._rows.rows[start : start + SAMPLE_ROWS]
        return (row[number] for row in rows if number < len(row))

    def guess(self, name: str) -> tuple[str, Certainty | None]:
        """Return how a column was found."""
        is_chosen = bool(super().field_of(name))
        if self._column(name) is not None:
            return (tr("chosen") if is_chosen else tr("by its heading")), Certainty.SURE
        if is_chosen:
            return tr("not in the table"), Certainty.DOUBTFUL
        return (tr("missing"), Certainty.DOUBTFUL) if self.is_needed(name) else ("", None)

    def reasons(self, name: str) -> str | None:
        """Return how a column was found, where there is more than a word to tell."""
        return self.guess(name)[0] or None

    def is_needed(self, name: str) -> bool:
        """Return whether a table tells no clause without a column, or what stands for it."""
        if self._entry is None or name not in NEEDED_COLUMNS:
            return False
        if name == NEEDED_COLUMNS[0]:
            return not self._entry.scope
        return self._header is None or not self._header.dimensions

    def _column(self, name: str) -> int | None:
        return self._header.columns.get(name) if self._header else None
