# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens and closes one maps: the menu, the maps that were open last, the sample city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QFileDialog

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.gui.desk import Desk, icon
from eco_onemap.gui.one_map.marks import TreeMarks
from eco_onemap.gui.one_map.recent import recent_maps, remember_map
from eco_onemap.gui.one_map.recent_menu import RecentMenu
from eco_onemap.gui.one_map.schemes import SchemeMenu
from eco_onemap.gui.one_map.tree import (
    CATALOGUE_PROPERTY,
    BuiltTree,
    build_tree,
    find_groups,
    remove_tree,
    restyle_tree,
)
from eco_onemap.paths import sample
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language

SECONDS = 12
"""How long a message about an opened map stays."""


class OneMapPart:
    """Actions that open a one map into the project, and the project's own memory of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._project = QgsProject.instance()
        opening = self._add(tr("Open one map…"), self._choose, "EcoOneMapOpen", in_toolbar=True)
        recent = RecentMenu(self.open_map, desk.menu)
        recent.setObjectName("EcoOneMapRecent")
        desk.hang_menu(recent, opening)
        desk.add_menu(recent)
        self._add(tr("Sample city"), self._open_sample, "EcoOneMapOpenSample")
        self._sample = QAction(icon("sample_city"), tr("Sample city"), desk.menu)
        self._sample.setObjectName("EcoOneMapSample")
        self._sample.triggered.connect(self._open_sample)
        desk.add_button(self._sample)
        desk.opened.changed.connect(self._offer_sample)
        self._add(tr("Reload one map"), self._reload, "EcoOneMapReload")
        self._add(tr("Close one map"), self._close, "EcoOneMapClose")
        desk.add_menu(SchemeMenu(desk.preferences_changed, desk.menu))
        desk.add_separator()
        self._marks = TreeMarks(desk.iface, self._project, self._tell_problem)
        desk.preferences_changed.connect(self._recolour)
        self._project.readProject.connect(self._restore)
        self._project.cleared.connect(self._forget)
        self._restore()

    def remove(self) -> None:
        """Stop following the project; the layers stay the user's."""
        self._marks.clear()
        self._desk.opened.changed.disconnect(self._offer_sample)
        self._desk.preferences_changed.disconnect(self._recolour)
        self._project.readProject.disconnect(self._restore)
        self._project.cleared.disconnect(self._forget)

    def open_map(self, path: Path) -> BuiltTree | None:
        """Open a catalogue into the project; say what could not be opened, or why nothing was."""
        try:
            catalogue = self._desk.opened.open(path)
        except EcoOneMapError as error:
            self._say(error.message.text(user_language()), Qgis.MessageLevel.Critical)
            return None
        is_empty = not self._project.mapLayers()
        bar = self._desk.iface.mainWindow().statusBar()
        QgsApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            scheme = read_preferences().scheme
            built = build_tree(
                catalogue, path, self._project, date.today(), bar.showMessage, scheme
            )
        finally:
            QgsApplication.restoreOverrideCursor()
            bar.clearMessage()
        if is_empty:
            self._suit_plane(catalogue)
        remember_map(path)
        self._marks.refresh()
        self._zoom_to(built)
        self._report(built)
        return built

    def _add(self, text: str, act: object, name: str, *, in_toolbar: bool = False) -> QAction:
        action = QAction(text, self._desk.menu)
        action.setObjectName(name)
        if in_toolbar:
            action.setIcon(icon("open_map"))
        action.triggered.connect(act)
        self._desk.add_action(action, in_toolbar=in_toolbar)
        return action

    def _choose(self) -> None:
        known = recent_maps()
        folder = str(known[0].parent) if known else ""
        path, _ = QFileDialog.getOpenFileName(
            self._desk.iface.mainWindow(),
            tr("Open one map…"),
            folder,
            tr("One map catalogues (*.yaml *.yml)"),
        )
        if path:
            self.open_map(Path(path))

    def _open_sample(self) -> None:
        self.open_map(sample("onemap.yaml"))

    def _reload(self) -> None:
        if self._desk.opened.path is not None:
            self.open_map(self._desk.opened.path)

    def _close(self) -> None:
        remove_tree(self._project)
        self._desk.opened.close()

    def _offer_sample(self) -> None:
        """Have the sample city one click away as long as no map is open."""
        self._sample.setVisible(self._desk.opened.path is None)

    def _restore(self) -> None:
        """Let the one map of a project that was read be the one in use."""
        for group in find_groups(self._project)[:1]:
            path = Path(str(group.customProperty(CATALOGUE_PROPERTY)))
            try:
                self._desk.opened.open(path)
            except EcoOneMapError as error:
                self._say(error.message.text(user_language()), Qgis.MessageLevel.Warning)
        self._marks.refresh()

    def _recolour(self) -> None:
        """Draw the open map in the colour scheme that is preferred now."""
        catalogue = self._desk.opened.catalogue
        if catalogue is not None:
            restyle_tree(catalogue, self._project, read_preferences().scheme)

    def _tell_problem(self, name: str, why: str) -> None:
        self._say(f"{name}: {' '.join(why.splitlines())}", Qgis.MessageLevel.Warning)

    def _forget(self) -> None:
        if self._desk.opened.path is not None:
            self._desk.opened.close()

    def _suit_plane(self, catalogue: Catalogue) -> None:
        """Show a project that was empty in the map's own plane, not in its first layer's CRS."""
        # Otherwise QGIS takes the first layer's CRS a moment later, and undoes ours.
        self._desk.iface.layerTreeCanvasBridge().setCanvasLayers()
        crs = QgsCoordinateReferenceSystem()
        if catalogue.planar_crs and crs.createFromUserInput(catalogue.planar_crs):
            self._project.setCrs(crs)

    def _zoom_to(self, built: BuiltTree) -> None:
        """Show the whole map."""
        canvas = self._desk.iface.mapCanvas()
        area = QgsRectangle()
        for node in built.group.findLayers():
            layer = node.layer()
            if layer is not None and layer.isValid():
                area.combineExtentWith(
                    canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
                )
        if not area.isEmpty():
            canvas.setExtent(area)
            canvas.refresh()

    def _report(self, built: BuiltTree) -> None:
        text = tr("{shown} layers are shown.").format(shown=built.shown)
        if not built.problems:
            self._say(text, Qgis.MessageLevel.Success)
            return
        language = user_language()
        lacks = "\n".join(f"{name}: {why.text(language)}" for name, why in built.problems.items())
        told = tr("{shown} layers are shown, {lacking} are not: {names}.").format(
            shown=built.shown, lacking=len(built.problems), names=", ".join(built.problems)
        )
        self._desk.iface.messageBar().pushMessage(
            tr("Eco One Map"), told, lacks, Qgis.MessageLevel.Warning, SECONDS
        )

    def _say(self, text: str, level: Qgis.MessageLevel) -> None:
        self._desk.iface.messageBar().pushMessage(tr("Eco One Map"), text, level, SECONDS)
