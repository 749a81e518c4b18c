# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents that come with the plugin, read inside QGIS: nothing is fetched from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QImage, QTextDocument
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from eco_onemap.paths import document
from eco_onemap.qgis_bridge.translation import tr, user_language

START = "user-guide"
SIZE = (900, 700)
MARGIN_PX = 40
"""Room beside a picture: the page's margin and the indent of a list."""


def guide_file(name: str, language: str) -> Path:
    """Return the document *name* in *language*, in English where it has no other."""
    own = document(f"{name}.{language}.md")
    return own if own.is_file() else document(f"{name}.md")


class _Page(QTextBrowser):
    """Shows pictures no wider than itself."""

    def loadResource(self, kind: int, name: QUrl) -> Any:
        """Return what a document names; a picture as large as there is room for it."""
        address = self.source().resolved(name)
        if kind != QTextDocument.ResourceType.ImageResource or not address.isLocalFile():
            return super().loadResource(kind, name)
        picture = QImage(address.toLocalFile())
        room = self.viewport().width() - 2 * MARGIN_PX
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)


class Guide(QDialog):
    """Shows a document and follows its links to other documents."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Guide to Eco One Map"))
        self.resize(*SIZE)
        self._browser = _Page()
        self._browser.setOpenLinks(False)
        self._browser.anchorClicked.connect(self._follow)
        self._said = QLabel()
        back = QPushButton(tr("Back"))
        back.clicked.connect(self._browser.backward)
        back.setEnabled(False)
        self._browser.backwardAvailable.connect(back.setEnabled)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addWidget(self._said, stretch=1)
        column = QVBoxLayout(self)
        column.addWidget(self._browser)
        column.addLayout(foot)

    def open_document(self, name: str = START) -> None:
        """Show a document in QGIS's language."""
        self._show(QUrl.fromLocalFile(str(guide_file(name, user_language()))))

    @property
    def text(self) -> str:
        """What is shown, without its form."""
        return str(self._browser.toPlainText())

    def _show(self, url: QUrl) -> None:
        self._said.clear()
        self._browser.setSource(url, QTextDocument.ResourceType.MarkdownResource)

    def _follow(self, link: QUrl) -> None:
        """Open a link to a document beside; any other address is only told."""
        target = self._browser.source().resolved(link)
        path = Path(target.toLocalFile()) if target.isLocalFile() else None
        if path is not None and path.suffix == ".md" and path.is_file():
            self._show(target)
        elif link.path() == "" and link.fragment():
            self._browser.scrollToAnchor(link.fragment())
        else:
            self._said.setText(tr("Outside this guide: {address}").format(address=link.toString()))
