# SPDX-License-Identifier: GPL-2.0-or-later
"""A sentence for the user in QGIS's message bar and log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt import sip

from eco_onemap.core.dependencies import MissingPackage
from eco_onemap.qgis_bridge.translation import tr

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem

TAG = "Eco One Map"


class Notice:
    """One sentence in the log and, where there is a window, in its message bar."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._bar = None if iface is None else iface.messageBar()
        self._item: QgsMessageBarItem | None = None

    def show(self, text: str, level: Qgis.MessageLevel) -> None:
        """Say *text*."""
        QgsMessageLog.logMessage(text, TAG, level, notifyUser=False)
        if self._bar is not None:
            self._item = self._bar.pushWidget(
                self._bar.createMessage(tr("Eco One Map"), text), level
            )

    def remove(self) -> None:
        """Take the sentence off the message bar, unless the user has done so."""
        if self._bar is not None and self._item is not None and not sip.isdeleted(self._item):
            self._bar.popWidget(self._item)
        self._item = None


def missing_packages_text(missing: Sequence[MissingPackage]) -> str:
    """Return which packages are missing and how to install them, in one sentence."""
    lacking = ", ".join(
        tr("{requirement} (found {version})").format(
            requirement=lack.requirement, version=lack.found
        )
        if lack.found
        else lack.requirement
        for lack in missing
    )
    text = tr(
        "Eco One Map needs Python packages that this QGIS lacks: {packages}; "
        "install them with “{command}” and start QGIS again."
    )
    return text.format(packages=lacking, command=_pip_command(missing))


def _pip_command(missing: Sequence[MissingPackage]) -> str:
    requirements = " ".join(f'"{lack.requirement}"' for lack in missing)
    if sys.platform != "linux":  # the shell that comes with QGIS: OSGeo4W Shell, Terminal
        return f"python -m pip install {requirements}"
    # A binary wheel brings a second GEOS into QGIS's process, so shapely is built here.
    return f"python3 -m pip install --user --no-binary shapely {requirements}"
