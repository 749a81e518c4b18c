# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the PDF of a report, whoever lays its pages out."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.progress import Progress
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.office import office_package
from eco_onemap.outputs.pdf.printed import Printer
from eco_onemap.outputs.replacing import replacing
from eco_onemap.outputs.report.blocks import Report


def write_pdf(
    path: Path, report: Report, style: HouseStyle, printer: Printer, progress: Progress
) -> None:
    """Write *report* to *path*, replacing it; what it was made of is attached.

    OutputError says why it cannot be written, MissingPackageError that pypdf is not installed;
    *path* is then, and after Cancelled, as it was.
    """
    office_package("pypdf", path)
    from eco_onemap.outputs.pdf.completing import completed  # noqa: PLC0415 - imports pypdf

    with replacing(path) as part:
        part.write_bytes(completed(printer(report, style, progress), report))
