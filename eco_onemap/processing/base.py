# SPDX-License-Identifier: GPL-2.0-or-later
"""What all algorithms of the provider have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtGui import QIcon

from eco_onemap.core.errors import Cancelled, EcoOneMapError
from eco_onemap.core.messages import message
from eco_onemap.paths import resource
from eco_onemap.qgis_bridge.translation import tr, user_language


class Group(Enum):
    """The groups of the toolbox, by their stable names."""

    CHECK = "check"
    SITES = "sites"
    PAPER = "paper"
    MAP = "map"

    @property
    def title(self) -> str:
        """The name that the toolbox shows."""
        titles = {
            Group.CHECK: tr("Siting check"),
            Group.SITES: tr("Project sites"),
            Group.PAPER: tr("Maps and reports"),
            Group.MAP: tr("One map"),
        }
        return titles[self]


class EcoOneMapAlgorithm(QgsProcessingAlgorithm):  # type: ignore[misc]  # QGIS has no types
    """An algorithm with the plugin's icon in a group of its own; a subclass says the rest."""

    GROUP = Group.CHECK

    def group(self) -> str:
        """Return the name of the group in the toolbox."""
        return self.GROUP.title

    def groupId(self) -> str:
        """Return the stable name of the group."""
        return self.GROUP.value

    def createInstance(self) -> EcoOneMapAlgorithm:
        """Return a new algorithm of the same kind."""
        return type(self)()

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the path of the plugin's icon."""
        return str(resource("icons", "icon.svg"))


@contextmanager
def said_in_qgis(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Turn the project's errors into QGIS's, each with its one sentence in the user's language.

    Stopped work ends without an error.
    """
    try:
        yield
    except Cancelled:
        feedback.pushInfo(message("qgis.cancelled").text(user_language()))
    except EcoOneMapError as error:
        if error.details:
            feedback.pushDebugInfo(error.details)
        raise QgsProcessingException(error.message.text(user_language())) from error
