# SPDX-License-Identifier: GPL-2.0-or-later
"""A report in all formats that are wanted: one text, written by one writer each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eco_onemap.core.errors import OptionError
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.dossier import Dossier, unpack_dossier
from eco_onemap.core.results.totals import Excerpt
from eco_onemap.core.table import ResultTable
from eco_onemap.outputs.docx import render_docx, write_docx
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.html import render_html, write_html
from eco_onemap.outputs.pdf.writing import write_pdf
from eco_onemap.outputs.report import Report
from eco_onemap.outputs.report.blocks import Seal
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.sealing import (
    seal_of,
    sealed_maps,
    sealed_plates,
    unsealed,
    with_seal,
)
from eco_onemap.outputs.report_formats import ReportFormat, report_path
from eco_onemap.outputs.xlsx import render_xlsx, write_xlsx


def write_reports(
    stem: Path, results: Assessment | Excerpt, edition: Edition, progress: Progress
) -> list[Path]:
    """Write a paper on results in each format of its edition and return the files.

    stem: path without ending; its folder exists. Raises OptionError where nobody released an
    edition for the public, OutputError, MissingPackageError and
    Cancelled.
    """
    told = results.in_language(edition.language)
    seal: Seal | None = None
    if edition.kind.is_sealed and isinstance(told, Assessment):
        seal = seal_of(_dossier(told, edition))
        stop_if_cancelled(progress)
        told = unpack_dossier(seal.content, "").assessment  # so that it says what it holds
    stop_if_cancelled(progress)
    report = _composed(told, edition, progress)
    if edition.kind.is_sealed:  # an excerpt lacks what it is of
        report = with_seal(report, seal) if seal else unsealed(report)
    tables = tables_beside(edition.kind, told)
    written = []
    for number, wanted in enumerate(edition.formats):
        stop_if_cancelled(progress)
        path = report_path(stem, wanted)
        progress.report(number / len(edition.formats), message("step.writing", what=str(path)))
        match wanted:
            case ReportFormat.HTML:
                write_html(path, report, edition.style, progress)
            case ReportFormat.DOCX:
                write_docx(path, report, edition.style, progress)
            case ReportFormat.XLSX:
                write_xlsx(path, report, tables, progress)
            case ReportFormat.PDF:
                write_pdf(path, report, edition.style, edition.printer, progress)
        written.append(path)
    return written


def _dossier(told: Assessment, edition: Edition) -> Dossier:
    has_maps = edition.kind is PaperKind.REPORT
    style = edition.style
    return Dossier(
        told,
        edition.language,
        edition.kind.value,
        texts=style.texts,
        has_template=style.template is not None,
        maps=sealed_maps(edition.maps) if has_maps else {},
        has_logo=style.logo is not None,
        plates=sealed_plates(edition.plates) if has_maps else (),
    )


def _composed(told: Assessment | Excerpt, edition: Edition, progress: Progress) -> Report:
    if edition.kind is PaperKind.PUBLIC and not edition.released_by:
        raise OptionError("public.unreleased")
    made = edition.kind, told, edition.language, edition.maps
    report = compose(*made, edition.released_by, progress, edition.plates)
    return edition.style.worded(report)


def tables_beside(kind: PaperKind, results: Assessment | Excerpt) -> Sequence[ResultTable]:
    """Return the tables that a paper's workbook has: those of the result for the report alone."""
    return results.tables if kind is PaperKind.REPORT else ()


def rendered(report: Report, wanted: ReportFormat, tables: Sequence[ResultTable]) -> bytes:
    """Return the content of a report's file in a format that is more than pages."""
    match wanted:
        case ReportFormat.DOCX:
            return render_docx(report)
        case ReportFormat.XLSX:
            return render_xlsx(report, tables)
        case _:
            return render_html(report).encode()
