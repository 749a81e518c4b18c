# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds out what Qt 6 took away: names that PyQt 5 has and PyQt 6 has not.

    pip download --no-deps PyQt6
    python scripts/qt6_names.py PyQt6-….whl

Writes ``tests/data/gone_in_qt6.txt``: ``Class`` and ``Class.member`` of what is gone, members
of scoped enums as ``Class.Enum.Member``, and ``Class()`` where none can be made any longer but of
another one. And ``tests/data/qt6_members.txt``: all that PyQt 6 has in the classes that the plugin
imports, a line each, ``Class(Base, …): members``. Tests hold the plugin, which runs under Qt 5
here, to both.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "data" / "gone_in_qt6.txt"
MEMBERS = ROOT / "tests" / "data" / "qt6_members.txt"
MODULES = ("QtCore", "QtGui", "QtWidgets", "QtXml")
POSITIONAL = re.compile(r"(, /(?=\))|/, )")
"""Marks of positional arguments, which PyQt's stubs set where Python does not take them."""

COPIED = "()"

Classes = dict[str, set[str]]
"""Names of classes, nested ones with dots, and the names in each, without inherited ones."""


def stubs(wheel: Path) -> Iterator[ast.Module]:
    """Yield the stubs of PyQt 6's modules."""
    with zipfile.ZipFile(wheel) as archive:
        for module in MODULES:
            yield ast.parse(POSITIONAL.sub("", archive.read(f"PyQt6/{module}.pyi").decode()))


def classes_of_stubs(wheel: Path) -> Classes:
    """Return the classes of PyQt 6."""
    found: Classes = {}
    bases: dict[str, list[str]] = {}
    for tree in stubs(wheel):
        found.update(_stub_classes(tree, ""))
        bases.update(_bases(tree))
    return {name: names.union(*_inherited(name, found, bases)) for name, names in found.items()}


def member_lines(wheel: Path) -> Iterator[str]:
    """Yield a line for each class that the plugin imports, those that it extends, those in it."""
    found: Classes = {}
    bases: dict[str, list[str]] = {}
    for tree in stubs(wheel):
        found.update(_stub_classes(tree, ""))
        bases.update(_bases(tree))
    wanted, queue = set[str](), sorted(imported_names())
    while queue:
        name = queue.pop()
        if name in found and name not in wanted:
            wanted.add(name)
            queue += bases.get(name, ())
            queue += [each for each in found if each.startswith(f"{name}.")]
    for name in sorted(wanted):
        members = " ".join(sorted(found[name] - {COPIED}))
        yield f"{name}({', '.join(bases.get(name, ()))}): {members}\n"


def imported_names() -> set[str]:
    """Return the names that the plugin imports from Qt."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "eco_onemap").rglob("*.py"))
    return {
        each.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt.")
        for each in node.names
    }


def _bases(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Yield each class with the last parts of the names of those that it extends."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name, [ast.unparse(base).rpartition(".")[2] for base in node.bases]


def _inherited(name: str, found: Classes, bases: dict[str, list[str]]) -> Iterator[set[str]]:
    for base in bases.get(name, ()):
        yield found.get(base, set()) - {COPIED}
        yield from _inherited(base, found, bases)


def _stub_classes(tree: ast.Module | ast.ClassDef, before: str) -> Iterator[tuple[str, set[str]]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            copied = {COPIED} if _is_only_copied(node) else set()
            yield before + node.name, set(_stub_names(node)) | copied
            yield from _stub_classes(node, f"{before}{node.name}.")


def _is_only_copied(node: ast.ClassDef) -> bool:
    """Return whether all constructors take another object of the class."""
    made = [f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == "__init__"]
    takes = [
        [ast.unparse(a.annotation).strip("'") for a in f.args.args if a.annotation] for f in made
    ]
    return bool(made) and all(given == [node.name] for given in takes)


def _stub_names(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            yield each.name
        elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield each.target.id
        elif isinstance(each, ast.Assign):
            yield from (target.id for target in each.targets if isinstance(target, ast.Name))


def classes_of_qt5() -> Classes:
    """Return the classes of the PyQt 5 that is installed."""
    found: Classes = {}
    for module in MODULES:
        loaded = importlib.import_module(f"PyQt5.{module}")
        for name, value in vars(loaded).items():
            if inspect.isclass(value) and name.startswith("Q"):
                found.update(_own_classes(value, name))
    return found


def _own_classes(owner: type, name: str) -> Iterator[tuple[str, set[str]]]:
    """Yield a class and those in it; members of an enum count as names of the enum only."""
    inner = {key: value for key, value in vars(owner).items() if inspect.isclass(value)}
    members = {
        key: type(value).__name__
        for key, value in vars(owner).items()
        if type(value) in inner.values()
    }
    yield name, {key for key in vars(owner) if key not in members and not key.startswith("_")}
    for key, value in inner.items():
        own = {member for member, kind in members.items() if kind == value.__name__}
        yield f"{name}.{key}", own | {k for k in vars(value) if not k.startswith("_")}


def gone_names(old: Classes, new: Classes) -> Iterator[str]:
    """Yield what is gone; where a class is gone, nothing of what was in it."""
    for name in sorted(old):
        owner = name.rpartition(".")[0]
        if name not in new and name.rpartition(".")[2] not in new.get(owner, ()):
            yield name
        if COPIED in new.get(name, ()):
            yield name + COPIED
        for member in sorted(old[name] - new.get(name, old[name])):
            if f"{name}.{member}" not in old:
                yield f"{name}.{member}"


def main(wheel: Path) -> int:
    """Write what is gone; return how much."""
    names = list(gone_names(classes_of_qt5(), classes_of_stubs(wheel)))
    head = "# What PyQt 5 has and PyQt 6 has not; made by scripts/qt6_names.py\n"
    TARGET.write_text(head + "".join(f"{name}\n" for name in names), encoding="utf-8")
    head = "# What PyQt 6 has in the classes that the plugin uses; made by scripts/qt6_names.py\n"
    MEMBERS.write_text(head + "".join(member_lines(wheel)), encoding="utf-8")
    return len(names)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(main(Path(sys.argv[1])), "names are gone in Qt 6")
