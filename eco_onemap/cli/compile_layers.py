# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap compile``: compiles a catalogue's layers, so that the first check is as fast."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from eco_onemap.cli.terminal import TerminalProgress, lines_of
from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.catalogue import LayerEntry, read_catalogue
from eco_onemap.core.layers.loading import load_compiled
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, steps
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "compile", help="compile a catalogue's layers beforehand"
    )
    command.add_argument("--catalogue", type=Path, required=True, metavar="FILE")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Compile all vector layers, print what each holds; return 1 if one could not be."""
    catalogue = read_catalogue(arguments.catalogue)
    progress = TerminalProgress(arguments.language)
    names = ("layer", "features", "pieces", "state")
    rows = [[message(f"cli.column.{name}").text(arguments.language) for name in names]]
    faults: list[str] = []
    for entry, part in steps(catalogue.layers, progress):
        part.report(0.0, message("step.compiling", layer=entry.title))
        try:
            features, pieces = _compile(entry, part)
            state = "cli.state.good"
        except LayerError as error:
            features, pieces, state = "–", "–", "cli.state.fault"
            faults.append(error.message.text(arguments.language))
        rows.append(
            [f"{entry.id} {entry.title}", features, pieces, message(state).text(arguments.language)]
        )
    print("\n".join([*lines_of(rows), *(f"- {fault}" for fault in faults)]))
    return 1 if faults else 0


def _compile(entry: LayerEntry, progress: Progress) -> tuple[str, str]:
    """Return the numbers of features and pieces; rasters are read where they lie."""
    source = FileLayers()
    if source.is_raster(entry):
        source.open_raster(entry).close()
        return "–", "–"
    layer = load_compiled(entry, source, CompiledCache(), progress)
    return str(len(layer)), str(len(layer.pieces))
