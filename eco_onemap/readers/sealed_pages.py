# SPDX-License-Identifier: GPL-2.0-or-later
"""A report that comes back as PDF: what is attached to it, and the text of its pages."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eco_onemap.core.dependencies import import_optional
from eco_onemap.core.errors import MissingPackageError, ResultsError

ATTACHMENT = "eco-onemap.dossier"
SHEETS = "eco-onemap.sheets"
"""The texts of maps' sheets, beside the data."""


@dataclass(frozen=True)
class SealedPages:
    """The data attached to a PDF, b"" for none, and the text of each page in reading order.

    sheets: the texts of its sheets where it is a file of maps, packed; else b"".
    """

    content: bytes
    pages: tuple[str, ...]
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
        reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
        held, sheets = _attached(reader, ATTACHMENT), _attached(reader, SHEETS)
        # without a report's data nobody asks for its text, which takes a while
        pages = tuple(page.extract_text() for page in reader.pages) if held else ()
        return SealedPages(held, pages, sheets)
    except (OSError, ValueError, KeyError, TypeError, pypdf.errors.PyPdfError) as error:
        cause = getattr(error, "strerror", "") or str(error)
        raise ResultsError(
            "dossier.unreadable", path=str(path), cause=cause, details=repr(error)
        ) from error


def _attached(reader: Any, name: str) -> bytes:
    """Return the data attached last: who edits a file may have attached others before."""
    found = [one.content for one in reader.attachment_list if one.name == name]
    return bytes(found[-1]) if found else b""
