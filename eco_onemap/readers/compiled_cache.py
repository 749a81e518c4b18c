# SPDX-License-Identifier: GPL-2.0-or-later
"""Compiled layers kept on disk, so that a layer is cut once and not at every check.

One file per layer and way of reading it, named by the SHA-256 of both, in the user's cache
folder. A file is written beside and renamed, so two programs may share the folder; one that is
damaged, or of another format, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from eco_onemap.core.geometry.cutting import MAX_VERTICES
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.readers.compiled_arrays import layer_of, read_arrays, write_arrays

FORMAT = 5
"""Raised whenever the files or the way of compiling change."""

_DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, shapely.GEOSException)
"""What reading a file raises that is cut off, overwritten or of another kind."""

DEFAULT_MAX_BYTES = 4 << 30
ENDING = ".npz"
PART_ENDING = ".part"
LONGEST_WRITE_S = 3600.0
"""A part that is older was left by a program that was killed."""


@dataclass(frozen=True)
class CachedFile:
    """One file of the cache: its path, size in bytes and when it was last used."""

    path: Path
    size: int
    used: float


class CompiledCache:
    """Compiled layers in a folder; a :class:`eco_onemap.core.layers.sources.LayerCache`.

    folder: made when the first layer is stored. max_bytes: beyond it the files that were not
    used for longest are removed.
    """

    def __init__(self, folder: Path | None = None, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.folder = folder or default_folder()
        self._max_bytes = max_bytes

    def find(self, entry: LayerEntry, fingerprint: str) -> CompiledLayer | None:
        """Return the layer compiled from a source with this fingerprint, None if there is none."""
        path = self._path(entry, fingerprint)
        try:
            layer = layer_of(read_arrays(path))
        except FileNotFoundError:
            return None
        except _DAMAGED:
            with suppress(OSError):
                path.unlink()  # damaged: it is made anew
            return None
        with suppress(OSError):
            os.utime(path)
        return replace(layer, layer_id=entry.id, source=entry.source)

    def store(self, entry: LayerEntry, layer: CompiledLayer) -> bool:
        """Keep a layer; return False where the folder cannot be written to, or the disk is full."""
        path = self._path(entry, layer.fingerprint)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with _beside(path) as part:
                write_arrays(part, layer)
                part.replace(path)
        except OSError:
            return False
        self._make_room(path)
        return True

    def files(self) -> list[CachedFile]:
        """Return the files of the cache, the one used last first."""
        found = [cached for path in self.folder.glob(f"*{ENDING}") for cached in _cached(path)]
        return sorted(found, key=lambda cached: cached.used, reverse=True)

    def clear(self) -> int:
        """Remove all files of the cache and return how many there were."""
        found = self.files()
        for cached in found:
            cached.path.unlink(missing_ok=True)
        self._remove_old_parts()
        return len(found)

    def _path(self, entry: LayerEntry, fingerprint: str) -> Path:
        way = [
            *(FORMAT, shapely.geos_version_string, MAX_VERTICES, fingerprint),
            *(entry.layer, entry.where, entry.encoding, entry.crs, sorted(entry.fields.items())),
        ]
        digest = hashlib.sha256(json.dumps(way).encode()).hexdigest()
        return self.folder / f"{digest}{ENDING}"

    def _make_room(self, kept: Path) -> None:
        """Remove what was not used for longest until the cache is small enough, and old parts."""
        self._remove_old_parts()
        found = self.files()
        size = sum(cached.size for cached in found)
        for cached in reversed(found):
            if size <= self._max_bytes:
                return
            if cached.path != kept:
                with suppress(OSError):  # another program reads it
                    cached.path.unlink(missing_ok=True)
                    size -= cached.size

    def _remove_old_parts(self) -> None:
        now = time.time()
        for path in self.folder.glob(f"*{PART_ENDING}"):
            with suppress(OSError):
                if now - path.stat().st_mtime > LONGEST_WRITE_S:
                    path.unlink()


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield a new file in the folder of *path*; what was not renamed is removed, come what may."""
    handle, name = tempfile.mkstemp(PART_ENDING, dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _cached(path: Path) -> Iterator[CachedFile]:
    with suppress(FileNotFoundError):  # another program has just removed it
        state = path.stat()
        yield CachedFile(path, state.st_size, state.st_mtime)


def default_folder() -> Path:
    """Return the folder for compiled layers below the user's cache folder.

    The environment variable ``ECO_ONEMAP_CACHE`` names another one.
    """
    given = os.environ.get("ECO_ONEMAP_CACHE")
    if given:
        return Path(given)
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "eco-onemap" / "compiled"
