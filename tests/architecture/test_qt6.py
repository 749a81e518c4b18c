# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing that Qt 6 took away is used; the lists are made from PyQt 6 (scripts/qt6_names.py).

That enums are scoped and Qt comes through ``qgis.PyQt`` is tested beside. Here: classes and members
by name, and each use that can be followed to a class of Qt against what PyQt 6 has in that class.
"""

from __future__ import annotations

import ast

import pytest

from .code import ROOT, modules
from .qt6_uses import QtUses, lacking

LIST = ROOT / "tests" / "data" / "gone_in_qt6.txt"
METHODS = {".exec_", ".globalPos", ".globalX", ".globalY", ".toTime_t", ".posF"}
"""Methods of objects, whose class is not seen in the code; only those of everyday use."""
GONE = {line for line in LIST.read_text(encoding="utf-8").splitlines() if line[0] != "#"} | METHODS
FROM_QT5 = {"QFontDatabase()": "eco_onemap.qgis_bridge.fonts"}
"""What one module may still use where it asks for the version first."""


def gone_in(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the lines and names of what Qt 6 has no longer."""
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names = [f"{node.func.id}()"] if not node.args else []
        elif isinstance(node, ast.Attribute):
            names = [ast.unparse(node), f".{node.attr}"]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt"):
            names = [each.name for each in node.names]
        found += [(node.lineno, name) for name in names if name in GONE]
    return found


def test_the_list_is_there():
    assert len(GONE) > 500
    assert {"QDropEvent.pos", "QFontDatabase()", "Qt.MouseButton.MidButton", "QRegExp"} <= GONE
    assert not {"QAction", "Qt.CheckState.Checked", "QMessageBox.question"} & GONE


def test_nothing_is_used_that_qt_6_has_no_longer():
    found = [
        f"{module.at(line)} {name}"
        for module in modules()
        if any(name.startswith("qgis") for _, name in module.imports())
        for line, name in gone_in(module.tree)
        if FROM_QT5.get(name) != module.name
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("dialog.exec_()", [".exec_"]),
        ("dialog.exec()", []),
        ("QFontDatabase().families()", ["QFontDatabase()"]),
        ("x = Qt.MouseButton.MidButton", ["Qt.MouseButton.MidButton"]),
        ("from qgis.PyQt.QtCore import QRegExp", ["QRegExp"]),
        ("QMessageBox.question(self, a, b)", []),
    ],
)
def test_what_is_gone_is_seen(code, expected):
    assert [name for _, name in gone_in(ast.parse(code))] == expected


def test_what_is_asked_of_a_class_of_qt_is_there_in_qt_6():
    uses = {module.name: list(QtUses(module.tree).all()) for module in modules()}
    assert sum(map(len, uses.values())) > 1500
    found = {name: lacking(used) for name, used in uses.items()}
    assert {name: gone for name, gone in found.items() if gone} == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from qgis.PyQt.QtCore import QRegExp", ["QRegExp"]),
        ("x = Qt.AlignLeft", ["Qt.AlignLeft"]),  # no longer outside of its enum
        ("x = Qt.AlignmentFlag.AlignLeft", []),
        ("x = Qt.AlignmentFlag.AlignMiddle", ["Qt.AlignmentFlag.AlignMiddle"]),
        ("def drop(event: QDropEvent): event.pos()", ["QDropEvent.pos"]),
        ("def drop(event: QDropEvent): event.position()", []),
        ("def f():\n x = QComboBox()\n x.exec_()", ["QComboBox.exec_"]),
        ("def f():\n x = QComboBox()\n x.addItem('a')", []),
        ("def f(w: QWidget):\n if isinstance(w, QComboBox): w.addItem('a')", []),
        ("class A(QWidget):\n def f(self): self.contentsMargins()", []),
        ("class A(QWidget):\n def f(self): self.setMargin(1)", ["QWidget.setMargin"]),
        ("class A(QWidget):\n def f(self): self.own()\n def own(self): pass", []),
        (
            "class A:\n def f(self): self.box = QComboBox()\n def g(self): self.box.foo",
            ["QComboBox.foo"],
        ),
        ("x = QComboBox.activated", []),  # a signal
    ],
)
def test_what_qt_6_lacks_is_seen_wherever_its_class_is_known(code, expected):
    names = "from qgis.PyQt.QtWidgets import QComboBox, QDropEvent, QWidget, Qt\n"
    assert [name for _, name in lacking(QtUses(ast.parse(names + code)).all())] == expected
