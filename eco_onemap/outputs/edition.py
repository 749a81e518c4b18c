# SPDX-License-Identifier: GPL-2.0-or-later
"""How a paper comes out: which one, in which language and formats, with which maps and style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eco_onemap.outputs.house_style import BUILT_IN, HouseStyle
from eco_onemap.outputs.pdf.libreoffice import print_with_libreoffice
from eco_onemap.outputs.pdf.printed import Printer
from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report.plates import Plate
from eco_onemap.outputs.report_formats import ReportFormat


@dataclass(frozen=True)
class Edition:
    """What a writer of papers is told.

    maps: site_id to its map, for the report. style: an office's. printer: who lays out the pages
    of a PDF. released_by: who went through the checklist of the edition for the public. plates:
    further sheets, for the report on one site.
    """

    language: str
    formats: Sequence[ReportFormat]
    kind: PaperKind = PaperKind.REPORT
    maps: Mapping[str, Path] = field(default_factory=dict)
    style: HouseStyle = BUILT_IN
    printer: Printer = print_with_libreoffice
    released_by: str = ""
    plates: tuple[Plate, ...] = ()
