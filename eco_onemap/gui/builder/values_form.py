# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines, dates and the secrecy of one entry of a catalogue; what is changed becomes an edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from eco_onemap.core.layers.building.yaml_edits import Place
from eco_onemap.gui.builder.session import BuilderSession
from eco_onemap.gui.builder.wording import key_names, secrecy_names
from eco_onemap.qgis_bridge.day_text import day_format, day_locale
from eco_onemap.qgis_bridge.translation import tr

DATES = ("issued", "valid_from", "valid_to")
SECRECY = "secrecy"


class ValuesForm(QWidget):
    """Shows the values of an entry, a row for each key.

    keys: in the order of the rows; lines of text but for dates, secrecy and what :meth:`special`
        gives.
    """

    def __init__(
        self, session: BuilderSession, keys: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._place: Place | None = None
        self._entry: Mapping[str, Any] = {}
        self._showing = False
        self.texts: dict[str, QLineEdit] = {}
        self.dates = {key: self._date(key) for key in DATES}
        self.secrecy = self._secrecy()
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        others = {**self.dates, SECRECY: self.secrecy, **self.special()}
        for key in keys:
            form.addRow(key_names()[key], others.get(key) or self._text(key))

    def special(self) -> Mapping[str, QWidget]:
        """Return the widgets of keys that are no lines of text."""
        return {}

    def show_entry(self, place: Place | None, entry: Mapping[str, Any]) -> None:
        """Show another entry, or the same one as it is now; None for one that is not edited."""
        self._place, self._entry = place, entry
        self._showing = True
        self.show_values(entry)
        self.setEnabled(place is not None)
        self._showing = False

    def show_values(self, entry: Mapping[str, Any]) -> None:
        """Put the values of an entry into the widgets."""
        for key, line in self.texts.items():
            shown = self.shown(entry.get(key, ""))
            if line.text() != shown:
                line.setText(shown)
        for key, edit in self.dates.items():
            _show_date(edit, entry.get(key))
        self.secrecy.setCurrentIndex(self.secrecy.findData(str(entry.get(SECRECY, "internal"))))

    def shown(self, value: Any) -> str:
        """Return a value as its line shows it."""
        return str(value)

    def value_of(self, _key: str, text: str) -> Any:
        """Return what a line says."""
        return text.strip()

    def take(self, key: str, value: Any) -> None:
        """Make what was written an edit of the session, if it is something else."""
        if self._showing or self._place is None:
            return
        if self.shown(self._entry.get(key, "")) == self.shown("" if value is None else value):
            return
        text = tr("Change {what}").format(what=key_names()[key])
        self.session.edit(text, (*self._place, key), value)

    def _text(self, key: str) -> QLineEdit:
        line = self.texts[key] = QLineEdit()
        line.editingFinished.connect(lambda: self.take(key, self.value_of(key, line.text())))
        return line

    def _date(self, key: str) -> QgsDateEdit:
        edit = QgsDateEdit()
        edit.setAllowNull(True)
        edit.setNullRepresentation(tr("not given"))
        edit.setLocale(day_locale())
        edit.setDisplayFormat(day_format())
        edit.clear()
        edit.dateValueChanged.connect(lambda day: self.take(key, _day_of(day)))
        return edit

    def _secrecy(self) -> QComboBox:
        box = QComboBox()
        for value, text in secrecy_names().items():
            box.addItem(text, value)
        box.activated.connect(lambda _: self.take(SECRECY, box.currentData()))
        return box


def _day_of(day: QDate) -> date | None:
    return date(day.year(), day.month(), day.day()) if day.isValid() else None


def _show_date(edit: QgsDateEdit, value: Any) -> None:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        edit.clear()
        return
    edit.setDate(QDate(day.year, day.month, day.day))
