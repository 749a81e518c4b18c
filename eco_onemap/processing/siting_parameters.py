# SPDX-License-Identifier: GPL-2.0-or-later
"""What the siting check asks for and gives: every parameter and output, declared once."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputNumber,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
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
from eco_onemap.processing.advanced_parameters import accuracy_parameters, review_parameters
from eco_onemap.processing.parameter_help import advanced, with_help
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language

SITES, SITES_FILE, CATALOGUE, RULES = "SITES", "SITES_FILE", "CATALOGUE", "RULES"
AS_OF, RINGS, TAGS, SITE_CRS, ID_FIELD = "AS_OF", "RINGS", "TAGS", "SITE_CRS", "ID_FIELD"
SITE_LAYER_NAME, LANGUAGE = "SITE_LAYER_NAME", "LANGUAGE"
SITE_ORIGIN, FIELDS, FACTS = "SITE_ORIGIN", "FIELDS", "FACTS"
OUTPUT_GPKG, CSV_FOLDER, REPORT, MAPS_FOLDER = "OUTPUT_GPKG", "CSV_FOLDER", "REPORT", "MAPS_FOLDER"
SITE_COUNT, COMPLETE = "SITE_COUNT", "COMPLETE"

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
    yield from _site_parameters()
    yield from _check_parameters()
    yield from review_parameters()
    yield from accuracy_parameters()
    yield from _file_parameters()
    yield from _table_parameters()


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
            "A file of project sites: land survey coordinates (TXT) or any vector file. "
            "Give either this file or a layer of sites."
        ),
    )
    source = QgsProcessingParameterFeatureSource(
        SITES, tr("Layer of sites"), [Qgis.ProcessingSourceType.VectorAnyGeometry], optional=True
    )
    yield with_help(
        source, tr("A layer of project sites: polygons, lines or points, all or only selected.")
    )
    yield from site_file_parameters()


def site_file_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield what a user can state of a file of sites; all algorithms that read one ask the same."""
    yield advanced(
        QgsProcessingParameterString(
            SITE_LAYER_NAME, tr("Layer inside the file of sites"), "", optional=True
        ),
        tr(
            "The layer to take from a file with several, of a drawing the CAD layer; * for all "
            "layers. Empty: the only one with polygons, lines or points."
        ),
    )
    yield advanced(
        QgsProcessingParameterString(
            ID_FIELD, tr("Field with the sites' identifiers"), "", optional=True
        ),
        tr("Empty: the field site_id or the like if there is one, else the sites are numbered."),
    )
    yield advanced(
        QgsProcessingParameterCrs(SITE_CRS, tr("CRS of the sites"), optional=True),
        tr("Only where the file or layer leaves it open, as coordinate text files often do."),
    )
    yield from _statements()


def _statements() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield what a user states of coordinates and projects."""
    origin = QgsProcessingParameterEnum(
        SITE_ORIGIN,
        tr("Origin of the coordinates"),
        [tr("not stated"), tr("survey or GPS (CGCS2000, WGS 84)"), "GCJ-02", "BD-09"],
        defaultValue=0,
        optional=True,
    )
    yield advanced(
        origin,
        tr("Coordinates of web maps are not converted; their verdicts stay at further study."),
    )
    yield advanced(
        QgsProcessingParameterString(FIELDS, tr("Fields of the file"), "", optional=True),
        tr("What fields hold, such as: name=XMMC; industry=HYDM; nature=建设性质."),
    )
    yield advanced(
        QgsProcessingParameterString(FACTS, tr("Facts of all projects"), "", optional=True),
        tr(
            "What holds where the file is silent, such as: nature=新建; planned_use=居住; "
            "stage=选址; industry=C2614; tags=chemical; not_tags=mining."
        ),
    )


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
    rules = QgsProcessingParameterMultipleLayers(
        RULES, tr("Rule packs"), Qgis.ProcessingSourceType.File, optional=True
    )
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
    language = QgsProcessingParameterEnum(
        LANGUAGE, tr("Language of results"), list(reversed(LANGUAGES)), defaultValue=user_language()
    )
    language.setUsesStaticStrings(True)
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
