# SPDX-License-Identifier: GPL-2.0-or-later
"""A user's file, opened so that nothing is ever written beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.addresses import is_database, without_credentials

_SQLITE = b"SQLite format 3\x00"
_WAL_MODE = b"\x02\x02"  # bytes 18 and 19 of the header, https://www.sqlite.org/fileformat.html


def check_source(source: str) -> Path:
    """Return the path of a source file; LayerError where it is missing or is a database."""
    path = check_readable(source)
    if path.suffix.lower() == ".shp" and not _has_index(path):
        raise LayerError("reader.missing_shx", path=str(path))
    return path


def check_readable(source: str) -> Path:
    """Return the path of a file that is there and may be read; LayerError says what is wrong."""
    if is_database(source):
        raise LayerError("database.no_file", path=without_credentials(source))
    path = Path(source)
    if not path.exists():
        raise LayerError("reader.missing_file", path=str(path))
    if not os.access(path, os.R_OK):
        raise LayerError("reader.no_permission", path=str(path))
    return path


def _has_index(path: Path) -> bool:
    return any(path.with_suffix(ending).exists() for ending in (".shx", ".SHX"))


@contextmanager
def untouched(path: Path) -> Iterator[Path]:
    """Yield a path with the file's content that GDAL can open without writing beside the file.

    GDAL puts a ``.gfs`` beside a GML file, and SQLite ``-wal`` and ``-shm`` beside a GeoPackage
    in WAL mode (QGIS leaves one so while it is open): of these a temporary copy is read.
    """
    if not _leaves_traces(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="eco_onemap_") as folder:
        for file in (path, path.with_name(path.name + "-wal"), path.with_suffix(".xsd")):
            if file.is_file():
                shutil.copyfile(file, Path(folder, file.name))
        yield Path(folder, path.name)


def _leaves_traces(path: Path) -> bool:
    if path.suffix.lower() == ".gml":
        return True
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(20)
    return head.startswith(_SQLITE) and head[18:20] == _WAL_MODE
