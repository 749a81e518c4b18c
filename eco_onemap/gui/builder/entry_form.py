# SPDX-License-Identifier: GPL-2.0-or-later
"""The values of one layer that its table does not show: dates, authority, secrecy and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from qgis.gui import QgsDateEdit, QgsFileWidget
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from eco_onemap.core.layers.building.draft import relative_source
from eco_onemap.core.layers.catalogue_text import LAYERS
from eco_onemap.gui.builder.session import BuilderSession, Row
from eco_onemap.gui.builder.wording import coverage_names, secrecy_names
from eco_onemap.qgis_bridge.translation import tr

TEXTS = (
    *("id", "title", "version", "authority", "accuracy_m"),
    *("crs", "encoding", "where", "layer", "classes"),
)
_PARTING = re.compile("[;；]")
DATES = ("issued", "valid_from", "valid_to")


class EntryForm(QWidget):
    """Shows a layer's values; one that was changed becomes an edit of the session."""

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self._showing = False
        self.texts = {key: self._text(key) for key in TEXTS}
        self.dates = {key: self._date(key) for key in DATES}
        self.secrecy = self._choice()
        self.coverage_file = QgsFileWidget()
        self.coverage_file.fileChanged.connect(self._take_coverage_file)
        self.source = QLabel()
        self.source.setWordWrap(True)
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, label in _labels().items():
            form.addRow(label, self._widget(key))
        self.show_row(None)

    def show_row(self, row: Row | None) -> None:
        """Show another layer, or the same one as it is now."""
        self._row = row
        self._showing = True
        entry = row.entry if row else {}
        for key, line in self.texts.items():
            shown = _shown(entry.get(key, ""))
            if line.text() != shown:
                line.setText(shown)
        for key, edit in self.dates.items():
            _show_date(edit, entry.get(key))
        self.secrecy.setCurrentIndex(self.secrecy.findData(str(entry.get("secrecy", "internal"))))
        coverage = str(entry.get("coverage", ""))
        self.coverage_file.setFilePath("" if coverage in coverage_names() else coverage)
        self.source.setText(str(entry.get("source", "")))
        self.setEnabled(row is not None and row.is_used)
        self._showing = False

    def _widget(self, key: str) -> QWidget:
        others = {
            "secrecy": self.secrecy,
            "coverage": self.coverage_file,
            "source": self.source,
        }
        return {**self.texts, **self.dates, **others}[key]

    def _text(self, key: str) -> QLineEdit:
        line = QLineEdit()
        line.editingFinished.connect(lambda: self._take(key, _value_of(key, line.text())))
        return line

    def _date(self, key: str) -> QgsDateEdit:
        edit = QgsDateEdit()
        edit.setAllowNull(True)
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.clear()
        edit.dateValueChanged.connect(lambda day: self._take(key, _day_of(day)))
        return edit

    def _choice(self) -> QComboBox:
        box = QComboBox()
        for value, text in secrecy_names().items():
            box.addItem(text, value)
        box.activated.connect(lambda _: self._take("secrecy", box.currentData()))
        return box

    def _take_coverage_file(self, path: str) -> None:
        if path:
            self._take("coverage", relative_source(path, self._session.folder))

    def _take(self, key: str, value: Any) -> None:
        row = self._row
        if self._showing or row is None or row.number is None:
            return
        if _shown(row.entry.get(key, "")) == _shown("" if value is None else value):
            return
        text = tr("Change {what}").format(what=_labels()[key])
        self._session.edit(text, (LAYERS, row.number, key), value)


def _labels() -> dict[str, str]:
    return {
        "source": tr("Source"),
        "layer": tr("Layer in the source"),
        "where": tr("Filter"),
        "id": tr("Identifier"),
        "title": tr("Title"),
        "version": tr("Version"),
        "issued": tr("Issued on"),
        "valid_from": tr("In force from"),
        "valid_to": tr("In force until"),
        "authority": tr("Authority"),
        "secrecy": tr("Secrecy"),
        "accuracy_m": tr("Accuracy in metres"),
        "coverage": tr("File of the mapped area"),
        "crs": tr("CRS where the source has none"),
        "encoding": tr("Encoding"),
        "classes": tr("Classes of a raster"),
    }


def _shown(value: Any) -> str:
    """Return a value as its line shows it; classes as ``1=low; 2=high``."""
    if isinstance(value, Mapping):
        return "; ".join(f"{number}={label}" for number, label in value.items())
    return str(value)


def _value_of(key: str, text: str) -> Any:
    """Return what a line says; what does not fit stays as it is, and is told as a problem."""
    text = text.strip()
    try:
        if key == "accuracy_m" and text:
            return float(text)
        if key == "classes":
            return _classes_of(text)
    except ValueError:
        return text
    return text


def _classes_of(text: str) -> dict[int, str]:
    """Return raster values and their labels; ValueError where a part is no such pair."""
    pairs = (part.split("=", 1) for part in _PARTING.split(text) if part.strip())
    return {int(number): label.strip() for number, label in pairs}


def _day_of(day: QDate) -> date | None:
    return date(day.year(), day.month(), day.day()) if day.isValid() else None


def _show_date(edit: QgsDateEdit, value: Any) -> None:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        edit.clear()
        return
    edit.setDate(QDate(day.year, day.month, day.day))
