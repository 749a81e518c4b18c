# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways to read coordinates as a table: the system, and the place on the map that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QModelIndex, QObject, Qt

from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.sites.crs_candidates import Candidate
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.qgis_bridge.translation import tr


class Column(IntEnum):
    """The columns in their order."""

    SYSTEM = 0
    PLACE = 1
    WHERE = 2


class CandidateModel(RowsModel):
    """Shows candidates in the order of the reasoner."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._has_region = False

    def show_candidates(self, candidates: Sequence[Candidate], *, has_region: bool = False) -> None:
        """Show other candidates; *has_region*: whether the one map tells its region."""
        self.beginResetModel()
        self._candidates, self._has_region = tuple(candidates), has_region
        self.endResetModel()

    def candidate(self, row: int) -> Candidate:
        """Return a candidate by its row."""
        return self._candidates[row]

    def rows(self) -> Sequence[Candidate]:
        """Return the candidates."""
        return self._candidates

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (tr("Coordinate system"), tr("Middle of the sites"), tr("Lies"))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        candidate = self._candidates[index.row()]
        if index.column() == Column.SYSTEM:
            return system_title(candidate)
        if index.column() == Column.PLACE:
            return f"{candidate.longitude:.4f}°E  {candidate.latitude:.4f}°N"
        if not candidate.in_china:
            return tr("outside China")
        if not self._has_region:
            return tr("in China")
        return tr("in the map's region") if candidate.in_region else tr("outside the map's region")


def system_title(candidate: Candidate) -> str:
    """Return the codes of a candidate with the first one's name, and whether axes are swapped."""
    known = find_crs(next(iter(candidate.crs_by_zone.values())))
    name = f"{known.name} ({candidate.name})" if known else candidate.name
    return f"{name} (X ↔ Y)" if candidate.swapped else name
