# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the sites of a check come from: files, picked features, pasted text, drawings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QMimeData, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.table import Geometries
from eco_onemap.gui.siting.typed_dialog import TypedDialog
from eco_onemap.qgis_bridge.drawn_sites import drawn_site, picked_sites
from eco_onemap.qgis_bridge.sites import read_site_file
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.sites.tables.reading import parse_pasted
from eco_onemap.readers.sites.vector_sites import SiteOptions

FOLDER = "eco_onemap/sites_folder"
"""The setting that remembers where files of sites were opened last."""


class SiteChoice(QWidget):
    """Takes sites in and says what they are.

    chosen: sites were taken in. refused: the sentence that says why some could not be.
    region: asked for the region of the one map in use.
    source_gone: the layer is being removed that the sites in hand were picked from.
    """

    chosen = pyqtSignal()
    refused = pyqtSignal(str)
    source_gone = pyqtSignal()

    def __init__(
        self,
        iface: QgisInterface,
        region: Callable[[], Geometries | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface, self._region = iface, region
        self._sites: RawSites | None = None
        self._source: QgsVectorLayer | None = None
        self._drawn = 0
        self._label = QLabel(tr("Draw, pick, open, drop or paste the sites to be checked."))
        self._label.setWordWrap(True)
        self._row = QHBoxLayout()
        self._add("mActionFileOpen.svg", tr("Open a file of sites…"), self._open_file)
        self._add("mActionSelectRectangle.svg", tr("Take the selected features"), self.take_picked)
        self._add("mActionEditPaste.svg", tr("Paste coordinates"), self.paste)
        self._add("mActionAddTable.svg", tr("Type coordinates…"), self._type)
        self._row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        column.addWidget(self._label)
        self.setAcceptDrops(True)

    @property
    def sites(self) -> RawSites | None:
        """The sites that were taken in last."""
        return self._sites

    def add_widget(self, widget: QWidget) -> None:
        """Show another way to choose sites before the others."""
        self._row.insertWidget(0, widget)

    def open_path(self, path: Path) -> None:
        """Take the sites of a file in."""
        try:
            sites = read_site_file(path, SiteOptions())
        except EcoOneMapError as error:
            self._refuse(error)
            return
        self._take(sites, path.name)

    def take_drawn(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Take one drawn site in."""
        self._drawn += 1
        name = tr("Drawing {number}").format(number=self._drawn)
        self._take(drawn_site(geometry, crs, f"D{self._drawn}", name), name)

    def take_picked(self) -> None:
        """Take the selected features of the layer in use in, or all where none is selected."""
        layer = self._iface.activeLayer()
        if not isinstance(layer, QgsVectorLayer):
            self.refused.emit(tr("Choose a vector layer in the layer tree first."))
            return
        try:
            sites = picked_sites(layer, SiteOptions())
        except EcoOneMapError as error:
            self._refuse(error)
            return
        self._take(sites, layer.name())
        self._source = layer
        layer.willBeDeleted.connect(self._lose_source)

    def paste(self) -> None:
        """Take the coordinates on the clipboard in; what leaves doubts can be put right."""
        written = QgsApplication.clipboard().text()
        try:
            sites = parse_pasted(written)
        except EcoOneMapError as error:
            self._refuse(error)
            self.type_coordinates(written)
            return
        self._take(sites, tr("the clipboard"))

    def type_coordinates(self, written: str = "") -> None:
        """Let coordinates be typed, after what is *written*, and take in what they form."""
        dialog = TypedDialog(self._region(), self.window())
        dialog.text.setPlainText(written)
        dialog.read()
        if dialog.exec() and dialog.sites is not None:
            self._take(dialog.sites, tr("typed coordinates"))

    def _type(self) -> None:
        self.type_coordinates()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let one file be dropped."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the sites of a dropped file in."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    def _add(self, icon: str, tip: str, act: object) -> None:
        button = QToolButton()
        button.setIcon(QgsApplication.getThemeIcon(f"/{icon}"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(act)
        self._row.addWidget(button)

    def _open_file(self) -> None:
        settings = QgsSettings()
        folder = str(settings.value(FOLDER, "") or "")
        path, _ = QFileDialog.getOpenFileName(self, tr("Open a file of sites…"), folder)
        if path:
            settings.setValue(FOLDER, str(Path(path).parent))
            self.open_path(Path(path))

    def _take(self, sites: RawSites, source: str) -> None:
        self._leave_source()
        self._sites = sites
        told = (
            tr("One site from {source}") if len(sites) == 1 else tr("{count} sites from {source}")
        )
        self._label.setText(told.format(count=len(sites), source=source))
        self.chosen.emit()

    def _lose_source(self) -> None:
        """Tell that the layer goes; what was read of it stays and can be checked."""
        self._source = None
        self.source_gone.emit()

    def _leave_source(self) -> None:
        if self._source is not None:
            self._source.willBeDeleted.disconnect(self._lose_source)
            self._source = None

    def _refuse(self, error: EcoOneMapError) -> None:
        self.refused.emit(error.message.text(user_language()))


def dropped_file(data: QMimeData) -> Path | None:
    """Return the one local file that is dragged, None for anything else.

    Files of one name stand for the shapefile among them, the others being its parts.
    """
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(files) == 1:
        return files[0]
    shapes = [file for file in files if file.suffix.lower() == ".shp"]
    is_one = len(shapes) == 1 and {file.name.partition(".")[0] for file in files} == {
        shapes[0].stem
    }
    return shapes[0] if is_one else None
