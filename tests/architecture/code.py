# SPDX-License-Identifier: GPL-2.0-or-later
"""The code base as data: its modules, their syntax trees, imports and calls."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "eco_onemap"


@dataclass(frozen=True)
class Module:
    """One file of Python code."""

    path: Path

    @property
    def name(self) -> str:
        """The dotted name, such as ``eco_onemap.core.assess``."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def part(self) -> str:
        """The part of the house that the module is in: ``core``, ``cli`` …, "" for the hall."""
        inside = self.path.relative_to(PACKAGE).parts
        return inside[0] if len(inside) > 1 else ""

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def imports(self, node: ast.AST | None = None) -> Iterator[tuple[int, str]]:
        """Line and dotted name of everything imported anywhere below *node*, or in the module."""
        for found in ast.walk(node or self.tree):
            if isinstance(found, ast.Import):
                yield from ((found.lineno, alias.name) for alias in found.names)
            elif isinstance(found, ast.ImportFrom):
                base = self._base(found)
                yield found.lineno, base
                yield from ((found.lineno, f"{base}.{alias.name}") for alias in found.names)

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        keep = len(parts) - node.level + (self.path.name == "__init__.py")
        return ".".join(parts[:keep] + ([node.module] if node.module else []))

    @cached_property
    def code_lines(self) -> frozenset[int]:
        """Numbers of the lines that hold code: no blank lines, comments or docstrings."""
        skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT)
        skipped += (tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING)
        lines: set[int] = set()
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type not in skipped:
                lines.update(range(token.start[0], token.end[0] + 1))
        return frozenset(lines - self._docstring_lines())

    def _docstring_lines(self) -> set[int]:
        lines: set[int] = set()
        for node in ast.walk(self.tree):
            body = getattr(node, "body", None)
            if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
                value = body[0].value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    lines.update(range(value.lineno, (value.end_lineno or value.lineno) + 1))
        return lines

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def at(self, line: int) -> str:
        """A place as an editor understands it."""
        return f"{self.path.relative_to(ROOT)}:{line}"


@cache
def modules(folder: str = "eco_onemap") -> tuple[Module, ...]:
    """All modules below a folder of the repository."""
    return tuple(Module(path) for path in sorted((ROOT / folder).rglob("*.py")))


def parts() -> list[str]:
    """The parts of the house: the packages below ``eco_onemap``."""
    return sorted({module.part for module in modules()} - {""})


def within(name: str, packages: tuple[str, ...] | set[str]) -> bool:
    """Whether a dotted name is one of the packages or lies in one of them."""
    return any(name == package or name.startswith(package + ".") for package in packages)
