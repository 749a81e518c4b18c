# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap report``: the reports on results that a check wrote, without checking again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from eco_onemap.cli.report_options import add_report_options, choose_formats, choose_style
from eco_onemap.cli.terminal import TerminalProgress
from eco_onemap.core.errors import OptionError
from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.retelling import told_in
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.report.kinds import PaperKind, parse_papers
from eco_onemap.outputs.report.public_edition import public_checklist
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.stored_assessment import language_of, read_assessment
from eco_onemap.readers.stored_check import read_check
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
    add(
        "--report-language",
        choices=LANGUAGES,
        help="language of the reports (default: that of the results); for the other one the sites "
        "are checked again, and refused where the layers give another result",
    )
    add(
        "--catalogue",
        type=Path,
        metavar="FILE",
        help="onemap.yaml that the sites were checked against; for the other language only",
    )
    add("--released-by", default="", metavar="NAME", help="who released the edition for the public")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Write the reports in the language of the results and print their paths."""
    kinds = parse_papers(arguments.papers)
    formats = choose_formats(arguments.report_formats, arguments.out, arguments.language)
    progress = TerminalProgress(arguments.language)
    assessment = _told(arguments, progress)
    language = language_of(assessment, arguments.language)
    style = choose_style(arguments.house_style, language, arguments.language)
    make_folder(arguments.out)
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


def _told(arguments: argparse.Namespace, progress: TerminalProgress) -> Assessment:
    """Return the check in the results, in the language that is asked for."""
    assessment = read_assessment(arguments.results)
    stored = language_of(assessment, arguments.language)
    wanted = arguments.report_language or stored
    if wanted == stored:
        return assessment
    if arguments.catalogue is None:
        raise OptionError("results.needs_catalogue", path=arguments.results.name)
    given = read_check(arguments.results, arguments.catalogue)
    print(message("results.checked_again").text(arguments.language), file=sys.stderr)
    return told_in(wanted, given, stored, FileLayers(), progress, CompiledCache())
