# SPDX-License-Identifier: GPL-2.0-or-later
"""Looks at the sources that a catalogue names, to tell what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.addresses import is_database
from eco_onemap.core.layers.building.entry_problems import entry_at
from eco_onemap.core.layers.building.problem import Seen, Surroundings
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.readers.source_layers import SourceLayers

LAYER_ENDINGS = frozenset(
    (
        *(".shp", ".gpkg", ".geojson", ".json", ".kml", ".gml", ".fgb", ".gdb", ".tab", ".mif"),
        *(".tif", ".tiff", ".img"),
    )
)
"""Files that are looked at when a folder is given; tables only where they are named."""

_DEPTH = 3
_MOST_FILES = 20_000


def look_at(catalogue: CatalogueText, folder: Path, source: SourceLayers) -> dict[int, Seen]:
    """Return what the source of each entry is, by the number of the entry.

    Entries that cannot be read and tables of databases are left out.
    """
    around = Surroundings(folder)
    entries = {n: entry_at(catalogue, n, around) for n in range(len(catalogue.layers))}
    return {
        number: look_at_entry(entry, folder, source)
        for number, entry in entries.items()
        if entry is not None and not is_database(entry.source)
    }


def look_at_entry(entry: LayerEntry, folder: Path, source: SourceLayers) -> Seen:
    """Return what an entry's source is, or why it cannot be read and where it may be instead."""
    try:
        return Seen(source.describe(entry))
    except LayerError as error:
        missing = not Path(entry.source).exists()
        elsewhere = _find_file(Path(entry.source).name, folder) if missing else ""
        return Seen(None, error.message, elsewhere)


def find_layer_files(path: Path) -> Iterator[Path]:
    """Yield the files of layers in a folder and the folders in it, or the file itself."""
    if path.is_file() or path.suffix.lower() == ".gdb":
        yield path
        return
    for file in _files_below(path):
        if file.suffix.lower() in LAYER_ENDINGS:
            yield file


def _find_file(name: str, folder: Path) -> str:
    """Return a file of this name in the folder, the folders in it or the one around it."""
    for place in (folder, folder.parent):
        for file in _files_below(place):
            if file.name.lower() == name.lower():
                return str(file)
    return ""


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield files and geodatabases in order, at most so deep and so many; hidden ones are not."""
    count = 0
    for place, folders, files in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        databases = sorted(name for name in folders if name.lower().endswith(".gdb"))
        names = sorted(databases + files)
        folders[:] = sorted(
            name
            for name in folders
            if depth < _DEPTH and not name.startswith(".") and name not in databases
        )
        for name in names:
            count += 1
            if count > _MOST_FILES:
                return
            if not name.startswith("."):
                yield Path(place, name)
