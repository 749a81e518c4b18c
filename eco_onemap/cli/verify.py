# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap verify``: whether a report is as it was made, and holds with the present data."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from eco_onemap.cli.check import NATIONAL_PACK
from eco_onemap.cli.terminal import TerminalProgress
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import parse_date
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.verifying.present import Present
from eco_onemap.verifying.verification import Again, verify_report

SAME, DIFFERENT = 0, 1
"""Exit codes; one that cannot be verified at all gives 2, as all that is unusable does."""


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "verify",
        help="tell whether a report or a file of maps was changed, and whether it still holds",
        epilog="exit codes: 0 nothing differs, 1 something does, 2 it cannot be verified",
    )
    add = command.add_argument
    add(
        "report",
        type=Path,
        metavar="FILE",
        help="report as .docx, .xlsx, .html or .pdf, or maps as .pdf",
    )
    add("--number", default="", metavar="N", help="the report number that its maker told")
    add("--catalogue", type=Path, metavar="FILE", help="onemap.yaml of the present data")
    add("--rules", type=Path, nargs="+", metavar="PACK", help="rule packs (default: national)")
    add("--as-of", default="", metavar="DATE", help="assessment date (default: the report's)")
    add("--no-cache", action="store_true", help="compile all layers anew, keep none")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; return 0 if nothing differs, else 1."""
    again = None if arguments.catalogue is None else _again(arguments)
    found = verify_report(arguments.report, again, arguments.number)
    for sentence in found.sentences:
        print(sentence.text(arguments.language))
    return SAME if found.is_same else DIFFERENT


def _again(arguments: argparse.Namespace) -> Again:
    """Return how a report's sites are checked with the catalogue and rule packs that are given."""
    present = Present(
        read_catalogue(arguments.catalogue),
        [read_pack(path) for path in arguments.rules or [NATIONAL_PACK]],
        FileLayers(),
        None if arguments.no_cache else CompiledCache(),
        parse_date(arguments.as_of) if arguments.as_of else None,
    )
    progress = TerminalProgress(arguments.language)
    return lambda dossier: present.check_again(dossier, progress)
