# SPDX-License-Identifier: GPL-2.0-or-later
"""The report on a batch of sites, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from eco_onemap.core.progress import NoProgress, Progress, stop_if_cancelled
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.totals import Totals
from eco_onemap.outputs.report.blocks import Block, Heading, Report
from eco_onemap.outputs.report.boundary_points import points_chapter
from eco_onemap.outputs.report.conclusion import first_page
from eco_onemap.outputs.report.disclaimers import disclaimers_chapter
from eco_onemap.outputs.report.gaps import gaps_chapter
from eco_onemap.outputs.report.hit_list import hits_chapter
from eco_onemap.outputs.report.material import Material, gather
from eco_onemap.outputs.report.method import method_chapter
from eco_onemap.outputs.report.numbering import numbered
from eco_onemap.outputs.report.papers import paper
from eco_onemap.outputs.report.plates import Plate, plates_chapter
from eco_onemap.outputs.report.run_chapter import run_chapter
from eco_onemap.outputs.report.site_chapter import (
    found_chapters,
    project_chapter,
    site_gaps,
    sites_chapter,
)
from eco_onemap.outputs.report.source_sheets import source_sheets
from eco_onemap.outputs.report.sources import sources_chapter
from eco_onemap.outputs.report.theme_summary import theme_summary

MOST_SITES = 300
"""A report of more sites is read by nobody; the tables hold them all."""


def compose_batch_report(
    assessment: Assessment,
    language: str,
    maps: Mapping[str, Path],
    most_sites: int = MOST_SITES,
    totals: Totals | None = None,
    progress: Progress | None = None,
    plates: Sequence[Plate] = (),
) -> Report:
    """Return the report on an assessment's sites in *language* (``en`` or ``zh``).

    maps: site_id to its map (PNG, JPEG, or PDF). Beyond *most_sites*, worst first, sites are only
    counted, and the report says so. totals: counts over all sites, where *assessment* holds the
    rows of the worst ones only. Rule titles and advice come in *language* where the rule pack
    has it; sentences of the result tables and the law stay as they are. plates: further sheets,
    for a report on one site. Raises Cancelled.
    """
    material = gather(assessment, language, maps, most_sites, totals)
    say = material.say
    is_alone = len(material.sites) == 1
    chapters = numbered(_of_one_site(material) if is_alone else _of_sites(material), language)
    blocks = chain(chapters, plates_chapter(plates if is_alone else (), say), _appendices(material))
    return paper(material, say("title"), _until_stopped(blocks, progress or NoProgress()))


def _of_one_site(material: Material) -> Iterator[Block]:
    """Yield the chapters of an environmental impact file: one for each theme."""
    (site,) = material.sites
    site_id = site["site_id"]
    yield from first_page(material)
    yield Heading(material.say("section.themes"), 2)
    yield theme_summary(material, site_id)
    yield from project_chapter(material)
    yield from sources_chapter(material)
    yield from found_chapters(material)
    yield from gaps_chapter(material)
    yield from site_gaps(material, site_id, 2)
    yield from method_chapter(material)
    yield from disclaimers_chapter(material)


def _of_sites(material: Material) -> Iterator[Block]:
    """Yield the chapters on several sites, in one of them a section for each."""
    yield from first_page(material)
    yield from sources_chapter(material, new_page=True)
    yield from sites_chapter(material)
    yield from gaps_chapter(material)
    yield from method_chapter(material)
    yield from disclaimers_chapter(material)


def _appendices(material: Material) -> Iterator[Block]:
    yield from hits_chapter(material)
    yield from points_chapter(material)
    yield from run_chapter(material)
    told_of = [site["site_id"] for site in material.sites]
    yield from source_sheets(material.assessment, material.say.language, told_of)


def _until_stopped(blocks: Iterable[Block], progress: Progress) -> Iterator[Block]:
    for block in blocks:
        stop_if_cancelled(progress)
        yield block
