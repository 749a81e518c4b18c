# SPDX-License-Identifier: GPL-2.0-or-later
"""The house style where the linter does not look: sizes, licences, print, scoped enums."""

from __future__ import annotations

import ast
import re

import pytest

from .code import Module, modules

FOLDERS = ("eco_onemap", "tests", "scripts", "benchmarks", "sample_layers")
LICENCE = "# SPDX-License-Identifier: GPL-2.0-or-later\n"
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
PRINTERS = {"cli"}
"""Parts whose job it is to print."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_names_its_licence_and_what_it_is_for(folder):
    for module in modules(folder):
        if not module.text.strip():
            continue
        assert module.text.startswith((LICENCE, "#!/usr/bin/env python3\n" + LICENCE)), module.path
        assert ast.get_docstring(module.tree) or not module.tree.body, module.path


def test_no_module_is_long():
    sizes = {module.name: len(module.code_lines) for module in modules()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_no_function_is_long():
    found = {
        module.at(function.lineno): length
        for module in modules()
        for function in module.functions()
        if (length := code_length(module, function)) > LONGEST_FUNCTION
    }
    assert found == {}


def code_length(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    return len(module.code_lines.intersection(lines))


def test_only_the_command_line_prints():
    found = [
        module.at(node.lineno)
        for module in modules()
        if module.part not in PRINTERS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert found == []


def unscoped(tree: ast.Module) -> list[tuple[int, str]]:
    """Members of Qt's and QGIS's enums that are taken from the class around the enum.

    ``Qt.AlignLeft`` is one, ``Qt.AlignmentFlag.AlignLeft`` is not; PyQt 6 knows the second only.
    Constants in capitals and names of classes in annotations are not members.
    """
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    annotations = {
        inner
        for node in ast.walk(tree)
        for field in ("annotation", "returns")
        if isinstance(getattr(node, field, None), ast.AST)
        for inner in ast.walk(getattr(node, field))
    }
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    owners = {
        getattr(node.value, "id", "") for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    short_names = {  # ``sides = QgsLayoutItemMapGrid.BorderSide``, then ``sides.Left``
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in owners
    }
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        owner, member = node.value.id, node.attr
        is_class = re.fullmatch(r"Qt|Qgis|Qgs[A-Z]\w*|Q[A-Z][a-z]\w*", owner)
        is_member = re.fullmatch(r"[A-Z]+[a-z][A-Za-z0-9]*", member)
        is_alone = not isinstance(parents[node], ast.Attribute)
        is_alone &= node not in annotations | called | short_names
        if is_class and is_member and is_alone:
            found.append((node.lineno, f"{owner}.{member}"))
    return found


def test_enums_are_scoped():
    found = [
        f"{module.at(line)} {name}" for module in modules() for line, name in unscoped(module.tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = Qt.AlignLeft", ["Qt.AlignLeft"]),
        ("x = Qt.AlignmentFlag.AlignLeft", []),
        ("f(QgsProcessing.TypeVectorPolygon)", ["QgsProcessing.TypeVectorPolygon"]),
        ("x = QSizePolicy.Expanding | 1", ["QSizePolicy.Expanding"]),
        ("x = Qgis.WkbType.Point", []),
        ("types = Qgis.WkbType; x = types.Point", []),
        ("def f() -> Qgis.WkbType: ...", []),
        ("x = QgsProcessing.TEMPORARY_OUTPUT", []),
        ("x = Query.Everything", []),
        ("QgsProject.instance()", []),
        ("QgsLayoutExporter.PdfExportSettings()", []),
    ],
)
def test_unscoped_enums_are_seen(code, expected):
    assert [name for _, name in unscoped(ast.parse(code))] == expected
