# SPDX-License-Identifier: GPL-2.0-or-later
"""A choice that a dialog shows in words, while models and scripts keep its stable names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterEnum
from qgis.gui import (
    QgsAbstractProcessingParameterWidgetWrapper,
    QgsCheckableComboBox,
    QgsGui,
    QgsProcessingGui,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from eco_onemap.qgis_bridge.translation import tr

Kind = QgsProcessingGui.WidgetType


class Choice:
    """What Processing makes by its name in a parameter's metadata: the fitting widget."""

    def __new__(  # type: ignore[misc]  # Processing takes what a class gives
        cls,
        parameter: QgsProcessingParameterEnum,
        dialog: Any,  # one of Processing's own, with attributes of Python
        _row: int = 0,
        _column: int = 0,
        *,
        titles: Sequence[str],
    ) -> QgsAbstractProcessingParameterWidgetWrapper | QWidget:
        """Return the widget of a dialog or batch; in the modeler QGIS's own, which takes inputs."""
        if type(dialog).__name__ == "ModelerParametersDialog":
            made = QgsGui.processingGuiRegistry().createModelerParameterWidget(
                dialog.model, dialog.childId, parameter, dialog.context
            )
            made.setDialog(dialog)
            return made
        is_batch = type(dialog).__name__ == "BatchAlgorithmDialog"
        return ChoiceWrapper(parameter, Kind.Batch if is_batch else Kind.Standard, titles)


class ChoiceWrapper(QgsAbstractProcessingParameterWidgetWrapper):  # type: ignore[misc]  # no types
    """Shows the titles of a parameter's options; its values are the options themselves.

    The widget is asked for each time: the object that PyQt made ends when QGIS takes its box.
    """

    def __init__(
        self, parameter: QgsProcessingParameterEnum, kind: Kind, titles: Sequence[str]
    ) -> None:
        super().__init__(parameter, kind)
        self._options = dict(zip(parameter.options(), titles, strict=True))
        self._several = parameter.allowMultiple()

    def createWidget(self) -> QComboBox:
        """Return the box, with check marks where several may be chosen."""
        box = QgsCheckableComboBox() if self._several else QComboBox()
        for option, title in self._options.items():
            box.addItem(title, option)
        if self._several:
            box.setDefaultText(tr("none"))
            box.checkedItemsChanged.connect(self._tell)
        else:
            box.activated.connect(self._tell)
        return box

    def setWidgetValue(self, value: Any, _context: QgsProcessingContext) -> None:
        """Show which options are chosen."""
        box, chosen = self._box, _listed(value)
        if not self._several:
            box.setCurrentIndex(max(0, box.findData(chosen[0] if chosen else None)))
            return
        for row, option in enumerate(self._options):
            state = Qt.CheckState.Checked if option in chosen else Qt.CheckState.Unchecked
            box.setItemCheckState(row, state)

    def widgetValue(self) -> Any:
        """Return the chosen option, or a list of them where there may be several."""
        box = self._box
        return box.checkedItemsData() if self._several else box.currentData()

    @property
    def _box(self) -> QComboBox:
        return sip.cast(self.wrappedWidget(), QgsCheckableComboBox if self._several else QComboBox)

    def _tell(self, *_: Any) -> None:
        self.widgetValueHasChanged.emit(self)


def _listed(value: Any) -> list[str]:
    """Return options as they may be stored: one, a list, or several with commas between."""
    if isinstance(value, str):
        return value.split(",")
    return [str(each) for each in value or ()]
