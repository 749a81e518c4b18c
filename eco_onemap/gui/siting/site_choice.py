# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the sites of a check come from: files, picked features, pasted text, drawings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.sites.joining import choose_sites, name_site
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.table import Geometries
from eco_onemap.gui.edits import Edit, Edits
from eco_onemap.gui.siting.sites_list import SitesList
from eco_onemap.gui.siting.typed_dialog import TypedDialog
from eco_onemap.qgis_bridge.drawn_sites import DRAWN, add_drawn, picked_sites
from eco_onemap.qgis_bridge.sites import read_site_file
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.sites.tables.reading import parse_pasted
from eco_onemap.readers.sites.vector_sites import SiteOptions

FOLDER = "eco_onemap/sites_folder"
"""The setting that remembers where files of sites were opened last."""


@dataclass(frozen=True)
class Hand:
    """The sites in hand, ``None`` for none, and in words where they come from."""

    sites: RawSites | None = None
    source: str = ""

    @property
    def text(self) -> str:
        """What is said of them."""
        if self.sites is None:
            return tr(
                "Draw, pick, open, drop or paste the sites to be checked; draw one after another "
                "to compare them."
            )
        count = len(self.sites)
        if self.sites.source == DRAWN:
            told = tr("One site drawn") if count == 1 else tr("{count} sites drawn")
        else:
            told = tr("One site from {source}") if count == 1 else tr("{count} sites from {source}")
        return told.format(count=count, source=self.source)


class SiteChoice(QWidget):
    """Takes sites in and says what they are.

    A drawn site joins those that were drawn before; all other sites take the place of what was in
    hand. Each of it can be undone.

    chosen: other sites are in hand, or none. refused: the sentence that says why some could not be.
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
        self._hand: Hand = Hand()
        self.edits: Edits[Hand] = Edits()
        self._source: QgsVectorLayer | None = None
        self._row = QHBoxLayout()
        self._add("mActionFileOpen.svg", tr("Open a file of sites…"), self._open_file)
        self._add("mActionSelectRectangle.svg", tr("Take the selected features"), self.take_picked)
        self._add("mActionEditPaste.svg", tr("Paste coordinates"), self.paste)
        self._add("mActionAddTable.svg", tr("Type coordinates…"), self._type)
        self._row.addStretch()
        self.list = SitesList()
        self.list.named.connect(self.name)
        self.list.removed.connect(self.remove)
        self.list.undone.connect(self.undo)
        self.list.redone.connect(self.redo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        column.addWidget(self.list)
        self.setAcceptDrops(True)
        self._show()

    @property
    def sites(self) -> RawSites | None:
        """The sites in hand, None for none."""
        return self._hand.sites

    @property
    def text(self) -> str:
        """What is said of the sites in hand."""
        return self._hand.text

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
        """Take one drawn site in, beside those that were drawn before."""
        try:
            sites = add_drawn(self.sites, geometry, crs, candidate_name)
        except EcoOneMapError as error:
            self._refuse(error)
            return
        edit = tr("draw {name}").format(name=sites.names[-1])
        self._change(Hand(sites, tr("the map")), edit)

    def name(self, row: int, name: str) -> None:
        """Give a site another name."""
        if self.sites is not None:
            edit = tr("rename {name}").format(name=self.sites.names[row] or self.sites.ids[row])
            self._change(Hand(name_site(self.sites, row, name), self._hand.source), edit)

    def remove(self, rows: list[int]) -> None:
        """Take sites out."""
        if self.sites is None:
            return
        left = [row for row in range(len(self.sites)) if row not in set(rows)]
        after = Hand(choose_sites(self.sites, left), self._hand.source) if left else Hand()
        self._change(after, tr("remove {count}").format(count=len(rows)))

    def undo(self) -> None:
        """Take the last edit back, if there is one."""
        if self.edits.last is not None:
            self._hold(self.edits.undo())

    def redo(self) -> None:
        """Make the edit again that was taken back last, if there is one."""
        if self.edits.next is not None:
            self._hold(self.edits.redo())

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
        self._leave_source()
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
        """Let sites take the place of those in hand."""
        self._change(Hand(sites, source), tr("take {source}").format(source=source))

    def _change(self, after: Hand, edit: str) -> None:
        self.edits.add(Edit(edit, self._hand, after))
        self._hold(after)

    def _hold(self, hand: Hand) -> None:
        if hand.source != self._hand.source or hand.sites is None:
            self._leave_source()
        self._hand = hand
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        self.list.show_sites(self._hand.sites, self._hand.text)
        self.list.show_edits(self.edits.last, self.edits.next)

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


def candidate_name(number: int) -> str:
    """Return what a drawn site is called until somebody calls it otherwise."""
    return tr("Candidate {number}").format(number=number)


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
