# SPDX-License-Identifier: GPL-2.0-or-later
"""Which field gives which attribute, as a table: attribute, field, first values, how sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont, QIcon

from eco_onemap.core.layers.building.guess import Certainty
from eco_onemap.core.layers.building.yaml_edits import Place
from eco_onemap.gui.builder.choice_delegate import CHOICES
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.builder.wording import certainty_mark
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.qgis_bridge.translation import tr

PREVIEWED = 4
"""As many different values are shown."""


class Column(IntEnum):
    """The columns in their order."""

    ATTRIBUTE = 0
    FIELD = 1
    VALUES = 2
    GUESS = 3


class MappingModel(RowsModel):
    """Attributes as rows; choosing a field becomes an edit of the session.

    A subclass says what the attributes are, and what is known of each.
    """

    def __init__(self, session: BuilderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._names: tuple[str, ...] = ()
        self._place: Place | None = None

    def show_names(self, names: tuple[str, ...], place: Place | None) -> None:
        """Show these attributes of the entry at *place*, None for one that is not edited."""
        self._place = place
        if names == self._names and names:
            last = self.index(len(names) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    def entry_fields(self) -> dict[str, Any]:
        """Return the fields that the catalogue names, by attribute."""
        raise NotImplementedError

    def field_of(self, name: str) -> str:
        """Return the field that gives an attribute, "" for none."""
        return str(self.entry_fields().get(name, ""))

    def label(self, name: str) -> str:
        """Return what people call an attribute."""
        raise NotImplementedError

    def offered(self) -> Sequence[str]:
        """Return the fields to choose from."""
        raise NotImplementedError

    def values(self, field: str) -> Iterable[str]:
        """Return the values of a field, those of the first features first."""
        raise NotImplementedError

    def guess(self, name: str) -> tuple[str, Certainty | None]:
        """Return how sure an attribute's field is, in words and as a degree."""
        raise NotImplementedError

    def reasons(self, name: str) -> str | None:
        """Return why a field is guessed."""
        raise NotImplementedError

    def is_needed(self, name: str) -> bool:
        """Return whether a check asks for an attribute."""
        raise NotImplementedError

    def rows(self) -> Sequence[str]:
        """Return the attributes."""
        return self._names

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (tr("Attribute"), tr("Field"), tr("First values"), tr("Guess"))

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell: fields of the catalogue's entries are chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        is_chosen = index.column() == Column.FIELD and self._place is not None
        return flags | Qt.ItemFlag.ItemIsEditable if is_chosen else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, tells or can be chosen from."""
        if not index.isValid():
            return None
        name, column = self._names[index.row()], Column(index.column())
        ask = _ANSWERS.get(role)
        return ask(self, name, column) if ask else None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Map a field, or none; return whether that was an edit."""
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.FIELD:
            return False
        if self._place is None:
            return False
        name = self._names[index.row()]
        fields = {**self.entry_fields(), name: str(value)}
        if not value:
            del fields[name]
        text = tr("Map {attribute}").format(attribute=name)
        self.session.edit(text, (*self._place, "fields"), fields)
        return True

    def _shown(self, name: str, column: Column) -> str:
        if column is Column.ATTRIBUTE:
            return self.label(name)
        if column is Column.FIELD:
            return self.field_of(name).strip()
        return self._preview(name) if column is Column.VALUES else self.guess(name)[0]

    def _preview(self, name: str) -> str:
        given = (" ".join(value.split()) for value in self.values(self.field_of(name)))
        return " · ".join(list(dict.fromkeys(filter(None, given)))[:PREVIEWED])

    def _written(self, name: str, column: Column) -> str | None:
        return self.field_of(name) if column is Column.FIELD else None

    def _choices(self, _name: str, column: Column) -> list[tuple[str, str]] | None:
        if column is not Column.FIELD:
            return None
        return [("", tr("none")), *((field, field.strip()) for field in self.offered())]

    def _font(self, name: str, _column: Column) -> QFont | None:
        """Return bold letters for what rules ask for."""
        if not self.is_needed(name):
            return None
        font = QFont()
        font.setBold(True)
        return font

    def _mark(self, name: str, column: Column) -> QIcon | None:
        certainty = self.guess(name)[1]
        return certainty_mark(certainty) if certainty and column is Column.GUESS else None

    def _tip(self, name: str, column: Column) -> str | None:
        if column is Column.VALUES:
            return self._preview(name) or None
        if column is not Column.ATTRIBUTE:
            return self.reasons(name)
        told = tr("Written as {name} in the catalogue.").format(name=name)
        asked = tr("Rules ask for this attribute.") if self.is_needed(name) else ""
        return "\n".join(filter(None, (self.label(name), told, asked)))


_ANSWERS: dict[Any, Callable[[MappingModel, str, Column], Any]] = {
    Qt.ItemDataRole.DisplayRole: MappingModel._shown,
    Qt.ItemDataRole.EditRole: MappingModel._written,
    Qt.ItemDataRole.ToolTipRole: MappingModel._tip,
    Qt.ItemDataRole.FontRole: MappingModel._font,
    Qt.ItemDataRole.DecorationRole: MappingModel._mark,
    CHOICES: MappingModel._choices,
}
