# SPDX-License-Identifier: GPL-2.0-or-later
"""Modules and names that docstrings refer to exist, where they say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from .code import Module, modules

REFERENCE = re.compile(r":(?:mod|class|func|data|meth):`~?((?:\.|eco_onemap\.)[\w.]+)`")


def defined(module: Module) -> Iterator[str]:
    """Yield the names that a module defines at its top."""
    for statement in module.tree.body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id


def known_names() -> set[str]:
    names = {module.name for module in modules()}
    return names | {f"{module.name}.{name}" for module in modules() for name in defined(module)}


def references(name: str, text: str) -> Iterator[str]:
    """Yield what *text* in the module *name* refers to; one dot is the module's package."""
    package = name.rpartition(".")[0]
    for target in REFERENCE.findall(text):
        yield package + target if target.startswith(".") else target


def test_references_in_docstrings_lead_somewhere() -> None:
    known = known_names()
    told = [(m.name, target) for m in modules() for target in references(m.name, m.text)]
    assert len(told) > 10
    assert [(name, target) for name, target in told if target not in known] == []


@pytest.mark.parametrize(
    "text", [":mod:`.nowhere`", ":class:`eco_onemap.core.layers.sources.Nothing`"]
)
def test_references_that_lead_nowhere_are_seen(text: str) -> None:
    (target,) = references("eco_onemap.core.assess", text)
    assert target not in known_names()
