# SPDX-License-Identifier: GPL-2.0-or-later
"""A report in all formats that are wanted: one text, written by one writer each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path

from eco_onemap.core.errors import MissingPackageError, OptionError
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.dossier import Dossier
from eco_onemap.core.results.totals import Totals
from eco_onemap.core.table import ResultTable
from eco_onemap.outputs.docx import render_docx, write_docx
from eco_onemap.outputs.house_style import BUILT_IN, HouseStyle
from eco_onemap.outputs.html import render_html, write_html
from eco_onemap.outputs.office import office_package
from eco_onemap.outputs.report import Report
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.sealing import sealed
from eco_onemap.outputs.xlsx import render_xlsx, write_xlsx


class ReportFormat(Enum):
    """A format of reports; the value is the ending of its files."""

    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"


_PACKAGES = {ReportFormat.DOCX: "docx", ReportFormat.XLSX: "openpyxl"}


def parse_formats(text: str) -> tuple[ReportFormat, ...]:
    """Return the formats written as ``html,docx,xlsx``, each once; OptionError for others."""
    known = {each.value: each for each in ReportFormat}
    names = [name.strip().lower().lstrip(".") for name in text.replace("，", ",").split(",")]
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        raise OptionError("document.format", value=wrong, known=", ".join(known))
    return tuple(dict.fromkeys(known[name] for name in names))


def lacking_package(wanted: ReportFormat, stem: Path) -> MissingPackageError | None:
    """Return why a format cannot be written here, ``None`` if it can."""
    package = _PACKAGES.get(wanted)
    try:
        if package:
            office_package(package, report_path(stem, wanted))
    except MissingPackageError as error:
        return error
    return None


def usable_formats(stem: Path) -> tuple[list[ReportFormat], list[MissingPackageError]]:
    """Return the formats that can be written here, and for each other one what it lacks."""
    lacks = {each: lacking_package(each, stem) for each in ReportFormat}
    return [each for each in lacks if lacks[each] is None], [one for one in lacks.values() if one]


def report_path(stem: Path, wanted: ReportFormat) -> Path:
    """Return the file of a report: *stem* with the format's ending."""
    return stem.with_name(f"{stem.name}.{wanted.value}")


def write_reports(
    stem: Path,
    assessment: Assessment,
    formats: Sequence[ReportFormat],
    language: str,
    maps: Mapping[str, Path],
    progress: Progress,
    totals: Totals | None = None,
    *,
    kind: PaperKind = PaperKind.REPORT,
    style: HouseStyle = BUILT_IN,
) -> list[Path]:
    """Write a paper on an assessment in each format and return the files.

    stem: path without ending; its folder exists. maps: site_id to its map. totals: counts over all
    sites, where *assessment* holds the worst ones only. style: an office's. Raises OutputError,
    MissingPackageError and Cancelled.
    """
    told = assessment.in_language(language)
    report = style.worded(compose(kind, told, language, maps, totals))
    if kind.is_sealed and totals is None:  # of an excerpt not all is there that it was made of
        report = sealed(report, Dossier(told, language, kind.value, style.texts))
    tables = tables_beside(kind, told)
    written = []
    for number, wanted in enumerate(formats):
        stop_if_cancelled(progress)
        path = report_path(stem, wanted)
        progress.report(number / len(formats), message("step.writing", what=str(path)))
        match wanted:
            case ReportFormat.HTML:
                write_html(path, report)
            case ReportFormat.DOCX:
                write_docx(path, report, style)
            case ReportFormat.XLSX:
                write_xlsx(path, report, tables)
        written.append(path)
    return written


def tables_beside(kind: PaperKind, assessment: Assessment) -> Sequence[ResultTable]:
    """Return the tables that a paper's workbook has: those of the result for the report alone."""
    return assessment.tables if kind is PaperKind.REPORT else ()


def rendered(report: Report, wanted: ReportFormat, tables: Sequence[ResultTable]) -> bytes:
    """Return the content of a report's file in one format."""
    match wanted:
        case ReportFormat.HTML:
            return render_html(report).encode()
        case ReportFormat.DOCX:
            return render_docx(report)
        case ReportFormat.XLSX:
            return render_xlsx(report, tables)
