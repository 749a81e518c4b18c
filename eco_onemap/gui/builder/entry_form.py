# SPDX-License-Identifier: GPL-2.0-or-later
"""The values of one layer that its table does not show: dates, authority, secrecy and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QWidget

from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.building.draft import relative_source
from eco_onemap.core.layers.catalogue_text import LAYERS
from eco_onemap.gui.builder.number_rows import numbers_of, numbers_text
from eco_onemap.gui.builder.session import BuilderSession, Row
from eco_onemap.gui.builder.values_form import ValuesForm
from eco_onemap.gui.builder.wording import coverage_names
from eco_onemap.qgis_bridge.translation import tr

KEYS = (
    *("title", "version", "issued", "valid_from", "valid_to", "authority", "secrecy"),
    *("coverage", "empty", "accuracy_m", "where", "crs", "encoding", "classes", "id"),
    *("bounds", "layer", "source"),
)
"""What a person has to tell comes first, what was found in the file last."""

_PARTING = re.compile("[;；]")


class EntryForm(ValuesForm):
    """Shows a layer's values; one that was changed becomes an edit of the session."""

    def __init__(self, session: BuilderSession, parent: QWidget | None = None) -> None:
        super().__init__(session, KEYS, parent)
        self.show_row(None)

    def special(self) -> Mapping[str, QWidget]:
        """Return the choice of a coverage file, the source, which is only told, and a tick."""
        self.coverage_file = QgsFileWidget()
        self.coverage_file.fileChanged.connect(self._take_coverage_file)
        self.source = QLabel()
        self.source.setWordWrap(True)
        self.empty = QCheckBox(tr("the region has none of it"))
        self.empty.setToolTip(
            tr("Else a layer without features lets no site be clear: its export may have failed.")
        )
        self.empty.clicked.connect(lambda ticked: self.take("empty", ticked or None))
        return {"coverage": self.coverage_file, "source": self.source, "empty": self.empty}

    def show_row(self, row: Row | None) -> None:
        """Show another layer, or the same one as it is now."""
        number = row.number if row else None
        self.show_entry(None if number is None else (LAYERS, number), row.entry if row else {})

    def show_values(self, entry: Mapping[str, Any]) -> None:
        """Put the values of an entry into the widgets."""
        super().show_values(entry)
        coverage = str(entry.get("coverage", ""))
        self.coverage_file.setFilePath("" if coverage in coverage_names() else coverage)
        self.source.setText(str(entry.get("source", "")))
        self.texts["bounds"].setEnabled(is_database(str(entry.get("source", ""))))
        self.empty.setChecked(entry.get("empty") is True)

    def shown(self, value: Any) -> str:
        """Return a value as its line shows it; classes as ``1=low; 2=high``, numbers in a row."""
        if isinstance(value, Mapping):
            return "; ".join(f"{number}={label}" for number, label in value.items())
        if isinstance(value, list):
            return numbers_text(value)
        return str(value)

    def value_of(self, key: str, text: str) -> Any:
        """Return what a line says; what does not fit stays as it is, and is told as a problem."""
        text = text.strip()
        try:
            if key == "accuracy_m" and text:
                return float(text)
            if key == "bounds":
                return numbers_of(text)
            if key == "classes":
                return _classes_of(text)
        except ValueError:
            return text
        return text

    def _take_coverage_file(self, path: str) -> None:
        if path:
            self.take("coverage", relative_source(path, self.session.folder))


def _classes_of(text: str) -> dict[int, str]:
    """Return raster values and their labels; ValueError where a part is no such pair."""
    pairs = (part.split("=", 1) for part in _PARTING.split(text) if part.strip())
    return {int(number): label.strip() for number, label in pairs}
