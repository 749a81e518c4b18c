# SPDX-License-Identifier: GPL-2.0-or-later
"""The options by which a command line says which reports to write."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eco_onemap.outputs.house_style import HouseStyle, read_house_style
from eco_onemap.outputs.report_files import (
    ReportFormat,
    lacking_package,
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
        help="html, docx, xlsx (default: all that can be written here)",
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
    """Return the formats to write; those not asked for that cannot be are told on stderr.

    MissingPackageError where one that is asked for cannot be written.
    """
    if not text:
        usable, lacking = usable_formats(folder / STEM)
        for lack in lacking:
            print(lack.message.text(language), file=sys.stderr)
        return usable
    formats = parse_formats(text)
    for wanted in formats:
        missing = lacking_package(wanted, folder / STEM)
        if missing is not None:
            raise missing
    return formats
