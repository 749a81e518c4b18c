# SPDX-License-Identifier: GPL-2.0-or-later
"""The form of project facts."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QSortFilterProxyModel, Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.core.law.project_questions import ProjectQuestions
from eco_onemap.core.options import parse_tags
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.project_facts.industry_chooser import IndustryChooser
from eco_onemap.gui.project_facts.tag_model import Column, TagModel
from eco_onemap.gui.project_facts.wording import nature_choices, stage_choices, use_choices
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.translation import tr, user_language

SIZE = (620, 680)


class FactsDialog(QDialog):
    """Asks what *questions* asks, and for the names that reports print."""

    def __init__(
        self, questions: ProjectQuestions, facts: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Project facts"))
        self.resize(*SIZE)
        self._questions, self._say = questions, Wording(user_language())
        self._texts = {"project": QLineEdit(), "developer": QLineEdit()}
        self.industry = IndustryChooser()
        self._choices = {
            "nature": _choice_box(nature_choices()),
            "stage": _choice_box(stage_choices(self._say)),
            "planned_use": _choice_box(use_choices(self._say)),
        }
        self.model = TagModel(questions.groups, self._say, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setRecursiveFilteringEnabled(True)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter = QgsFilterLineEdit()
        self._filter.setShowSearchIcon(True)
        self._filter.setPlaceholderText(tr("Filter"))
        self._tree = self._make_tree()
        self._filter.textChanged.connect(self._narrow)
        self._lay_out()
        self.show_facts(facts)

    @property
    def facts(self) -> dict[str, str]:
        """What is stated, under the names of ``FACTS``; silence is left out."""
        told = {name: box.text().strip() for name, box in self._texts.items()}
        told |= {name: str(box.currentData() or "") for name, box in self._choices.items()}
        told["industry"] = self.industry.code
        told["tags"] = ",".join(sorted(self.model.stated))
        told["not_tags"] = ",".join(sorted(self.model.denied))
        return {name: text for name, text in told.items() if text}

    def show_facts(self, facts: Mapping[str, str]) -> None:
        """Show what is stated; what is not becomes unknown."""
        for name, text in self._texts.items():
            text.setText(facts.get(name, ""))
        for name, box in self._choices.items():
            box.setCurrentIndex(max(box.findData(facts.get(name, "")), 0))
        self.industry.set_code(facts.get("industry", ""))
        self.model.answer(parse_tags(facts.get("tags", "")), parse_tags(facts.get("not_tags", "")))
        self._tree.expandAll()

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._proxy)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(Column.FACT, QHeaderView.ResizeMode.Stretch)
        for column in (Column.YES, Column.NO):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(tr("Project"), self._texts["project"])
        form.addRow(tr("Developer"), self._texts["developer"])
        rows: dict[str, tuple[str, QWidget]] = {
            "nature": (tr("Nature"), self._choices["nature"]),
            "industry": (tr("Industry"), self.industry),
            "stage": (tr("Stage"), self._choices["stage"]),
            "planned_use": (tr("Planned use"), self._choices["planned_use"]),
        }
        for name, (label, widget) in rows.items():
            if name in self._questions.fields:
                form.addRow(label, widget)
        told = QLabel(
            tr(
                "The rules in use ask for this and no more. What stays unknown keeps a verdict at "
                "further study; what a file says of its sites goes before."
            )
        )
        told.setWordWrap(True)
        buttons = button_box(Standard.Ok, Standard.Cancel)
        forget = buttons.addButton(tr("All unknown"), QDialogButtonBox.ButtonRole.ResetRole)
        forget.clicked.connect(lambda: self.show_facts({}))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addLayout(form)
        for widget in (self._filter, self._tree, buttons):
            column.addWidget(widget)

    def _narrow(self, text: str) -> None:
        self._proxy.setFilterFixedString(text)
        self._tree.expandAll()


def _choice_box(choices: Mapping[str, str]) -> QComboBox:
    """Return a box of choices that begins with not knowing."""
    box = QComboBox()
    box.addItem(tr("unknown"), "")
    for value, words in choices.items():
        box.addItem(words[:1].upper() + words[1:], value)
    return box
