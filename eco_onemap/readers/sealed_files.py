# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as they come back: the data inside them, and the text that a reader sees."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from eco_onemap.core.errors import MissingPackageError, ResultsError, cause_of
from eco_onemap.readers.sealed_html import read_html
from eco_onemap.readers.sealed_text import SealedFile
from eco_onemap.readers.sealed_word import read_docx
from eco_onemap.readers.sealed_workbook import read_xlsx

_READERS: dict[str, Callable[[bytes], SealedFile]] = {
    "docx": read_docx,
    "xlsx": read_xlsx,
    "html": read_html,
    "htm": read_html,
}


def read_sealed(path: Path) -> SealedFile:
    """Return what a report in DOCX, XLSX or HTML holds; ResultsError says why it cannot be read."""
    ending = path.suffix.lower().lstrip(".")
    if ending not in _READERS:
        raise ResultsError("dossier.unreadable", path=str(path), cause=path.suffix or "?")
    try:
        return read_sealed_bytes(path.read_bytes(), ending)
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "document.missing_package", path=str(path), package=error.name
        ) from error
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, ET.ParseError) as error:
        cause = cause_of(error)
        raise ResultsError(
            "dossier.unreadable", path=str(path), cause=cause, details=repr(error)
        ) from error


def read_sealed_bytes(content: bytes, ending: str) -> SealedFile:
    """Return what the content of a report holds; ending: ``docx``, ``xlsx``, ``html``."""
    return _READERS[ending](content)
