# SPDX-License-Identifier: GPL-2.0-or-later
"""The fingerprint by which a run records what exactly it read."""

from __future__ import annotations

import hashlib
from pathlib import Path

_BLOCK = 1 << 20

COMPANIONS = {
    ".shp": (".dbf", ".prj", ".cpg"),
    ".tab": (".dat", ".map", ".id"),
    ".mif": (".mid",),
    ".tif": (".tfw", ".tif.aux.xml"),
    ".img": (".ige", ".rrd"),
    ".asc": (".prj",),
    ".gpkg": (".gpkg-wal",),
    ".sqlite": (".sqlite-wal",),
}
"""Endings of the files beside a file that belong to its content. Indexes do not."""


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a source's content, lower-case hexadecimal.

    A single file has the plain SHA-256 of its bytes. Where several files make up the source (a
    shapefile, a ``.gdb`` folder), the name, the length and the bytes of each go in, by name.
    OSError where a file cannot be read.
    """
    files = _files(path)
    digest = hashlib.sha256()
    for file in files:
        if len(files) > 1:
            label = file.relative_to(path).as_posix() if path.is_dir() else file.suffix.lower()
            digest.update(f"{label}\n{file.stat().st_size}\n".encode())
        _add_bytes(digest, file)
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        # ArcGIS puts lock files into a .gdb folder while it is open: they are no content.
        inside = (file for file in path.rglob("*") if file.suffix.lower() != ".lock")
        return sorted(file for file in inside if file.is_file())
    companions = (companion(path, ending) for ending in COMPANIONS.get(path.suffix.lower(), ()))
    return [path, *(file for file in companions if file is not None and file.stat().st_size)]


def companion(path: Path, ending: str) -> Path | None:
    """Return the file beside *path* with this ending, in lower or upper case, None if none is."""
    for spelling in (ending, ending.upper()):
        file = path.with_name(path.stem + spelling)
        if file.is_file():
            return file
    return None


def _add_bytes(digest: hashlib._Hash, file: Path) -> None:
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
