# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check rests on and what it could not do, said in the log of an algorithm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qgis.core import Qgis

from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.qgis_bridge.translation import user_language

if TYPE_CHECKING:
    from qgis.core import QgsProcessingFeedback

MAX_SITES = 20
"""Sites named one by one; the table of what was not evaluated has them all."""

KIND_NAMES = {
    Qgis.WkbType.MultiPoint: "qgis.kind.points",
    Qgis.WkbType.MultiLineString: "qgis.kind.lines",
    Qgis.WkbType.MultiPolygon: "qgis.kind.polygons",
}


def say_packs(assessment: Assessment, feedback: QgsProcessingFeedback) -> None:
    """Say which rules were applied: QGIS forgets chosen files when a run is taken from history."""
    for pack in assessment.packs:
        said = message("qgis.pack", pack=pack.name, version=pack.version, count=len(pack.rules))
        feedback.pushInfo(said.text(user_language()))


def say_problems(assessment: Assessment, feedback: QgsProcessingFeedback) -> None:
    """Warn of each layer that was lost and of sites that could not be checked."""
    for problem in (*_layer_problems(assessment), *_site_problems(assessment.sites)):
        feedback.pushWarning(problem.text(user_language()))


def say_reading(sites: SiteSet, feedback: QgsProcessingFeedback) -> None:
    """Say how sites were read: what decided their CRS, and what else was decided."""
    language = user_language()
    if sites.crs_evidence is not None:
        feedback.pushInfo(sites.crs_evidence.text(language))
    for note in sites.notes:
        feedback.pushInfo(note.text(language))


def say_site_problems(sites: SiteSet, feedback: QgsProcessingFeedback) -> None:
    """Warn of sites that cannot be checked."""
    for problem in _site_problems(sites):
        feedback.pushWarning(problem.text(user_language()))


def _layer_problems(assessment: Assessment) -> Iterator[Message]:
    """Yield why a layer could not be used at any site."""
    for row in assessment.not_evaluated.where("site_id", "*").rows():
        if row["what"].startswith("layer:"):
            title = assessment.catalogue.layer(row["what"].removeprefix("layer:")).title
            yield message("qgis.layer_problem", layer=title, why=row["why"])


def _site_problems(sites: SiteSet) -> Iterator[Message]:
    problems = sorted(sites.problems.items())
    for number, why in problems[:MAX_SITES]:
        yield message("qgis.site_problem", site=sites.ids[number], why=why)
    if len(problems) > MAX_SITES:
        yield message("qgis.more", count=len(problems) - MAX_SITES)


def other_geometries(table: ResultTable, kind: Qgis.WkbType, count: int) -> Message:
    """Return the sentence that *count* rows of a layer lack their geometry, and where it is."""
    return message(
        "qgis.other_geometries", table=table.name, count=count, kind=message(KIND_NAMES[kind])
    )
