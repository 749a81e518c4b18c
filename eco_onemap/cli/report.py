# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap report``: the reports on results that a check wrote, without checking again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from eco_onemap.cli.report_options import add_report_options, choose_formats, choose_style
from eco_onemap.cli.terminal import TerminalProgress
from eco_onemap.core.messages import message
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.report.kinds import PaperKind, parse_papers
from eco_onemap.outputs.report.public_edition import public_checklist
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.readers.stored_assessment import language_of, read_assessment
from eco_onemap.verifying.reading_back import print_whole


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "report", help="write the reports on results again"
    )
    add = command.add_argument
    add("results", type=Path, metavar="RESULTS", help="results.gpkg of a check")
    add("--out", type=Path, required=True, metavar="DIR", help="folder for the reports")
    add_report_options(add)
    add(
        "--papers",
        default=PaperKind.REPORT.value,
        metavar="P,P",
        help="report, departments, comparison, sources, public (default: report)",
    )
    add("--released-by", default="", metavar="NAME", help="who released the edition for the public")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Write the reports in the language of the results and print their paths."""
    kinds = parse_papers(arguments.papers)
    formats = choose_formats(arguments.report_formats, arguments.out, arguments.language)
    assessment = read_assessment(arguments.results)
    language = language_of(assessment, arguments.language)
    style = choose_style(arguments.house_style, language, arguments.language)
    make_folder(arguments.out)
    progress = TerminalProgress(arguments.language)
    if PaperKind.PUBLIC in kinds and not arguments.released_by:
        print(message("public.checklist").text(arguments.language), file=sys.stderr)
        for line in public_checklist(assessment, arguments.language):
            print(f"  □ {line}", file=sys.stderr)
    for kind in kinds:
        stem = arguments.out / kind.value
        edition = Edition(
            language,
            formats,
            kind,
            style=style,
            printer=print_whole,
            released_by=arguments.released_by,
        )
        for path in write_reports(stem, assessment, edition, progress):
            print(path)
    return 0
