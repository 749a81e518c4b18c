# SPDX-License-Identifier: GPL-2.0-or-later
"""The formats of reports, and which of them can be written here."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from eco_onemap.core.errors import MissingPackageError, OptionError
from eco_onemap.outputs.office import office_package
from eco_onemap.outputs.pdf.libreoffice import find_libreoffice


class ReportFormat(Enum):
    """A format of reports; the value is the ending of its files."""

    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


UNASKED = (ReportFormat.HTML, ReportFormat.DOCX, ReportFormat.XLSX)
"""What is written where nobody says what; LibreOffice takes its time for a PDF."""

_PACKAGES = {
    ReportFormat.DOCX: ("docx",),
    ReportFormat.XLSX: ("openpyxl",),
    ReportFormat.PDF: ("pypdf",),
}


def parse_formats(text: str) -> tuple[ReportFormat, ...]:
    """Return the formats written as ``html,docx,xlsx``, each once; OptionError for others."""
    known = {each.value: each for each in ReportFormat}
    names = [name.strip().lower().lstrip(".") for name in text.replace("，", ",").split(",")]
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        raise OptionError("document.format", value=wrong, known=", ".join(known))
    return tuple(dict.fromkeys(known[name] for name in names))


def report_path(stem: Path, wanted: ReportFormat) -> Path:
    """Return the file of a report: *stem* with the format's ending."""
    return stem.with_name(f"{stem.name}.{wanted.value}")


def lacking_package(
    wanted: ReportFormat, stem: Path, *, prints: bool = False
) -> MissingPackageError | None:
    """Return why a format cannot be written here, ``None`` if it can.

    prints: QGIS lays pages out; without it LibreOffice must.
    """
    path = report_path(stem, wanted)
    packages = _PACKAGES.get(wanted, ())
    if wanted is ReportFormat.PDF and not prints:
        if find_libreoffice() is None:
            return MissingPackageError("document.no_printer", path=str(path))
        packages = (*packages, "docx")
    try:
        for package in packages:
            office_package(package, path)
    except MissingPackageError as error:
        return error
    return None


def usable_formats(
    stem: Path, wanted: Iterable[ReportFormat] = ReportFormat, *, prints: bool = False
) -> tuple[list[ReportFormat], list[MissingPackageError]]:
    """Return those of the formats that can be written here, and what each other one lacks."""
    lacks = {each: lacking_package(each, stem, prints=prints) for each in wanted}
    return [each for each in lacks if lacks[each] is None], [one for one in lacks.values() if one]
