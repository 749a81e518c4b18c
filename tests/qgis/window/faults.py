# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes away, damages and locks what a check in the dock works with, and checks on."""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docks import bands, check, open_map, outcome, part, start_check, take_sites, the_dock
from pictures import fill_screen, take_picture
from qgis.core import QgsProject, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface, loadPlugin, plugins, startPlugin, unloadPlugin
from script import at_step, given, run_in_window, settle

from eco_onemap.readers.compiled_cache import CompiledCache

FOLDER = Path(given()["folder"])
CATALOGUE = FOLDER / "onemap.yaml"
UNDER_WAY = 50
"""Per cent: layers are loaded (40) and the first block of sites is checked."""

NAME = "eco_onemap"


def add_layer(path: Path) -> QgsVectorLayer:
    """Open a file in the project, as its active layer."""
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    return layer


def site_layer_deleted() -> dict[str, Any]:
    """Sites are picked from a layer; it leaves the project, its file the disk, during the check."""
    dock, copy = the_dock(), FOLDER / "picked.gpkg"
    shutil.copy(FOLDER / "many.gpkg", copy)
    layer = add_layer(copy)
    part(dock, "SiteChoice").take_picked()
    start_check(dock, UNDER_WAY)
    QgsProject.instance().removeMapLayer(layer.id())
    copy.unlink()
    return outcome(dock)


def project_closed() -> dict[str, Any]:
    """The project is closed during the check, with the layers of the one map in it."""
    dock = the_dock()
    part_of_map = add_layer(FOLDER / "zones.gpkg").id()
    start_check(dock, UNDER_WAY)
    QgsProject.instance().setDirty(False)
    iface.newProject()
    found = outcome(dock)
    return {**found, "left": part_of_map in QgsProject.instance().mapLayers()}


def catalogue_deleted_meanwhile() -> dict[str, Any]:
    """The catalogue and a layer go during the check; at the next one they are missing."""
    dock = the_dock()
    start_check(dock, UNDER_WAY)
    kept = CATALOGUE.rename(FOLDER / "kept.yaml")
    layer = (FOLDER / "zones.gpkg").rename(FOLDER / "kept.gpkg")
    meanwhile = outcome(dock)
    gone = check(dock)
    kept.rename(CATALOGUE)
    without_layer = check(dock)
    layer.rename(FOLDER / "zones.gpkg")
    return {"meanwhile": meanwhile, "gone": gone, "without_layer": without_layer}


def catalogue_edited() -> dict[str, Any]:
    """Another program writes something into the catalogue that is none."""
    dock, text = the_dock(), CATALOGUE.read_text(encoding="utf-8")
    found = {}
    for name, edited in given()["edits"].items():
        CATALOGUE.write_text(edited, encoding="utf-8")
        found[name] = check(dock)
    take_picture(iface.mainWindow(), Path(given()["pictures"]) / "fault_said.png")
    CATALOGUE.write_text(text, encoding="utf-8")
    return found


def layer_cut_off() -> dict[str, Any]:
    """A layer's file is only half there."""
    dock, path = the_dock(), FOLDER / "zones.gpkg"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    found = check(dock)
    path.write_bytes(whole)
    return found


def read_only_folder() -> dict[str, Any]:
    """A finding is set aside into a folder that nothing can be written to."""
    dock, locked = the_dock(), FOLDER / "locked"
    said: list[str] = []
    dock.problem_said.connect(said.append)

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        dialog._reason.setPlainText("现场核实")
        dialog._author.setText("张三")
        dialog._file.setFilePath(str(locked / "overrides.yaml"))
        dialog.accept()

    dock.result.findings.choose_first()
    QTimer.singleShot(300, fill)
    dock.result.findings.want_override()
    dock.problem_said.disconnect(said.append)
    return {"said": said, "left": [path.name for path in locked.iterdir()]}


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more into any file, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:  # else the answer of this script could not be written
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def full_disk() -> dict[str, Any]:
    """Nothing can be kept of compiled layers."""
    dock = the_dock()
    dock.layers.forget()
    cache = Path(given()["cache"])
    shutil.rmtree(cache)
    with files_no_larger_than(1000):
        found = check(dock)
    return {**found, "left": [path.name for path in cache.iterdir()]}


