# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a file of sites into a layer, with what was decided and mended on the way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
)

from eco_onemap.core.errors import InputError
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_listing import care_table, site_table
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.processing.problems import say_reading, say_site_problems
from eco_onemap.processing.site_input import site_options, site_settings, table_options
from eco_onemap.processing.site_parameters import site_file_parameters
from eco_onemap.processing.tables import write_table
from eco_onemap.qgis_bridge.sites import read_site_file
from eco_onemap.qgis_bridge.translation import tr, user_language

OUTPUT, CARE, SITE_COUNT, PROBLEM_COUNT, CRS = (
    "OUTPUT",
    "CARE",
    "SITE_COUNT",
    "PROBLEM_COUNT",
    "CRS",
)

Parameters = dict[str, Any]


class ImportSites(EcoOneMapAlgorithm):
    """Reads a file of project sites into a layer in CGCS2000 longitude and latitude."""

    GROUP = Group.SITES

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "importsites"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Import sites")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Reads survey text, tables, GIS and CAD files of project sites into a layer.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Reads a file of project sites into a layer in CGCS2000 longitude and latitude. The "
            "coordinate reference system is taken where the file tells it; where several are "
            "possible the file is refused with the place on the map of each, and one must be "
            "given.\n\nFaults in geometries are mended by stated rules; the table of care lists "
            "each with ring, point and coordinate. The file itself is never changed."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        file = QgsProcessingParameterFile(names.SITES_FILE, tr("File of sites"))
        file.setHelp(
            tr(
                "Land survey coordinates (TXT), a table (CSV, XLSX), points of CASS, or any vector "
                "or CAD file, also zipped."
            )
        )
        self.addParameter(file)
        for parameter in site_file_parameters():
            self.addParameter(parameter)
        vector, table = (
            Qgis.ProcessingSourceType.VectorAnyGeometry,
            Qgis.ProcessingSourceType.Vector,
        )
        sites = QgsProcessingParameterFeatureSink(OUTPUT, tr("Sites"), vector)
        sites.setHelp(tr("One row a site, in CGCS2000 longitude and latitude."))
        care = QgsProcessingParameterFeatureSink(CARE, tr("Care"), table, None, True, False)
        care.setHelp(tr("One row a place at which something was found in a site's geometry."))
        self.addParameter(sites)
        self.addParameter(care)
        self.addOutput(QgsProcessingOutputNumber(SITE_COUNT, tr("Number of sites")))
        count = QgsProcessingOutputNumber(PROBLEM_COUNT, tr("Sites that cannot be checked"))
        self.addOutput(count)
        self.addOutput(QgsProcessingOutputString(CRS, tr("CRS that the file was in")))

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Read the file, say what was decided, write the layers."""
        language = user_language()
        with said_in_qgis(feedback):
            sites = self._read(parameters, context)
            say_reading(sites, feedback)
            say_site_problems(sites, feedback)
            results = {
                SITE_COUNT: len(sites),
                PROBLEM_COUNT: len(sites.problems),
                CRS: sites.crs,
            }
            for name, table in ((OUTPUT, site_table(sites)), (CARE, care_table(sites))):
                spoken = table.in_language(language)
                results |= write_table(self, name, spoken, parameters, context, feedback)
            return results
        return {}

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> SiteSet:
        path = Path(self.parameterAsFile(parameters, names.SITES_FILE, context))
        if not path.exists():  # a geodatabase is a folder
            raise InputError("qgis.missing_file", path=str(path))
        stated = self, parameters, context
        raw = read_site_file(path, site_options(*stated), table_options(*stated))
        return build_site_set(raw, site_settings(self, parameters, context, None))
