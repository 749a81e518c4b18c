# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes a layer of sites as a file that others ask for: survey text, points, GeoPackage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from eco_onemap.core.sites.crs_applying import settled
from eco_onemap.core.sites.crs_reasoning import decide_crs
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.outputs.site_files.boundary_text import ENCODINGS
from eco_onemap.outputs.site_files.writing import WritingOptions, write_sites
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.base import EcoOneMapAlgorithm, Group, said_in_qgis
from eco_onemap.processing.site_input import stated_crs
from eco_onemap.qgis_bridge.sites import read_site_source
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.readers.sites.vector_sites import SiteOptions

OUTPUT, TARGET_CRS, ENCODING, DECIMALS = "OUTPUT", "TARGET_CRS", "ENCODING", "DECIMALS"

Parameters = dict[str, Any]


class ExportSites(EcoOneMapAlgorithm):
    """Writes a layer of project sites as TXT, CASS points, CSV or GeoPackage."""

    GROUP = Group.SITES

    def __init__(self) -> None:
        super().__init__()
        self._sites: RawSites | None = None

    def name(self) -> str:
        """Return the algorithm's stable name."""
        return "exportsites"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Export sites")

    def shortDescription(self) -> str:
        """Return the tool tip."""
        return tr("Writes a layer of project sites as survey text (TXT), CASS points or CSV.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters."""
        return tr(
            "Writes the sites of a layer, all or only selected, as land survey coordinates (TXT), "
            "CASS points (DAT), a table of points (CSV) or a GeoPackage; the ending of the file "
            "says which. TXT needs Gauss-Krüger coordinates: without a CRS given, sites in degrees "
            "are brought to the 3° zone of CGCS2000 around them."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters."""
        kinds = [Qgis.ProcessingSourceType.VectorAnyGeometry]
        source = QgsProcessingParameterFeatureSource(names.SITES, tr("Layer of sites"), kinds)
        source.setHelp(tr("A layer of project sites: polygons, lines or points."))
        self.addParameter(source)
        target = QgsProcessingParameterCrs(TARGET_CRS, tr("CRS of the file"), optional=True)
        target.setHelp(tr("Empty: the layer's own where the format takes it."))
        self.addParameter(target)
        encoding = QgsProcessingParameterEnum(
            ENCODING, tr("Encoding of a TXT file"), list(ENCODINGS), defaultValue="GB18030"
        )
        encoding.setUsesStaticStrings(True)
        encoding.setHelp(tr("GB18030 is what most Chinese programs expect."))
        self.addParameter(encoding)
        decimals = QgsProcessingParameterNumber(
            DECIMALS, tr("Decimals of metres"), defaultValue=3, minValue=0, maxValue=6
        )
        decimals.setHelp(tr("Three are a millimetre, as land approval asks for."))
        self.addParameter(decimals)
        filters = "TXT (*.txt);;CASS (*.dat);;CSV (*.csv);;GeoPackage (*.gpkg)"
        file = QgsProcessingParameterFileDestination(OUTPUT, tr("File to write"), filters)
        file.setHelp(tr("Its ending says the format: .txt, .dat, .csv or .gpkg."))
        self.addParameter(file)

    def prepareAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Take a snapshot of the layer, on the main thread."""
        source = self.parameterAsSource(parameters, names.SITES, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, names.SITES))
        with said_in_qgis(feedback):
            self._sites = read_site_source(source, SiteOptions())
        return True

    def processAlgorithm(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Write the file and say what had to be decided."""
        path = self.parameterAsFileOutput(parameters, OUTPUT, context)
        if self._sites is None:
            return {}
        with said_in_qgis(feedback):
            sites, moved = settled(self._sites, decide_crs(self._sites, SiteSettings()).used)
            said = write_sites(Path(path), sites, self._options(parameters, context))
            for note in (*moved, *said):
                feedback.pushInfo(note.text(user_language()))
        return {OUTPUT: path}

    def _options(self, parameters: Parameters, context: QgsProcessingContext) -> WritingOptions:
        return WritingOptions(
            crs=stated_crs(self, parameters, TARGET_CRS, context),
            encoding=self.parameterAsEnumString(parameters, ENCODING, context),
            decimals=self.parameterAsInt(parameters, DECIMALS, context),
        )
