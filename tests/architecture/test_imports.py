# SPDX-License-Identifier: GPL-2.0-or-later
"""Imports point inward, core ← readers, outputs ← doors ← plugin: by syntax and by running."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from .code import ROOT, Module, modules, parts, within

GUI = {"PyQt5", "PyQt6", "PySide2", "PySide6"}
QGIS = {"qgis", "osgeo", "processing", *GUI}
FILES = {"fiona", "rasterio"}

OWN = {  # the parts of the house that each part may look into, besides its own
    "core": set(),
    "readers": {"core"},
    "outputs": {"core"},
    "cluster": {"core", "readers"},
    "verifying": {"core", "readers", "outputs"},
    "cli": {"core", "readers", "outputs", "cluster", "verifying"},
    "qgis_bridge": {"core", "readers"},
    "layout": {"core", "readers", "outputs", "qgis_bridge"},
    "processing": {"core", "readers", "outputs", "qgis_bridge", "layout", "verifying"},
    "gui": {"core", "readers", "outputs", "qgis_bridge", "layout", "processing"},
}
FORBIDDEN = {
    "core": QGIS | FILES,
    "readers": QGIS,
    "outputs": QGIS | FILES,
    "cluster": QGIS | FILES,
    "verifying": QGIS | FILES,
    "cli": QGIS,
    "processing": {"qgis.gui", "eco_onemap.gui"},
}
NETWORK = {
    *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "socketserver", "asyncio"),
    *("requests", "urllib3", "httpx", "aiohttp"),
    *("qgis.PyQt.QtNetwork", "qgis.PyQt.QtWebSockets", "qgis.PyQt.QtWebKitWidgets"),
}
"""What could carry data off; a database or a cluster is turned to by the user's own address."""

PURE = {"eco_onemap.layout.sheet_words"}
"""What verifying asks of the layout: words of sheets, for which nobody needs QGIS."""

HALL = {"eco_onemap", "eco_onemap.paths"}
"""What every part may import: the version and the places of files."""


def breaches(module: Module, forbidden: set[str]) -> list[str]:
    return [
        f"{module.at(line)} imports {name}"
        for line, name in module.imports()
        if within(name, forbidden)
    ]


def test_every_part_of_the_house_has_its_rule():
    assert set(parts()) <= set(OWN)


@pytest.mark.parametrize("part", sorted(FORBIDDEN))
def test_parts_import_nothing_that_they_must_not_know(part):
    found = [b for m in modules() if m.part == part for b in breaches(m, FORBIDDEN[part])]
    assert found == []


@pytest.mark.parametrize("part", sorted(OWN))
def test_imports_point_inward(part):
    allowed = {f"eco_onemap.{name}" for name in OWN[part] | {part}}
    found = [
        f"{module.at(line)} imports {name}"
        for module in modules()
        if module.part == part
        for line, name in module.imports()
        if within(name, {"eco_onemap"})
        and not within(name, allowed)
        and name not in HALL
        and name.rpartition(".")[0] not in HALL
        and not (part == "verifying" and within(name, PURE))
    ]
    assert found == []


@pytest.mark.parametrize("module", sorted(PURE))
def test_what_is_asked_without_qgis_loads_without_it(module):
    code = f"import sys, {module}; print(sorted(n for n in sys.modules if n in {QGIS!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_nothing_turns_to_the_network():
    assert [breach for module in modules() for breach in breaches(module, NETWORK)] == []


def test_geometry_knows_no_other_package_of_the_core():
    core = ROOT / "eco_onemap" / "core"
    others = {f"eco_onemap.core.{folder.name}" for folder in core.iterdir() if folder.is_dir()}
    others -= {"eco_onemap.core.geometry"}
    assert "eco_onemap.core.measures" in others
    geometry = [m for m in modules() if within(m.name, {"eco_onemap.core.geometry"})]
    assert len(geometry) > 10
    assert [breach for module in geometry for breach in breaches(module, others)] == []


def test_only_the_entrance_knows_the_plugin():
    found = [
        module.name
        for module in modules()
        if any(within(name, {"eco_onemap.plugin"}) for _, name in module.imports())
    ]
    assert found == ["eco_onemap"]


def test_qt_comes_through_qgis():
    assert [b for module in modules() for b in breaches(module, GUI)] == []


def test_no_modules_import_each_other():
    names = {module.name for module in modules()}
    graph = {
        module.name: {name for name in loaded_at_once(module) if name in names - {module.name}}
        for module in modules()
    }
    while graph:  # take away what imports nothing that is left, until nothing is left
        free = {name for name, needs in graph.items() if not needs & set(graph)}
        assert free, f"import each other: {sorted(graph)}"
        graph = {name: needs for name, needs in graph.items() if name not in free}


def loaded_at_once(module):
    """What a module imports when it is imported: not in functions, not for type checkers."""
    for statement in module.tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom | ast.Try):
            yield from (name for _, name in module.imports(statement))


BLOCKED = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ImportError(name + " is blocked")

sys.meta_path.insert(0, Blocked())
import {package}
for found in pkgutil.walk_packages({package}.__path__, "{package}."):
    importlib.import_module(found.name)
print(len(sys.modules))
"""


@pytest.mark.parametrize(
    ("package", "blocked"),
    [
        ("eco_onemap.core", QGIS | FILES),
        ("eco_onemap.outputs", QGIS | FILES),
        ("eco_onemap.readers", QGIS),
        ("eco_onemap.cli", QGIS),
    ],
)
def test_a_fresh_interpreter_needs_nothing_more(package, blocked):
    program = BLOCKED.format(package=package, blocked=sorted(blocked))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_block_of_the_last_test_works():
    program = BLOCKED.format(package="eco_onemap.core", blocked=["numpy"])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "numpy is blocked" in done.stderr


def test_the_entrance_imports_qgis_only_when_qgis_calls():
    entrance = next(module for module in modules() if module.name == "eco_onemap")
    assert not [n for n in loaded_at_once(entrance) if within(n, QGIS | {"eco_onemap"})]
