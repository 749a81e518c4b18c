# SPDX-License-Identifier: GPL-2.0-or-later
"""Which maps are wanted of an assessment, and the sheets that this makes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from eco_onemap.core.errors import OutputError
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.layout.imprint import BLANK, Imprint
from eco_onemap.layout.paper import LANDSCAPE_A4, Paper
from eco_onemap.layout.plan import SheetPlan
from eco_onemap.layout.record import SiteRecord, site_record
from eco_onemap.layout.subjects import Subject, SubjectKind, subjects
from eco_onemap.layout.themed_record import themes_concerned


class MapFormat(Enum):
    """The formats of maps: PDF of vectors and text, the same with coordinates, or images."""

    PDF = "pdf"
    GEOPDF = "geopdf"
    PNG = "png"


@dataclass(frozen=True)
class MapOrder:
    """The maps wanted.

    language: of the assessment's messages. wanted: subjects of which sheets are drawn; of a theme
    only for sites that it concerns. in_one_file: an atlas of all sites, else a file a site; images
    are a file a sheet. site_ids: the sites, in the order of the check; none for all. template: the
    office's own layout (QPT), "" for none. is_sealed: whether PDFs carry what they are made of.
    """

    language: str
    wanted: tuple[Subject, ...] = subjects()
    paper: Paper = LANDSCAPE_A4
    imprint: Imprint = BLANK
    format: MapFormat = MapFormat.PDF
    in_one_file: bool = False
    site_ids: tuple[str, ...] = ()
    template: str = ""
    is_sealed: bool = True

    def plan(self, subject: Subject, number: str = "") -> SheetPlan:
        """Return the plan of a sheet in a file with a number."""
        return SheetPlan(subject, self.paper, self.imprint, self.template, number)


@dataclass(frozen=True)
class OrderedSheet:
    """A sheet to draw: of which site, about what; number counts from 1 within the site."""

    site_id: str
    subject: Subject
    number: int


def order_sheets(assessment: Assessment, order: MapOrder, progress: Progress) -> list[OrderedSheet]:
    """Return all sheets in their order; sites that get none are told to *progress*.

    OutputError for a site that the check does not have.
    """
    return [
        OrderedSheet(site_id, subject, number)
        for site_id in _drawable(assessment, order.site_ids, progress)
        for number, subject in enumerate(_subjects(assessment, site_id, order, progress), 1)
    ]


def _subjects(
    assessment: Assessment, site_id: str, order: MapOrder, progress: Progress
) -> Sequence[Subject]:
    wanted = order.wanted
    if any(subject.kind is SubjectKind.THEME for subject in wanted):
        record = site_record(assessment, site_id, order.language)
        wanted = tuple(_concerned(record, wanted))
    if not wanted:
        progress.report(0.0, message("layout.no_sheet", site=site_id))
    return wanted


def _concerned(record: SiteRecord, wanted: Sequence[Subject]) -> Iterator[Subject]:
    themes = themes_concerned(record)
    for subject in wanted:
        if subject.kind is not SubjectKind.THEME or subject in themes:
            yield subject


def _drawable(assessment: Assessment, wanted: Collection[str], progress: Progress) -> list[str]:
    """Return the wanted sites (none for all) that have a geometry; tell the others."""
    table = assessment.site_verdict
    known = table["site_id"].tolist()
    unknown = next((site_id for site_id in wanted if site_id not in known), None)
    if unknown is not None:
        raise OutputError("layout.unknown_site", site=unknown)
    geometries: Sequence[object] = () if table.geometries is None else list(table.geometries)
    found = []
    for site_id, geometry in zip(known, geometries, strict=True):
        if wanted and site_id not in wanted:
            continue
        if geometry is None:
            progress.report(0.0, message("layout.skipped", site=site_id))
        else:
            found.append(site_id)
    return found
