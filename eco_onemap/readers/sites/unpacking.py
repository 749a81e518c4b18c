# SPDX-License-Identifier: GPL-2.0-or-later
"""Site files that no engine opens as they are: archives, and shapefiles without their index."""

from __future__ import annotations

import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.readers.fingerprint import companion

ARCHIVES = (".zip", ".kmz")
READABLE = (
    ".shp",
    ".gpkg",
    ".geojson",
    ".json",
    ".kml",
    ".gml",
    ".gpx",
    ".dxf",
    ".tab",
    ".mif",
    ".fgb",
)
MOST_BYTES = 4 << 30
MOST_FILES = 10_000
"""Limits of an archive's content; more than this is no file of sites."""

_UNPACKABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),  # other methods, passwords, mangled names
    IndexError,  # an entry without a name
)

_UTF8_NAME = 0x800
"""Bit 11 of a zip entry's flags: its name is UTF-8 (APPNOTE 4.4.4)."""


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, tuple[Message, ...]]]:
    """Yield a path that can be opened as it is, and notes; the original stays untouched."""
    if path.suffix.lower() == ".dwg":
        raise SiteError("site_file.dwg", path=str(path))
    with tempfile.TemporaryDirectory(prefix="eco_onemap_") as folder:
        if path.suffix.lower() in ARCHIVES:
            inner = _only_readable(path, _extract(path, Path(folder)))
            yield _with_index(inner, Path(folder))
        else:
            yield _with_index(path, Path(folder))


def _extract(path: Path, folder: Path) -> Path:
    """Write an archive's files below a folder; SiteError where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if size > MOST_BYTES or len(entries) > MOST_FILES:
                raise SiteError("site_file.archive_size", path=str(path))
            for entry in entries:
                _write_entry(archive, entry, folder / "content")
    except _UNPACKABLE as error:
        raise SiteError(
            "site_file.archive", path=str(path), cause=str(error), details=repr(error)
        ) from error
    return folder / "content"


def _write_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file below the folder, whatever its name says; Chinese names are often GBK."""
    parts = [part for part in PurePosixPath(_name(entry)).parts if part not in ("..", "/")]
    target = folder.joinpath(*parts)
    if not target.resolve().is_relative_to(folder.resolve()):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Python reads names that are not UTF-8 as code page 437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _only_readable(archive: Path, folder: Path) -> Path:
    """Return the one file of sites in an unpacked archive; SiteError names them where several."""
    geodatabases = [one for one in sorted(folder.rglob("*.gdb")) if one.is_dir()]
    files = [
        one
        for one in sorted(folder.rglob("*"))
        if one.suffix.lower() in READABLE and not one.name.startswith(("._", "."))
    ]
    found = geodatabases + files
    if archive.suffix.lower() == ".kmz" and len(found) > 1:
        found = [one for one in found if one.name.lower() == "doc.kml"] or found
    if len(found) == 1:
        return found[0]
    listed = ", ".join(str(one.relative_to(folder)) for one in found)
    key = "site_file.archive_several" if found else "site_file.archive_nothing"
    raise SiteError(key, path=str(archive), **({"files": listed} if found else {}))


def _with_index(path: Path, folder: Path) -> tuple[Path, tuple[Message, ...]]:
    """Return a copy of a shapefile with the ``.shx`` that it lacks; any other path as it is."""
    if path.suffix.lower() != ".shp" or companion(path, ".shx") is not None:
        return path, ()
    copy = folder / "indexed"
    copy.mkdir()
    for ending in (".shp", ".dbf", ".prj", ".cpg"):
        found = path if ending == ".shp" else companion(path, ending)
        if found is not None:
            shutil.copyfile(found, copy / f"{path.stem}{ending}")
    made = copy / f"{path.stem}.shp"
    made.with_suffix(".shx").write_bytes(_index_of(path))
    return made, (message("site_file.note_index"),)


def _index_of(path: Path) -> bytes:
    """Return the ``.shx`` of a ``.shp``: its head, and offset and length of each record.

    ESRI Shapefile Technical Description (1998), pages 4 and 24; lengths are in 16-bit words.
    """
    content = path.read_bytes()
    records, at = [], 100
    while at + 8 <= len(content):
        (words,) = struct.unpack_from(">i", content, at + 4)
        if words < 2 or at + 8 + 2 * words > len(content):
            break
        records.append(struct.pack(">ii", at // 2, words))
        at += 8 + 2 * words
    if len(content) < 100 or not records:
        raise SiteError("site_file.no_records", path=str(path))
    head = content[:24] + struct.pack(">i", 50 + 4 * len(records)) + content[28:100]
    return head + b"".join(records)