def cache_removed() -> dict[str, Any]:
    """Somebody deletes the folder of compiled layers during a check, and before the next one."""
    dock, cache = the_dock(), Path(given()["cache"])
    dock.layers.forget()
    start_check(dock, 1)
    gone = cache.rename(cache.with_name("gone"))  # at once: it fills while it is emptied
    found = outcome(dock)
    shutil.rmtree(gone)
    shutil.rmtree(cache, ignore_errors=True)
    listed = CompiledCache().files()
    dock.layers.forget()
    again = check(dock)
    return {**found, "listed": len(listed), "again": again, "made": len(CompiledCache().files())}


def locked_cache() -> dict[str, Any]:
    """The folder of compiled layers cannot be written to."""
    dock, cache = the_dock(), Path(given()["cache"])
    dock.layers.forget()
    cache.chmod(0o500)
    found = check(dock)
    cache.chmod(0o700)
    return {**found, "left": [path.name for path in cache.iterdir()]}


def language_changed() -> dict[str, Any]:
    """The user chooses another language in QGIS's options during the check."""
    dock, settings = the_dock(), QgsSettings()
    before = settings.value("locale/userLocale")
    start_check(dock, UNDER_WAY)
    settings.setValue("locale/userLocale", "en" if before.startswith("zh") else "zh-Hans")
    found = outcome(dock)
    settings.setValue("locale/userLocale", before)
    return found


def source_removed() -> dict[str, Any]:
    """The layer that the sites came from is removed while its site is drawn over the map."""
    dock = the_dock()
    before = bands()
    layer = add_layer(FOLDER / "sites.gpkg")
    part(dock, "SiteChoice").take_picked()
    check(dock)
    dock.result.show_site("a")
    shown = bands()
    QgsProject.instance().removeMapLayer(layer.id())
    return {"before": before, "shown": shown, "after": bands(), "usable": check(dock)}


def plugin_unloaded() -> dict[str, Any]:
    """The plugin is unloaded during the check, and loaded again."""
    dock = the_dock()
    start_check(dock, UNDER_WAY)
    start = time.perf_counter()
    done = unloadPlugin(NAME)
    seconds = time.perf_counter() - start
    settle()
    left = bands()
    loadPlugin(NAME)
    startPlugin(NAME)
    open_map(CATALOGUE)
    return {"unloaded": done, "seconds": seconds, "bands": left, "again": NAME in plugins}


def with_many(fault: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Let a fault happen to a check of many sites, then check the few again."""
    at_step(f"the sites for {fault.__name__}")
    open_map(CATALOGUE)
    take_sites(the_dock(), FOLDER / "many.gpkg")
    return with_few(fault)


def with_few(fault: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Let a fault happen, then check the few sites again: the window is usable."""
    at_step(fault.__name__)
    found = fault()
    at_step(f"the check after {fault.__name__}")
    dock = the_dock()
    open_map(CATALOGUE)
    take_sites(dock, FOLDER / "sites.gpkg")
    return {**found, "usable": check(dock)}


def steps() -> dict[str, Any]:
    """Return what came of each fault, and of the check after it."""
    fill_screen()
    iface.newProject()
    found: dict[str, Any] = {"bands": bands(), "whole": with_few(dict)}
    few = (catalogue_edited, layer_cut_off, read_only_folder, full_disk, locked_cache)
    many = (site_layer_deleted, project_closed, catalogue_deleted_meanwhile, language_changed)
    many += (cache_removed,)
    found.update({fault.__name__: with_few(fault) for fault in (*few, source_removed)})
    found.update({fault.__name__: with_many(fault) for fault in (*many, plugin_unloaded)})
    return found


run_in_window(steps)
