# SPDX-License-Identifier: GPL-2.0-or-later
"""What algorithms have in common that check the sites of a layer or a file."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from eco_onemap.core.messages import message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.base import EcoOneMapAlgorithm, said_in_qgis
from eco_onemap.processing.checking import site_snapshot
from eco_onemap.qgis_bridge.translation import user_language

Parameters = dict[str, Any]


class CheckingAlgorithm(EcoOneMapAlgorithm):
    """Takes its sites from one of several parameters; a layer is read on the main thread.

    SOURCES: the parameters of which one is to be given; ONE_SOURCE: the sentence that says so.
    """

    SOURCES: tuple[str, ...] = (names.SITES, names.SITES_FILE)
    ONE_SOURCE = "qgis.one_site_source"

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: RawSites | None = None

    def checkParameterValues(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Return whether the parameters can be used, and else why not."""
        if sum(bool(parameters.get(name)) for name in self.SOURCES) != 1:
            return False, message(self.ONE_SOURCE).text(user_language())
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Take a snapshot of the layer of sites, on the main thread."""
        with said_in_qgis(feedback):
            self._snapshot = site_snapshot(self, parameters, context)
        return True
