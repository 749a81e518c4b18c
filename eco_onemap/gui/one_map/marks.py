# SPDX-License-Identifier: GPL-2.0-or-later
"""Small marks behind layers in the tree: why one is not shown, which are not for all eyes."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication, QgsLayerTreeNode, QgsProject
from qgis.gui import QgisInterface, QgsLayerTreeViewIndicator
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from eco_onemap.gui.one_map.tree import PROBLEM_PROPERTY, SECRECY_PROPERTY, find_groups
from eco_onemap.qgis_bridge.translation import tr

PROBLEM_ICON, SECRET_ICON = "/mIconWarning.svg", "/locked.svg"
SECRET = ("sensitive",)


class TreeMarks(QObject):
    """The marks of the layers of one maps.

    told: what becomes of a click on the mark of a layer that is not shown: its name, and why.
    """

    def __init__(
        self, iface: QgisInterface, project: QgsProject, told: Callable[[str, str], None]
    ) -> None:
        super().__init__()
        self._view, self._project, self._told = iface.layerTreeView(), project, told
        self._marks: list[tuple[QgsLayerTreeNode, QgsLayerTreeViewIndicator]] = []

    def refresh(self) -> None:
        """Mark the layers that are there now."""
        self.clear()
        for group in find_groups(self._project):
            for node in group.findLayers():
                layer = node.layer()
                if layer is None:
                    continue
                problem = str(layer.customProperty(PROBLEM_PROPERTY, ""))
                if problem:
                    mark = self._add(node, PROBLEM_ICON, problem)
                    mark.clicked.connect(self._tell)
                if str(layer.customProperty(SECRECY_PROPERTY, "")) in SECRET:
                    self._add(node, SECRET_ICON, tr("Sensitive: not for publication"))

    def clear(self) -> None:
        """Take all marks away."""
        for node, mark in self._marks:
            if not sip.isdeleted(node) and not sip.isdeleted(mark):
                self._view.removeIndicator(node, mark)
        self._marks.clear()

    def _add(self, node: QgsLayerTreeNode, icon: str, tip: str) -> QgsLayerTreeViewIndicator:
        mark = QgsLayerTreeViewIndicator(self)
        mark.setIcon(QgsApplication.getThemeIcon(icon))
        mark.setToolTip(tip)
        self._view.addIndicator(node, mark)
        self._marks.append((node, mark))
        return mark

    def _tell(self, index: object) -> None:
        node = self._view.index2node(index)
        layer = node.layer() if node is not None else None
        if layer is not None:
            self._told(layer.name(), str(layer.customProperty(PROBLEM_PROPERTY, "")))
