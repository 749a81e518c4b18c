# SPDX-License-Identifier: GPL-2.0-or-later
"""The one map that is open in the window: which catalogue all panels speak of."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal

from eco_onemap.core.layers.catalogue import Catalogue, read_catalogue


class OpenedMap(QObject):
    """The catalogue in use; panels follow :attr:`changed` and ask what it is.

    It holds the catalogue only: the layers that show it are in the project.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._catalogue: Catalogue | None = None

    @property
    def path(self) -> Path | None:
        """The catalogue's file, ``None`` where no map is open."""
        return self._path

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue as it was read, ``None`` where no map is open."""
        return self._catalogue

    def open(self, path: Path) -> Catalogue:
        """Read the catalogue anew and make it the one in use.

        CatalogueError says why it cannot be; then the one before stays in use.
        """
        catalogue = read_catalogue(path)
        self._path, self._catalogue = path, catalogue
        self.changed.emit()
        return catalogue

    def close(self) -> None:
        """Let no map be open."""
        self._path = self._catalogue = None
        self.changed.emit()
