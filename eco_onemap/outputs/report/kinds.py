# SPDX-License-Identifier: GPL-2.0-or-later
"""The papers that are made of one assessment, each by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path

from eco_onemap.core.errors import OptionError
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.totals import Excerpt, count_totals
from eco_onemap.outputs.report.batch import MOST_SITES, compose_batch_report
from eco_onemap.outputs.report.blocks import Block, Paragraph, Report
from eco_onemap.outputs.report.comparison import compose_comparison
from eco_onemap.outputs.report.departments import compose_department_sheets
from eco_onemap.outputs.report.material import gather
from eco_onemap.outputs.report.papers import paper
from eco_onemap.outputs.report.plates import Plate
from eco_onemap.outputs.report.public_edition import compose_public_edition
from eco_onemap.outputs.report.source_sheets import source_sheets


class PaperKind(Enum):
    """A paper; the value is what its files are called."""

    REPORT = "report"
    DEPARTMENTS = "departments"
    COMPARISON = "comparison"
    SOURCES = "sources"
    PUBLIC = "public"

    @property
    def is_sealed(self) -> bool:
        """Whether its files carry what it was made of: the one for the public must not."""
        return self is not PaperKind.PUBLIC


def parse_papers(text: str) -> tuple[PaperKind, ...]:
    """Return the papers written as ``report,departments``, each once; OptionError for others."""
    known = {each.value: each for each in PaperKind}
    names = [name.strip().lower() for name in text.replace("，", ",").split(",")]
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        raise OptionError("document.paper", value=wrong, known=", ".join(known))
    return tuple(dict.fromkeys(known[name] for name in names))


def compose(
    kind: PaperKind,
    results: Assessment | Excerpt,
    language: str,
    maps: Mapping[str, Path],
    released_by: str = "",
    progress: Progress | None = None,
    plates: Sequence[Plate] = (),
) -> Report:
    """Return a paper on results in *language*.

    maps: site_id to its map, for the report. released_by: for the edition for the public. plates:
    further sheets, for the report on one site. Raises Cancelled.
    """
    if isinstance(results, Excerpt):
        assessment, totals = results.assessment, results.totals
    else:
        assessment, totals = results, count_totals(results)
    match kind:
        case PaperKind.REPORT:
            return compose_batch_report(
                assessment, language, maps, totals=totals, progress=progress, plates=plates
            )
        case PaperKind.DEPARTMENTS:
            return compose_department_sheets(assessment, language, MOST_SITES)
        case PaperKind.COMPARISON:
            return compose_comparison(assessment, language)
        case PaperKind.SOURCES:
            return _compose_sources(assessment, language)
        case PaperKind.PUBLIC:
            return compose_public_edition(assessment, language, MOST_SITES, released_by)


def _compose_sources(assessment: Assessment, language: str) -> Report:
    material = gather(assessment, language, {}, MOST_SITES)
    blocks: list[Block] = list(source_sheets(assessment, language))
    return paper(
        material,
        material.say("source.title"),
        blocks or [Paragraph(material.say("source.none"))],
    )
