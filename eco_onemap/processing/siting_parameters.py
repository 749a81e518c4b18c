# SPDX-License-Identifier: GPL-2.0-or-later
"""What the siting check asks for and gives: every parameter and output, declared once."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.stated_options import DEFAULT_RINGS
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.processing.advanced_parameters import (
    accuracy_parameters,
    chainage_parameters,
    review_parameters,
)
from eco_onemap.processing.choices import choice
from eco_onemap.processing.parameter_help import with_help
from eco_onemap.processing.site_parameters import site_file_parameters
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language

SITES, SITES_FILE, CATALOGUE, RULES = "SITES", "SITES_FILE", "CATALOGUE", "RULES"
AS_OF, RINGS, TAGS, LANGUAGE = "AS_OF", "RINGS", "TAGS", "LANGUAGE"
OUTPUT_GPKG, CSV_FOLDER, REPORT, MAPS_FOLDER = "OUTPUT_GPKG", "CSV_FOLDER", "REPORT", "MAPS_FOLDER"
SITE_COUNT, COMPLETE = "SITE_COUNT", "COMPLETE"
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
"""Each language by its own name."""

SINKS = {
    "SITE_VERDICT": "site_verdict",
    "SITE_LAYER": "site_layer",
    "HIT": "hit",
    "FINDING": "finding",
    "NOT_EVALUATED": "not_evaluated",
    "RASTER_CLASS": "raster_class",
    "RUN": "run",
}
"""Parameter of each sink to the result table that it takes."""


def count_output(verdict: Verdict) -> str:
    """Return the name of the output that counts the sites with *verdict*."""
    return f"{verdict.name}_COUNT"


def siting_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield all parameters, in the order of the dialog."""
    yield from inputs_of_check()
    yield from _file_parameters()
    yield from _table_parameters()


def inputs_of_check() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield what a check is asked for, by whatever algorithm."""
    yield from _site_parameters()
    yield from _check_parameters()
    yield from review_parameters()
    yield from accuracy_parameters()
    yield from chainage_parameters()


def siting_outputs() -> Iterator[QgsProcessingOutputDefinition]:
    """Yield the outputs that are numbers and flags."""
    yield QgsProcessingOutputNumber(SITE_COUNT, tr("Number of sites"))
    for verdict in Verdict:
        label = tr("Number of sites with the verdict “{verdict}”").format(verdict=verdict.value)
        yield QgsProcessingOutputNumber(count_output(verdict), label)
    yield QgsProcessingOutputBoolean(COMPLETE, tr("Every layer and every site could be checked"))


def _site_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    yield with_help(
        QgsProcessingParameterFile(SITES_FILE, tr("File of sites"), optional=True),
        tr(
            "A file of project sites: land survey coordinates (TXT), a table (CSV, XLSX), points "
            "of CASS, or any vector or CAD file. Give either this file or a layer of sites."
        ),
    )
    source = QgsProcessingParameterFeatureSource(
        SITES, tr("Layer of sites"), [Qgis.ProcessingSourceType.VectorAnyGeometry], optional=True
    )
    yield with_help(
        source, tr("A layer of project sites: polygons, lines or points, all or only selected.")
    )
    yield from site_file_parameters()


def _check_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    yield with_help(
        QgsProcessingParameterFile(
            CATALOGUE,
            tr("Catalogue of the one map"),
            defaultValue=read_preferences().catalogue or None,
            fileFilter="onemap.yaml (*.yaml *.yml)",
        ),
        tr("The file onemap.yaml that names the layers of the region's one map."),
    )
    preferred = read_preferences()
    rules = QgsProcessingParameterMultipleLayers(
        RULES, tr("Rule packs"), Qgis.ProcessingSourceType.File, optional=True
    )
    if preferred.packs:
        rules.setDefaultValue([str(path) for path in preferred.pack_paths])
    yield with_help(rules, tr("Rule packs (YAML). None: the national pack that comes along."))
    as_of = QgsProcessingParameterDateTime(
        AS_OF, tr("Assessment date"), Qgis.ProcessingDateTimeParameterDataType.Date, optional=True
    )
    yield with_help(as_of, tr("Laws and layers in force on this day count. Empty: today."))
    rings = QgsProcessingParameterString(
        RINGS, tr("Rings around the sites (m)"), DEFAULT_RINGS, optional=True
    )
    yield with_help(
        rings,
        tr("Distances from a site's boundary in metres; features within each are counted."),
    )
    yield with_help(
        QgsProcessingParameterString(TAGS, tr("Project tags"), "", optional=True),
        tr("What all the projects are, such as: chemical,new. Added to the tags of each site."),
    )
    languages = {language: LANGUAGE_NAMES[language] for language in reversed(LANGUAGES)}
    language = choice(LANGUAGE, tr("Language of results"), languages, user_language())
    yield with_help(language, tr("en or zh: the language of tables, report and maps."))


def _file_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    yield with_help(
        QgsProcessingParameterFileDestination(
            OUTPUT_GPKG,
            tr("All tables in one GeoPackage"),
            "GeoPackage (*.gpkg)",
            None,
            True,
            False,
        ),
        tr("All result tables with all geometries, in the same form as the command line's."),
    )
    yield with_help(
        QgsProcessingParameterFolderDestination(
            CSV_FOLDER, tr("Folder for the tables as CSV"), None, True, False
        ),
        tr("The tables without geometry, one file each, which a spreadsheet opens as it is."),
    )
    yield with_help(
        QgsProcessingParameterFileDestination(
            REPORT, tr("Report"), tr("HTML files") + " (*.html)", None, True, False
        ),
        tr(
            "A report of all sites with verdicts, legal bases and what could not be checked. "
            "Beside it stand the same report for Word, and a workbook with all tables."
        ),
    )
    yield with_help(
        QgsProcessingParameterFolderDestination(
            MAPS_FOLDER, tr("Folder for risk maps"), None, True, False
        ),
        tr("One map a site, as PDF. Maps are drawn after the check; QGIS waits meanwhile."),
    )


def _table_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    vector, table = Qgis.ProcessingSourceType.VectorAnyGeometry, Qgis.ProcessingSourceType.Vector
    yield _sink("SITE_VERDICT", tr("Verdicts"), vector, tr("One row a site, with its geometry."))
    yield _sink("SITE_LAYER", tr("Sites and layers"), table, tr("One row a site and layer."))
    yield _sink(
        "HIT", tr("Hits"), vector, tr("One row a site and feature it meets, with the overlap.")
    )
    yield _sink("FINDING", tr("Findings"), table, tr("One row a rule that applied to a site."))
    yield _sink(
        "NOT_EVALUATED",
        tr("Not evaluated"),
        table,
        tr("One row a rule or layer that could not be evaluated, and why."),
    )
    yield _sink(
        "RASTER_CLASS", tr("Raster classes"), table, tr("One row a site and class of a raster.")
    )
    yield _sink(
        "RUN",
        tr("Record of the run"),
        table,
        tr("Versions, options and fingerprints of all inputs."),
    )


def _sink(
    name: str, label: str, kind: Qgis.ProcessingSourceType, text: str
) -> QgsProcessingParameterDefinition:
    sink = QgsProcessingParameterFeatureSink(name, label, kind, None, True, True)
    return with_help(sink, text)
