# SPDX-License-Identifier: GPL-2.0-or-later
"""The first steps of a new user: the sample city, a site, a check, its verdict.

Each step has a button that does it; who does it in the window itself is followed, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAction,
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.desk import Desk
from eco_onemap.gui.siting.dock import SitingDock
from eco_onemap.paths import sample
from eco_onemap.qgis_bridge.translation import tr

SEEN = "eco_onemap/first_steps_seen"
"""The setting that remembers that the first steps were shown."""

OPEN_SAMPLE = "EcoOneMapOpenSample"
SITE = "site_txt_factory.txt"
WIDTH, MARK_PX, CORNER_PX = 460, 20, 40
DONE_ICON = "/mIconSuccess.svg"


def were_seen() -> bool:
    """Return whether the first steps were shown to this user before."""
    return bool(QgsSettings().value(SEEN, False, type=bool))


def keep_seen() -> None:
    """Remember that they were."""
    QgsSettings().setValue(SEEN, True)


@dataclass(frozen=True)
class Step:
    """What is done, what it is good for, what its button is called and does, whether it is done."""

    title: str
    text: str
    button: str
    act: Callable[[], None]
    is_done: Callable[[], bool]


class FirstSteps(QDialog):
    """Lists the steps; the first that is not done is the one offered."""

    def __init__(self, desk: Desk, dock: SitingDock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._dock = desk, dock
        self._was_read = False
        self.setWindowTitle(tr("First steps with Eco One Map"))
        self.setMinimumWidth(WIDTH)
        self._steps = self._make_steps()
        self._marks = [QLabel() for _ in self._steps]
        self.buttons = [QPushButton(step.button) for step in self._steps]
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._lay_out()
        desk.opened.changed.connect(self._refresh)
        dock.inputs.changed.connect(self._refresh)
        dock.checked.connect(self._show_verdict)
        dock.problem_said.connect(self._said.setText)
        dock.result.target_chosen.connect(self._take_as_read)
        self._refresh()

    @property
    def taken(self) -> list[bool]:
        """Which steps are done."""
        return [step.is_done() for step in self._steps]

    @property
    def said(self) -> str:
        """What is told below the steps."""
        return str(self._said.text())

    def _make_steps(self) -> tuple[Step, ...]:
        dock = self._dock
        return (
            Step(
                tr("Open a one map"),
                tr("The sample city is invented and has all kinds of layers."),
                tr("Open the sample city"),
                self._open_sample,
                lambda: self._desk.opened.path is not None,
            ),
            Step(
                tr("Choose a site"),
                tr(
                    "A factory in a file of boundary points, as surveyors hand it over. You can "
                    "also draw a site, pick features, drop a file or paste coordinates."
                ),
                tr("Take the factory"),
                self._take_site,
                lambda: dock.inputs.sites.sites is not None,
            ),
            Step(
                tr("Check it"),
                tr("The check runs in the background; QGIS can be used meanwhile."),
                tr("Check"),
                dock.check,
                lambda: dock.result.assessment is not None,
            ),
            Step(
                tr("Read the verdict"),
                tr(
                    "It stands in the dock with its deciding reason. Choose a finding to see its "
                    "law and its place on the map."
                ),
                tr("Show the first finding"),
                dock.result.findings.choose_first,
                lambda: self._was_read,
            ),
        )

    def _open_sample(self) -> None:
        action = self._desk.menu.findChild(QAction, OPEN_SAMPLE)
        action.trigger()

    def _take_site(self) -> None:
        self._dock.show()
        self._dock.raise_()
        self._dock.inputs.sites.open_path(sample(SITE))

    def _show_verdict(self) -> None:
        verdict = self._dock.result.banner_text.partition("\n")[0]
        self._said.setText(tr("The verdict: {verdict}").format(verdict=verdict))
        self._refresh()

    def _take_as_read(self) -> None:
        self._was_read = self._dock.result.assessment is not None
        self._refresh()

    def _refresh(self) -> None:
        """Tick what is done and offer what comes next."""
        done = self.taken
        ticked = QgsApplication.getThemeIcon(DONE_ICON).pixmap(MARK_PX, MARK_PX)
        for number, (mark, button) in enumerate(zip(self._marks, self.buttons, strict=True)):
            if done[number]:
                mark.setPixmap(ticked)
            else:
                mark.setText(f"<b>{number + 1}</b>")
            button.setEnabled(all(done[:number]))
            button.setDefault(number == done.index(False) if False in done else False)

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setColumnStretch(1, 1)
        for number, step in enumerate(self._steps):
            text = QLabel(f"<b>{step.title}</b><br>{step.text}")
            text.setWordWrap(True)
            self._marks[number].setFixedWidth(MARK_PX)
            self.buttons[number].clicked.connect(step.act)
            rows.addWidget(self._marks[number], number, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(text, number, 1)
            rows.addWidget(self.buttons[number], number, 2)
        close = button_box(Standard.Close)
        close.rejected.connect(self.reject)
        again = QLabel(tr("You find these steps again in the menu of Eco One Map."))
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self._said)
        column.addWidget(again)
        column.addWidget(close)

    def stand_aside(self) -> None:
        """Stand in the lower left of QGIS's window, away from the dock."""
        parent = self.parentWidget()
        self.adjustSize()
        if parent is not None:
            corner = parent.mapToGlobal(parent.rect().topLeft())
            lower = parent.height() - self.height() - CORNER_PX
            self.move(corner.x() + CORNER_PX, corner.y() + max(lower, CORNER_PX))
