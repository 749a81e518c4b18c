# SPDX-License-Identifier: GPL-2.0-or-later
"""A report that comes back as PDF: what is attached to it, and the text of its pages."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eco_onemap.core.dependencies import import_optional
from eco_onemap.core.errors import MissingPackageError, ResultsError, cause_of
from eco_onemap.readers.sealed_text import Look

ATTACHMENT = "eco-onemap.dossier"
SHEETS = "eco-onemap.sheets"
"""The texts of maps' sheets, beside the data."""
_LAST = 4
"""Pages of a report without data that are read: the last chapter says why it has none."""

_HARMLESS = ("/Text", "/Popup", "/Highlight", "/Underline", "/FileAttachment")


@dataclass(frozen=True)
class SealedPages:
    """The data attached to a PDF, () for none, and the text of each page in reading order.

    Of a PDF without data only the last pages are read. looks: what was laid over the pages.
    sheets: the texts of its sheets where it is a file of maps, packed; else b"".
    """

    contents: tuple[bytes, ...]
    pages: tuple[str, ...]
    looks: tuple[Look, ...] = ()
    sheets: bytes = b""


def read_sealed_pages(path: Path) -> SealedPages:
    """Return what a PDF holds; ResultsError says why it cannot be read."""
    try:
        pypdf = import_optional("pypdf")
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "document.missing_package", path=str(path), package="pypdf"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said in one sentence
    try:
        content = path.read_bytes()
        reader = pypdf.PdfReader(io.BytesIO(content))
        held, sheets = _attached(reader, ATTACHMENT), _attached(reader, SHEETS)
        read = reader.pages if held else reader.pages[-_LAST:]  # it takes a while
        notes = list(_annotations(reader))
        pages = _by_poppler(content) if held and not notes else None  # it reads notes as text
        if pages is None:
            pages = tuple(page.extract_text() for page in read)
        looks = (Look("floating", str(page), str(page)) for page, one in notes if _hides_text(one))
        return SealedPages(held, pages, tuple(looks), sheets[-1] if sheets else b"")
    except (OSError, ValueError, KeyError, TypeError, pypdf.errors.PyPdfError) as error:
        cause = cause_of(error)
        raise ResultsError(
            "dossier.unreadable", path=str(path), cause=cause, details=repr(error)
        ) from error


def read_page_texts(content: bytes) -> tuple[str, ...]:
    """Return the text of each page of a PDF that was just made; needs pypdf or poppler."""
    pages = _by_poppler(content)
    if pages is None:
        reader = import_optional("pypdf").PdfReader(io.BytesIO(content))
        pages = tuple(page.extract_text() for page in reader.pages)
    return pages


def _by_poppler(content: bytes) -> tuple[str, ...] | None:
    """Return the text of all pages, ``None`` where poppler is not installed: it is much faster."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    command = [program, "-raw", "-enc", "UTF-8", "-q", "-", "-"]
    done = subprocess.run(command, input=content, capture_output=True, check=False)
    if done.returncode:
        return None
    return tuple(done.stdout.decode("utf-8", errors="replace").split("\f")[:-1])


def _attached(reader: Any, name: str) -> tuple[bytes, ...]:
    """Return the data attached under a name: who edits a file may have attached others."""
    found = (bytes(one.content) for one in reader.attachment_list if one.name == name)
    return tuple(dict.fromkeys(found))


def _annotations(reader: Any) -> Iterator[tuple[int, Any]]:
    """Yield what was put on pages later, with their numbers: no links, which reports have."""
    for number, page in enumerate(reader.pages, start=1):
        for reference in page.get("/Annots") or ():
            annotation = reference.get_object()
            if annotation.get("/Subtype") != "/Link":
                yield number, annotation


def _hides_text(annotation: Any) -> bool:
    """Return whether it is a stamp, box or drawing: remarks and signatures hide nothing."""
    is_signature = annotation.get("/FT") == "/Sig"
    return annotation.get("/Subtype") not in _HARMLESS and not is_signature
