# SPDX-License-Identifier: GPL-2.0-or-later
"""What files of office programs have in common: they are zips, and packages write them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from eco_onemap.core.dependencies import DOCUMENT_PACKAGES, import_optional
from eco_onemap.core.errors import Cancelled, MissingPackageError
from eco_onemap.core.progress import NoProgress, Progress, stop_if_cancelled

PROGRAM = "Eco One Map"
"""Who wrote a file, as its properties tell."""

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can hold."""

MARK = "eco-one-map"
"""The comment in a part that stands for text which is packed in its place."""

_PIECE = 1 << 18
"""Bytes packed between looking whether somebody pressed Stop: a few milliseconds."""

_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def office_package(module: str, path: Path) -> ModuleType:
    """Return the package that writes *path*; MissingPackageError says how to install it."""
    try:
        return import_optional(module)
    except ModuleNotFoundError as error:
        known = {package.module: package.name for package in DOCUMENT_PACKAGES}
        lacking = error.name or module
        name = known.get(lacking, lacking)
        raise MissingPackageError(
            "document.missing_package", path=str(path), package=name
        ) from error


class Archive(io.BytesIO):
    """A zip in memory that hears Stop while a package writes it: Cancelled, once."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress: Progress = progress
        self._is_stopped = False

    def write(self, data: Any) -> int:
        """Write; a zip that is thrown away is closed first, and that may go on."""
        if not self._is_stopped and self._progress.is_cancelled():
            self._is_stopped = True
            raise Cancelled
        return super().write(data)


def settled(
    content: bytes,
    progress: Progress | None = None,
    filled: Mapping[str, Sequence[bytes]] | None = None,
) -> bytes:
    """Return the same file without the time of its writing: what is the same has the same bytes.

    filled: texts that stand in place of the mark in parts with these names. Raises Cancelled.
    """
    asked = progress or NoProgress()
    target = Archive(asked)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is written
            texts = (filled or {}).get(member.filename, ())
            entry.file_size = member.file_size + sum(map(len, texts))
            with source.open(member) as text, archive.open(entry, "w") as settled_text:
                if member.filename == "docProps/core.xml":
                    settled_text.write(_TIMES.sub(b"", text.read()))
                elif texts:
                    before, _, after = text.read().partition(f"<!--{MARK}-->".encode())
                    for piece in _pieces((before, *texts, after)):
                        stop_if_cancelled(asked)
                        settled_text.write(piece)
                else:
                    shutil.copyfileobj(text, settled_text)
    return target.getvalue()


def _pieces(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield texts in pieces of much the same size."""
    held: list[bytes] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
