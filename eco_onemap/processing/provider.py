# SPDX-License-Identifier: GPL-2.0-or-later
"""The provider ``ecoonemap`` in QGIS's Processing toolbox."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from eco_onemap import __version__
from eco_onemap.paths import resource
from eco_onemap.processing.buildcatalogue import BuildCatalogue
from eco_onemap.processing.exportsites import ExportSites
from eco_onemap.processing.importsites import ImportSites
from eco_onemap.processing.makemaps import MakeMaps
from eco_onemap.processing.makereport import MakeReport
from eco_onemap.processing.makestripmaps import MakeStripMaps
from eco_onemap.processing.sitingcheck import SitingCheck
from eco_onemap.processing.verifyreport import VerifyReport
from eco_onemap.qgis_bridge.translation import tr

ALGORITHMS = (
    SitingCheck,
    ImportSites,
    ExportSites,
    MakeMaps,
    MakeStripMaps,
    MakeReport,
    VerifyReport,
    BuildCatalogue,
)


class EcoOneMapProvider(QgsProcessingProvider):  # type: ignore[misc]  # QGIS has no types
    """Offers the plugin's algorithms."""

    def id(self) -> str:
        """Return the name that algorithm ids begin with."""
        return "ecoonemap"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return tr("Eco One Map")

    def longName(self) -> str:
        """Return the name with the version, for the list of plugins."""
        return f"{self.name()} {__version__}"

    def versionInfo(self) -> str:
        """Return the plugin's version."""
        return __version__

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the path of the plugin's icon."""
        return str(resource("icons", "icon.svg"))

    def loadAlgorithms(self) -> None:
        """Register one of each algorithm."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
