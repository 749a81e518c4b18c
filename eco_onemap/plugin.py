# SPDX-License-Identifier: GPL-2.0-or-later
"""Wires the plugin into QGIS: what ``initGui`` makes, ``unload`` unmakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication

from eco_onemap.core.dependencies import find_missing_packages
from eco_onemap.qgis_bridge.notice import Notice, missing_packages_text

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from eco_onemap.gui.window import Window
    from eco_onemap.processing.provider import EcoOneMapProvider


class EcoOneMapPlugin:
    """The plugin; *iface* is ``None`` where there is no window (``qgis_process``)."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._iface = iface
        self._provider: EcoOneMapProvider | None = None
        self._window: Window | None = None
        self._notice: Notice | None = None

    def initGui(self) -> None:  # noqa: N802 (the name that QGIS calls)
        """Set the plugin up in a QGIS window."""
        self.initProcessing()
        if self._iface is not None and self._provider is not None:
            from eco_onemap.gui.window import Window  # noqa: PLC0415 (as in initProcessing)

            self._window = Window(self._iface)

    def initProcessing(self) -> None:  # noqa: N802 (the name that QGIS calls)
        """Register the algorithms, or say in one sentence which packages are missing."""
        missing = find_missing_packages()
        if missing:
            self._notice = Notice(self._iface)
            self._notice.show(missing_packages_text(missing), Qgis.MessageLevel.Critical)
            return
        # Only now: importing it needs those packages.
        from eco_onemap.processing.provider import EcoOneMapProvider  # noqa: PLC0415

        self._provider = EcoOneMapProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def unload(self) -> None:
        """Take everything out of QGIS again."""
        if self._window is not None:
            self._window.close()
            self._window = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._notice is not None:
            self._notice.remove()
            self._notice = None
