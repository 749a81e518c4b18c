# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens the dialog of each algorithm as the toolbox does, tells what it shows, takes pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import processing
from inventory import living
from pictures import rest, take_picture, wait_until
from qgis.core import QgsApplication, QgsProcessingContext
from qgis.gui import (
    QgsCheckableComboBox,
    QgsCollapsibleGroupBoxBasic,
)
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QScrollArea,
    QWidget,
)
from script import given, run_in_window, settle

SIZE = (1120, 720)
MOST_PAGES = 6
LONGEST_S = 60.0


def look_at(name: str, folder: Path) -> dict[str, Any]:
    """Open one dialog; return what stands in it and the values that it would run with."""
    dialog = processing.createAlgorithmDialog(f"ecoonemap:{name}", {})
    dialog.resize(*SIZE)
    dialog.show()
    rest(0.3)
    take_picture(dialog, folder / f"{name}.png")
    panel = dialog.mainWidget()
    for box in panel.findChildren(QGroupBox):
        if box.inherits("QgsCollapsibleGroupBoxBasic"):
            sip.cast(box, QgsCollapsibleGroupBoxBasic).setCollapsed(False)
    rest(0.3)
    pages = [dialog.grab()]
    area = panel.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    while bar.value() < bar.maximum() and len(pages) < MOST_PAGES:
        bar.setValue(bar.value() + area.viewport().height() - 40)
        rest(0.1)
        pages.append(dialog.grab())
    for number, page in enumerate(pages):
        page.save(str(folder / f"{name}_{number}.png"))
    wrappers = {
        key: each for key, each in panel.wrappers.items() if hasattr(each, "parameterValue")
    }
    found = {
        "title": dialog.windowTitle(),
        "texts": sorted(set(texts(panel))),
        "tips": {
            key: each.wrappedLabel().toolTip()
            for key, each in wrappers.items()
            if each.wrappedLabel() is not None
        },
        "widgets": {key: kind_of(each.wrappedWidget()) for key, each in wrappers.items()},
        "values": {key: plain(each.parameterValue()) for key, each in wrappers.items()},
        "wide": area.horizontalScrollBar().maximum(),
    }
    dialog.close()
    dialog.deleteLater()
    settle()
    return found


def kind_of(widget: QWidget) -> str:
    """Return the class of a parameter's widget, of the one in it where that is a frame."""
    found = (each.metaObject().className() for each in (widget, *widget.findChildren(QWidget)))
    return next((name for name in found if name != "QWidget"), "QWidget")


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    return value if isinstance(value, str | int | float | list | None) else str(value)


def texts(panel: QWidget) -> Iterator[str]:
    """Yield all texts of the parameters: labels, check boxes, what boxes offer."""
    for label in panel.findChildren(QLabel):
        yield label.text()
    for mark in panel.findChildren(QCheckBox):
        yield mark.text()
    for box in panel.findChildren(QComboBox):
        yield box.currentText()
        if type(box) in (QComboBox, QgsCheckableComboBox):
            yield from (box.itemText(row) for row in range(box.count()))


def several_rows(sites: list[str], folder: Path) -> list[str]:
    """Run the siting check on several files in Processing's batch dialog."""
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog  # noqa: PLC0415

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ecoonemap:sitingcheck")
    dialog: QDialog = BatchAlgorithmDialog(algorithm)
    dialog.resize(1240, SIZE[1])
    dialog.show()
    panel, context = dialog.mainWidget(), QgsProcessingContext()
    panel.checkLoadLayersOnCompletion.setChecked(False)
    panel.addRow(len(sites) - panel.batchRowCount())
    column = panel.parameter_to_column
    targets = [str(Path(path).with_suffix(".results.gpkg")) for path in sites]
    for row, path in enumerate(sites):
        stated = {"SITES_FILE": path, "CATALOGUE": given()["catalogue"], "LANGUAGE": "en"}
        for name, value in stated.items():
            panel.wrappers[row][column[name]].setParameterValue(value, context)
        target = panel.tblParameters.cellWidget(row + 1, column["OUTPUT_GPKG"])
        target.setValue(targets[row])
    rest(0.3)
    take_picture(dialog, folder / "batch.png")
    dialog.runButton().click()
    wait_until(lambda: all(Path(target).exists() for target in targets), LONGEST_S)
    wait_until(dialog.runButton().isEnabled)
    take_picture(dialog, folder / "batch_log.png")
    dialog.close()
    return targets


def steps() -> dict[str, Any]:
    """Return what each dialog shows, by the names of algorithms, and how the batch went."""
    provider = QgsApplication.processingRegistry().providerById("ecoonemap")
    folder = Path(given()["pictures"])
    folder.mkdir(parents=True, exist_ok=True)
    dialogs = {each.name(): look_at(each.name(), folder) for each in provider.algorithms()}
    left = living()["widgets"].get("ChoiceWrapper", 0)
    batch = several_rows(given()["sites"], folder)
    return {"dialogs": dialogs, "left": left, "batch": batch}


run_in_window(steps)
