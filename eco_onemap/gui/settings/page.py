# SPDX-License-Identifier: GPL-2.0-or-later
"""The settings page: decimals, colours, default files, who makes maps, cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.gui.settings.file_list import FileList
from eco_onemap.layout.schemes import scheme_titles
from eco_onemap.outputs.formatting import decimal_text
from eco_onemap.qgis_bridge.preferences import (
    MEBIBYTE,
    AreaUnit,
    Preferences,
    read_preferences,
    write_preferences,
)
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.compiled_cache import CompiledCache

LARGEST_CACHE_MIB = 1 << 20
MOST_DECIMALS = 6


class SettingsPage(QgsOptionsPageWidget):
    """Shows the preferences; QGIS calls :meth:`apply` when its options are accepted."""

    def __init__(self, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changed = changed
        self._units = {unit: QCheckBox(title) for unit, title in _unit_titles().items()}
        self._decimals = _number(MOST_DECIMALS)
        self._scheme = QComboBox()
        for name, titles in scheme_titles().items():
            self._scheme.addItem(titles[user_language()], name)
        self._catalogue = QgsFileWidget()
        self._catalogue.setFilter(tr("One map catalogues (*.yaml *.yml)"))
        self._packs = FileList(tr("Rule packs"), tr("Rule packs (*.yaml *.yml)"))
        self._organisation, self._maker = QLineEdit(), QLineEdit()
        self._cache_mib = _number(LARGEST_CACHE_MIB, " MiB", step=256)
        self._cache_state = QLabel()
        column = QVBoxLayout(self)
        for group in (self._display(), self._defaults(), self._imprint(), self._cache()):
            column.addWidget(group)
        column.addStretch()
        self.show_preferences(read_preferences())

    def show_preferences(self, preferences: Preferences) -> None:
        """Put *preferences* into the fields."""
        for unit, box in self._units.items():
            box.setChecked(unit in preferences.area_units)
        self._decimals.setValue(preferences.area_decimals)
        self._scheme.setCurrentIndex(max(0, self._scheme.findData(preferences.scheme)))
        self._catalogue.setFilePath(preferences.catalogue)
        self._packs.set_paths(preferences.packs)
        self._organisation.setText(preferences.organisation)
        self._maker.setText(preferences.maker)
        self._cache_mib.setValue(preferences.cache_mib)

    def preferences(self) -> Preferences:
        """Return what the fields say; areas without any unit are told in all."""
        units = tuple(unit for unit, box in self._units.items() if box.isChecked())
        return Preferences(
            area_units=units or tuple(self._units),
            area_decimals=self._decimals.value(),
            scheme=self._scheme.currentData(),
            catalogue=self._catalogue.filePath(),
            packs=self._packs.paths(),
            organisation=self._organisation.text().strip(),
            maker=self._maker.text().strip(),
            cache_mib=self._cache_mib.value(),
        )

    def apply(self) -> None:
        """Store what the fields say."""
        write_preferences(self.preferences())
        self._changed()

    def _display(self) -> QGroupBox:
        units = _in_a_row(*self._units.values())
        units.setToolTip(tr("In the lists of the window; maps and reports keep the usual ones."))
        return _group(
            tr("Display"),
            {
                tr("Units of areas"): units,
                tr("Decimals of hectares and mu"): self._decimals,
                tr("Colours of the one map"): self._scheme,
            },
        )

    def _defaults(self) -> QGroupBox:
        return _group(
            tr("Default files"),
            {
                tr("Catalogue of the one map"): self._catalogue,
                tr("Rule packs on top of the national one"): self._packs,
            },
        )

    def _imprint(self) -> QGroupBox:
        return _group(
            tr("At the foot of maps"),
            {tr("Organisation"): self._organisation, tr("Drawn by"): self._maker},
        )

    def _cache(self) -> QGroupBox:
        clear = QPushButton(tr("Clear now"))
        clear.clicked.connect(self._clear_cache)
        state = _in_a_row(self._cache_state, clear)
        self._show_cache()
        return _group(
            tr("Compiled layers"), {tr("Largest size"): self._cache_mib, tr("In use"): state}
        )

    def _show_cache(self) -> None:
        files = CompiledCache().files()
        size = sum(file.size for file in files) / MEBIBYTE
        text = tr("Layers: {count}, {size} MiB").format(
            count=len(files), size=decimal_text(size, 1)
        )
        self._cache_state.setText(text)

    def _clear_cache(self) -> None:
        CompiledCache().clear()
        self._show_cache()


def _unit_titles() -> Mapping[AreaUnit, str]:
    return {
        AreaUnit.M2: tr("Square metres"),
        AreaUnit.HECTARE: tr("Hectares"),
        AreaUnit.MU: tr("Mu"),
    }


def _in_a_row(*widgets: QWidget) -> QWidget:
    """Return widgets beside each other."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return whole


def _number(most: int, suffix: str = "", step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, most)
    box.setSuffix(suffix)
    box.setSingleStep(step)
    return box


def _group(title: str, rows: Mapping[str, Any]) -> QGroupBox:
    group = QGroupBox(title)
    form = QFormLayout(group)
    for label, widget in rows.items():
        form.addRow(label, widget)
    return group
