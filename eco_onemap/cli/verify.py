# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap verify``: whether a report is as it was made, and holds with the present data."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eco_onemap import __version__
from eco_onemap.cli.check import NATIONAL_PACK
from eco_onemap.cli.map_changes import sheet_changes
from eco_onemap.cli.terminal import TerminalProgress
from eco_onemap.core.assess import assess
from eco_onemap.core.errors import ResultsError
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparing import Comparison, compare
from eco_onemap.core.results.dossier import Dossier, as_travelled, digest_of, unpack_dossier
from eco_onemap.core.results.narrowing import of_sites
from eco_onemap.core.results.sheet_texts import KIND
from eco_onemap.outputs.report.blocks import Report, Seal
from eco_onemap.outputs.report.kinds import PaperKind
from eco_onemap.outputs.report.printed_text import printed_pieces, running_texts, table_heads
from eco_onemap.outputs.report.sealing import composed_again
from eco_onemap.outputs.report_files import rendered, tables_beside
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.printed_changes import Pages, find_printed_changes
from eco_onemap.readers.sealed_files import SealedFile, read_sealed, read_sealed_bytes
from eco_onemap.readers.sealed_pages import SealedPages, read_sealed_pages
from eco_onemap.readers.text_changes import Change, find_changes

SAME, DIFFERENT = 0, 1
MOST_CHANGES = 20


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "verify",
        help="tell whether a report or a file of maps was changed, and whether it still holds",
    )
    add = command.add_argument
    add(
        "report",
        type=Path,
        metavar="FILE",
        help="report as .docx, .xlsx, .html or .pdf, or maps as .pdf",
    )
    add("--catalogue", type=Path, metavar="FILE", help="onemap.yaml of the present data")
    add("--rules", type=Path, nargs="+", metavar="PACK", help="rule packs (default: national)")
    add("--no-cache", action="store_true", help="compile all layers anew, keep none")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; return 0 if nothing differs, else 1."""
    language = arguments.language
    is_paged = arguments.report.suffix.lower() == ".pdf"
    held = (read_sealed_pages if is_paged else read_sealed)(arguments.report)
    if not held.content:
        raise ResultsError("dossier.none", path=str(arguments.report))
    dossier = unpack_dossier(held.content, str(arguments.report))
    seal = Seal(held.content, digest_of(held.content))
    _say([_heading(dossier, seal)], language)
    changes = _changes(arguments.report, held, dossier, seal)
    is_intact = _say_text(changes, dossier, language)
    if arguments.catalogue is None:
        _say([message("verify.not_run")], language)
        return SAME if is_intact else DIFFERENT
    comparison = compare(dossier.assessment, _checked_again(arguments, dossier))
    _say(_told(comparison), language)
    return SAME if is_intact and comparison.is_same else DIFFERENT


def _heading(dossier: Dossier, seal: Seal) -> Message:
    given = dossier.assessment
    day = given.options.as_of.isoformat()
    key = "verify.maps_number" if dossier.kind == KIND else "verify.number"
    return message(key, number=seal.number, day=day, sites=len(given.sites))


def _changes(
    path: Path, held: SealedFile | SealedPages, dossier: Dossier, seal: Seal
) -> Sequence[Change] | None:
    """Return what the text of a file does not say as it should; ``None`` for another number."""
    if dossier.kind == KIND and isinstance(held, SealedPages):
        return sheet_changes(path, held, dossier, seal.number)
    report = composed_again(dossier, seal)
    if isinstance(held, SealedPages):
        return _page_changes(held, report)
    return _text_changes(path, held, dossier, report)


def _page_changes(held: SealedPages, report: Report) -> Sequence[Change] | None:
    """Return what pages do not say as they should; ``None`` if they bear another number."""
    pages = Pages(held.pages, running_texts(report), table_heads(report))
    if report.seal is None or not pages.have(report.seal.number):
        return None
    return find_printed_changes(printed_pieces(report), pages)


def _text_changes(
    path: Path, held: SealedFile, dossier: Dossier, report: Report
) -> Sequence[Change] | None:
    """Return how the text of a file differs from what its data say, likewise."""
    wanted = ReportFormat(path.suffix.lower().lstrip(".").replace("htm", "html")[:4])
    tables = tables_beside(PaperKind(dossier.kind), dossier.assessment)
    expected = read_sealed_bytes(rendered(report, wanted, tables), wanted.value)
    number = report.seal.number if report.seal else ""
    if not any(number in line.text for line in held.lines):
        return None
    return find_changes(expected.lines, held.lines)


def _say_text(changes: Sequence[Change] | None, dossier: Dossier, language: str) -> bool:
    """Print how the text of a report was changed; return whether it was not."""
    if changes is None:
        _say([message("verify.forged")], language)
        return False
    if not changes:
        _say([message("verify.text_same")], language)
        return True
    _say([message("verify.text_changed", count=len(changes))], language)
    version = dict(zip(*(dossier.assessment.run[name] for name in ("key", "value")), strict=True))
    if version.get("eco_onemap.version") != __version__:
        _say([message("verify.other_version", version=version.get("eco_onemap.version"))], language)
    _say((_told_change(change) for change in changes[:MOST_CHANGES]), language)
    if len(changes) > MOST_CHANGES:
        _say([message("verify.more", count=len(changes) - MOST_CHANGES)], language)
    return False


def _told_change(change: Change) -> Message:
    if not change.expected:
        return message("verify.unlike", place=change.place, found=change.found)
    if change.found:
        return message(
            "verify.change", place=change.place, expected=change.expected, found=change.found
        )
    return message("verify.gone", place=change.place, expected=change.expected)


def _checked_again(arguments: argparse.Namespace, dossier: Dossier) -> Assessment:
    """Return the assessment of the same sites with the present catalogue and rule packs."""
    given = dossier.assessment
    catalogue = read_catalogue(arguments.catalogue)
    packs = [read_pack(path) for path in arguments.rules or [NATIONAL_PACK]]
    cache = None if arguments.no_cache else CompiledCache()
    progress = TerminalProgress(arguments.language)
    again = assess(given.sites, catalogue, packs, given.options, FileLayers(), progress, cache)
    told = again.in_language(dossier.language)
    if dossier.kind == KIND:
        told = of_sites(told, given.sites.ids.tolist())
    return as_travelled(replace(dossier, assessment=told))


def _told(comparison: Comparison) -> Iterator[Message]:
    if comparison.is_same and not comparison.causes:
        yield message("verify.same")
    elif comparison.is_same:
        yield message("verify.same_but")
        yield from comparison.causes
    else:
        yield message("verify.differs")
        yield from comparison.differences
        yield message("verify.causes")
        yield from comparison.causes or (message("verify.no_cause"),)


def _say(messages: Sequence[Message] | Iterator[Message], language: str) -> None:
    for each in messages:
        print(each.text(language))
