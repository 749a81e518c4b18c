# SPDX-License-Identifier: GPL-2.0-or-later
"""The options by which a command line says which reports to write."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eco_onemap.outputs.house_style import HouseStyle, read_house_style
from eco_onemap.outputs.report_formats import (
    UNASKED,
    ReportFormat,
    parse_formats,
    usable_formats,
)

STEM = "report"
"""What the files of a report are called, without ending."""


def add_report_options(add: Callable[..., Any]) -> None:
    """Add the options to a parser by its ``add_argument``."""
    add(
        "--report-formats",
        default="",
        metavar="F,F",
        help="html, docx, xlsx, pdf (default: the first three); pdf needs LibreOffice here",
    )
    add(
        "--house-style", type=Path, metavar="DIR", help="folder with an office's template and words"
    )


def choose_style(folder: Path | None, report_language: str, language: str) -> HouseStyle:
    """Return an office's style; what of it cannot be used is told on stderr in *language*."""
    if folder is None:
        return HouseStyle()
    style, problems = read_house_style(folder, report_language)
    for problem in problems:
        print(problem.text(language), file=sys.stderr)
    return style


def choose_formats(text: str, folder: Path, language: str) -> Sequence[ReportFormat]:
    """Return the formats to write; what others that are wanted lack is told on stderr.

    MissingPackageError where none that is asked for can be written.
    """
    usable, lacking = usable_formats(folder / STEM, parse_formats(text) if text else UNASKED)
    if not usable:
        raise lacking[0]
    for lack in lacking:
        print(lack.message.text(language), file=sys.stderr)
    return usable
