# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap catalogue``: makes a catalogue of files, or adds layers to one, by guessing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eco_onemap.cli.advice import advice_lines
from eco_onemap.cli.terminal import lines_of, shortened
from eco_onemap.core.errors import LayerError, OptionError
from eco_onemap.core.layers.building.description import LayerDescription
from eco_onemap.core.layers.building.draft import Draft, draft_layer, is_named, with_drafts
from eco_onemap.core.layers.building.vocabulary import RoleTitles
from eco_onemap.core.layers.catalogue_text import (
    CatalogueText,
    new_catalogue_text,
    read_catalogue_text,
)
from eco_onemap.core.messages import message
from eco_onemap.outputs.catalogue_files import write_catalogue
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.looking import find_layer_files

REASON_COLUMNS = 60


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "catalogue", help="make a catalogue of files: roles and fields are guessed, with reasons"
    )
    command.add_argument("sources", type=Path, nargs="+", metavar="FOLDER_OR_FILE")
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    command.add_argument("--title", default="", help="name of the one map")
    command.add_argument(
        "--update", action="store_true", help="add to the catalogue that is there; keep the rest"
    )
    command.add_argument(
        "--accept-doubtful", action="store_true", help="take doubtful guesses of roles, too"
    )
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Write the catalogue, list guesses with reasons, then problems; 1 if a file was not read."""
    for path in arguments.sources:
        if not path.exists():
            raise OptionError("reader.missing_file", path=str(path))
    folder = arguments.out.resolve().parent
    before = _start(arguments)
    described, lost = _described(arguments.sources)
    drafts = [
        draft_layer(each, even_doubtful=arguments.accept_doubtful)
        for each in described
        if not is_named(before, each, folder)
    ]
    faults = [error.message.text(arguments.language) for error in lost]
    catalogue = with_drafts(before, drafts, folder, arguments.language)
    write_catalogue(catalogue, arguments.out)
    _print_guesses(drafts, arguments.language)
    for line in [*advice_lines(catalogue, folder, arguments.language), *faults]:
        print(f"- {line}")
    return 1 if faults else 0


def _start(arguments: argparse.Namespace) -> CatalogueText:
    """Return what layers are added to; OptionError rather than overwrite a file unasked."""
    if not arguments.out.exists():
        title = arguments.title or message("cure.default_title").text(arguments.language)
        return new_catalogue_text(title)
    if not arguments.update:
        raise OptionError("cli.catalogue_exists", path=str(arguments.out))
    found = read_catalogue_text(arguments.out)
    return found.with_value(("title",), arguments.title) if arguments.title else found


def _described(sources: Sequence[Path]) -> tuple[list[LayerDescription], list[LayerError]]:
    """Return the layers of all files, and why some files could not be read."""
    found: list[LayerDescription] = []
    lost: list[LayerError] = []
    reader = FileLayers()
    for path in (file for source in sources for file in find_layer_files(source)):
        try:
            found += reader.describe_file(path.resolve())
        except LayerError as error:
            lost.append(error)
    return found, lost


def _print_guesses(drafts: Sequence[Draft], language: str) -> None:
    names = ("layer", "role", "guess", "reason")
    rows = [[message(f"cli.column.{name}").text(language) for name in names]]
    rows += [list(row) for draft in drafts for row in _rows(draft, language)]
    print("\n".join(lines_of(rows)))


def _rows(draft: Draft, language: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for the layer's role and one for each guessed field."""
    shown = Path(draft.description.source).name
    if draft.description.layer:
        shown += f" {draft.description.layer}"
    if not draft.roles:
        yield shown, "–", message("guess.none").text(language), ""
        return
    best = next((g for g in draft.roles if g.role == draft.role), draft.roles[0])
    role = RoleTitles((best.role,)).text(language)
    reasons = "; ".join(reason.text(language) for reason in best.reasons)
    yield shown, role, best.certainty.word.text(language), shortened(reasons, REASON_COLUMNS)
    for name, guess in draft.fields.items():
        reasons = "; ".join(reason.text(language) for reason in guess.reasons)
        certainty = guess.certainty.word.text(language)
        said = shortened(reasons, REASON_COLUMNS)
        yield "", f"  {name}: {guess.source.strip()}", certainty, said
