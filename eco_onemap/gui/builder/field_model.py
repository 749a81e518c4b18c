# SPDX-License-Identifier: GPL-2.0-or-later
"""The fields of one layer as a table: attributes, the fields that give them, first values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont, QIcon

from eco_onemap.core.layers.building.guess import FieldGuess
from eco_onemap.core.layers.building.vocabulary import common_fields, field_label, roles
from eco_onemap.core.layers.catalogue_text import LAYERS
from eco_onemap.gui.builder.layer_model import CHOICES
from eco_onemap.gui.builder.session import BuilderSession, Row
from eco_onemap.gui.builder.wording import certainty_mark, tip_of_field
from eco_onemap.gui.rows_model import RowsModel
from eco_onemap.qgis_bridge.translation import tr, user_language

PREVIEWED = 4
"""As many different values are shown."""


class Column(IntEnum):
    """The columns in their order."""

    ATTRIBUTE = 0
    FIELD = 1
    VALUES = 2
    GUESS = 3


class FieldModel(RowsModel):
    """Shows the attributes of a layer's role; choosing a field becomes an edit of the session."""

    def __init__(self, session: BuilderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self._names: tuple[str, ...] = ()

    def show_row(self, row: Row | None) -> None:
        """Show the fields of another layer, or of the same one as it is now."""
        names = _attributes_of(row, self._session)
        if names == self._names and names:
            self._row = row
            last = self.index(len(names) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._row, self._names = row, names
        self.endResetModel()

    def rows(self) -> Sequence[str]:
        """Return the attributes."""
        return self._names

    def headings(self) -> Sequence[str]:
        """Return the headings of the columns."""
        return (tr("Attribute"), tr("Field"), tr("First values"), tr("Guess"))

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell: fields of used layers are chosen."""
        if not index.isValid() or self._row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        is_chosen = index.column() == Column.FIELD and self._row.is_used
        return flags | Qt.ItemFlag.ItemIsEditable if is_chosen else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, tells or can be chosen from."""
        if not index.isValid() or self._row is None:
            return None
        name, column = self._names[index.row()], Column(index.column())
        ask = _ANSWERS.get(role)
        return ask(self, name, column) if ask else None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Map a field, or none; return whether that was an edit."""
        row = self._row
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.FIELD:
            return False
        if row is None or row.number is None:
            return False
        name = self._names[index.row()]
        fields = {**(row.entry.get("fields") or {}), name: str(value)}
        if not value:
            del fields[name]
        text = tr("Map {attribute}").format(attribute=name)
        self._session.edit(text, (LAYERS, row.number, "fields"), fields)
        return True

    def _shown(self, name: str, column: Column) -> str:
        if column is Column.ATTRIBUTE:
            role = str(self._row.entry.get("role") or "") if self._row else ""
            label = field_label(role, name, user_language())
            return name if label == name else f"{label} ({name})"
        if column is Column.FIELD:
            return self._mapped(name).strip()
        if column is Column.VALUES:
            return self._values(self._mapped(name))
        guess = self._guess(name)
        if guess is None:
            return ""
        certainty = guess.certainty.word.text(user_language())
        if guess.source == self._mapped(name):
            return certainty
        return tr("{field}? ({certainty})").format(field=guess.source.strip(), certainty=certainty)

    def _written(self, name: str, column: Column) -> str | None:
        return self._mapped(name) if column is Column.FIELD else None

    def _choices(self, _name: str, column: Column) -> list[tuple[str, str]] | None:
        if column is not Column.FIELD:
            return None
        return [("", tr("none")), *((field, field.strip()) for field in self._fields())]

    def _font(self, name: str, _column: Column) -> QFont | None:
        """Return bold letters for what rules ask for."""
        if not self._is_needed(name):
            return None
        font = QFont()
        font.setBold(True)
        return font

    def _mark(self, name: str, column: Column) -> QIcon | None:
        guess = self._guess(name)
        return certainty_mark(guess.certainty) if guess and column is Column.GUESS else None

    def _tip(self, name: str, column: Column) -> str | None:
        if column in (Column.GUESS, Column.FIELD):
            return tip_of_field(self._guess(name))
        if column is Column.VALUES:
            return self._values(self._mapped(name)) or None
        if column is Column.ATTRIBUTE and self._is_needed(name):
            return tr("Rules ask for this attribute.")
        return None

    def _mapped(self, name: str) -> str:
        return str((self._row.entry.get("fields") or {}).get(name, "")) if self._row else ""

    def _guess(self, name: str) -> FieldGuess | None:
        return self._row.draft.fields.get(name) if self._row and self._row.draft else None

    def _is_needed(self, name: str) -> bool:
        return self._row is not None and name in self._session.needed(
            str(self._row.entry.get("role") or "")
        )

    def _fields(self) -> tuple[str, ...]:
        return self._row.draft.description.field_names if self._row and self._row.draft else ()

    def _values(self, field: str) -> str:
        if not self._row or not self._row.draft:
            return ""
        found = (f for f in self._row.draft.description.fields if f.name == field)
        given = next((f.given for f in found), ())
        return " · ".join(list(dict.fromkeys(value.strip() for value in given))[:PREVIEWED])


def _attributes_of(row: Row | None, session: BuilderSession) -> tuple[str, ...]:
    """Return the attributes that a layer may have, those that rules ask for before other ones."""
    if row is None:
        return ()
    role = str(row.entry.get("role") or "")
    usual = roles()[role].fields if role in roles() else common_fields()
    guessed = row.draft.fields if row.draft else {}
    own = row.entry.get("fields") or {}
    first = ("id", "name", *session.needed(role))
    return tuple(dict.fromkeys((*first, *usual, *guessed, *map(str, own))))


_ANSWERS: dict[int, Callable[[FieldModel, str, Column], Any]] = {
    Qt.ItemDataRole.DisplayRole: FieldModel._shown,
    Qt.ItemDataRole.EditRole: FieldModel._written,
    Qt.ItemDataRole.ToolTipRole: FieldModel._tip,
    Qt.ItemDataRole.FontRole: FieldModel._font,
    Qt.ItemDataRole.DecorationRole: FieldModel._mark,
    CHOICES: FieldModel._choices,
}
