# SPDX-License-Identifier: GPL-2.0-or-later
"""What a module uses of Qt, followed to the class that it belongs to, and whether PyQt 6 has it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeGuard

from .code import ROOT

MEMBERS = ROOT / "tests" / "data" / "qt6_members.txt"
NO_CLASSES = {"pyqtSignal", "pyqtSlot", "qVersion", "sip", "QT_VERSION"}
"""Functions, numbers and modules, which PyQt 6 has."""
EVERY_OBJECT = frozenset(dir(object)) | {"__name__", "__dict__"}


@dataclass(frozen=True)
class Use:
    """A member that is asked of a class of Qt, or a class itself (member "").

    is_object: whether an object is asked, which may be of a class that extends that one.
    """

    line: int
    owner: str
    member: str
    is_object: bool = False

    @property
    def is_there(self) -> bool:
        """Whether PyQt 6 has it."""
        if not self.member:
            return self.owner in qt6_classes()
        owners = (self.owner, *(extending(self.owner) if self.is_object else ()))
        return any(has_member(owner, self.member) for owner in owners)


@cache
def qt6_classes() -> Mapping[str, tuple[tuple[str, ...], frozenset[str]]]:
    """Return bases and own members of PyQt 6's classes by name."""
    found = {}
    for line in MEMBERS.read_text(encoding="utf-8").splitlines()[1:]:
        head, _, members = line.partition("):")
        name, _, bases = head.partition("(")
        found[name] = tuple(filter(None, bases.split(", "))), frozenset(members.split())
    return found


def has_member(owner: str, member: str) -> bool:
    """Return whether a class of PyQt 6, or one that it extends, has a member."""
    if owner not in qt6_classes():
        return False
    bases, own = qt6_classes()[owner]
    return member in own | EVERY_OBJECT or any(has_member(base, member) for base in bases)


@cache
def extending(owner: str) -> tuple[str, ...]:
    """Return the classes that extend a class, in any number of steps."""
    direct = [name for name, (bases, _) in qt6_classes().items() if owner in bases]
    return (*direct, *(each for name in direct for each in extending(name)))


class QtUses:
    """Follows names of one module: imports, annotated arguments, what was made by a constructor."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    @cached_property
    def imported(self) -> dict[str, int]:
        """The classes that are imported from Qt, with their lines."""
        return {
            each.asname or each.name: node.lineno
            for node in ast.walk(self._tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt")
            for each in node.names
            if each.name.startswith("Q") and each.name not in NO_CLASSES
        }

    def all(self) -> Iterator[Use]:
        """Yield everything whose class is known."""
        yield from (Use(line, name, "") for name, line in self.imported.items())
        yield from self._chains(self._tree)
        for scope in ast.walk(self._tree):
            if isinstance(scope, ast.FunctionDef | ast.ClassDef):
                yield from self._members_of(self._known(scope), scope)
            if isinstance(scope, ast.ClassDef):
                yield from self._inherited(scope)

    def _chains(self, tree: ast.AST) -> Iterator[Use]:
        """Yield what is asked of a class by its name: ``Qt.AlignmentFlag.AlignLeft``."""
        for node in ast.walk(tree):
            owner = self._class_of(node.value) if isinstance(node, ast.Attribute) else None
            if owner is not None:
                yield Use(node.lineno, owner, node.attr)

    def _class_of(self, node: ast.AST) -> str | None:
        """Return the class that an expression names, a nested one with dots."""
        if isinstance(node, ast.Name):
            return node.id if node.id in self.imported else None
        if isinstance(node, ast.Attribute):
            owner = self._class_of(node.value)
            name = f"{owner}.{node.attr}"
            return name if owner is not None and name in qt6_classes() else None
        return None

    def _known(self, scope: ast.FunctionDef | ast.ClassDef) -> dict[str, str]:
        """Return the expressions in a function or class that are always of one known class."""
        found: dict[str, set[str | None]] = {}
        for node in ast.walk(scope):
            if isinstance(node, ast.arg) and node.annotation is not None:
                found.setdefault(node.arg, set()).add(self._class_of(node.annotation))
            elif isinstance(node, ast.Assign):
                for target, value in _pairs(node):
                    found.setdefault(ast.unparse(target), set()).add(self._made(value))
        own = {name: classes for name, classes in found.items() if len(classes) == 1}
        if isinstance(scope, ast.ClassDef):
            own = {name: classes for name, classes in own.items() if name.startswith("self.")}
        return {name: kind for name, (kind,) in own.items() if kind is not None}

    def _made(self, value: ast.AST) -> str | None:
        return self._class_of(value.func) if isinstance(value, ast.Call) else None

    def _members_of(self, known: Mapping[str, str], scope: ast.AST) -> Iterator[Use]:
        for node in ast.walk(scope):
            if known and isinstance(node, ast.Attribute):
                owner = known.get(ast.unparse(node.value), "")
                yield from [Use(node.lineno, owner, node.attr, is_object=True)] if owner else []

    def _inherited(self, scope: ast.ClassDef) -> Iterator[Use]:
        """Yield what a class of ours asks of itself and has from Qt alone."""
        bases = [self._class_of(base) for base in scope.bases]
        if len(bases) != 1 or bases[0] is None:
            return
        own = {node.name for node in ast.walk(scope) if isinstance(node, ast.FunctionDef)}
        for node in ast.walk(scope):
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            flat = [each for target in targets for each in getattr(target, "elts", [target])]
            own |= {getattr(each, "attr", getattr(each, "id", "")) for each in flat}
        for node in ast.walk(scope):
            if _is_of_self(node) and node.attr not in own:
                yield Use(node.lineno, bases[0], node.attr)


def _is_of_self(node: ast.AST) -> TypeGuard[ast.Attribute]:
    """Return whether something is asked of ``self``."""
    value = node.value if isinstance(node, ast.Attribute) else None
    return isinstance(value, ast.Name) and value.id == "self"


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield each target of an assignment with its value."""
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


def lacking(uses: Iterable[Use]) -> list[tuple[int, str]]:
    """Return the lines and names of what PyQt 6 does not have."""
    gone = (use for use in uses if not use.is_there)
    return sorted({(use.line, f"{use.owner}.{use.member}".rstrip(".")) for use in gone})
