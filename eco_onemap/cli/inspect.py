# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap inspect``: what a catalogue holds, and what is wrong with its layers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from eco_onemap.cli.advice import advice_lines
from eco_onemap.cli.terminal import lines_of
from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.catalogue import LayerEntry, read_catalogue
from eco_onemap.core.layers.catalogue_text import read_catalogue_text
from eco_onemap.core.layers.compiled import compile_layer
from eco_onemap.core.messages import message
from eco_onemap.readers.files import FileLayers

KINDS = ((2, "polygon"), (1, "line"), (0, "point"), (-1, "none"))


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "inspect", help="list a catalogue's layers and what is wrong with them"
    )
    command.add_argument("--catalogue", type=Path, required=True, metavar="FILE")
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print one line per layer, what is wrong (exit code 1), then what could be better."""
    catalogue = read_catalogue(arguments.catalogue)
    source = FileLayers()
    names = ("layer", "role", "features", "coverage", "version", "state")
    rows = [[message(f"cli.column.{name}").text(arguments.language) for name in names]]
    problems = [note.text(arguments.language) for note in catalogue.notes]
    for entry in catalogue.layers:
        features, faults = _look_into(entry, source, arguments.language)
        state = "cli.state.fault" if faults else "cli.state.good"
        rows.append(
            [
                f"{entry.id} {entry.title}",
                entry.role,
                features,
                entry.coverage.kind.value,
                entry.version,
                message(state).text(arguments.language),
            ]
        )
        problems += faults
    print(catalogue.title)
    print("\n".join(lines_of(rows)))
    print("".join(f"\n- {problem}" for problem in problems), end="\n" if problems else "")
    said = read_catalogue_text(arguments.catalogue)
    for line in advice_lines(said, arguments.catalogue.resolve().parent, arguments.language):
        if not any(problem in line for problem in problems):
            print(f"- {line}")
    return 1 if problems else 0


def _look_into(entry: LayerEntry, source: FileLayers, language: str) -> tuple[str, list[str]]:
    """Return what the layer holds in words, and its faults."""
    try:
        if source.is_raster(entry):
            raster = source.open_raster(entry)
            raster.close()
            return f"{raster.info.columns} × {raster.info.rows}", []
        layer = compile_layer(source.read_features(entry), entry)
    except LayerError as error:
        return "–", [error.message.text(language)]
    counts = [
        message(f"cli.kind.{kind}", count=int(np.sum(layer.dimensions == dimension))).text(language)
        for dimension, kind in KINDS
        if (layer.dimensions == dimension).any()
    ]
    return ", ".join(counts), [note.text(language) for note in layer.notes]
