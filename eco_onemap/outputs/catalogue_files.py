# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes catalogues: whole or not at all, and the one before is kept as ``.bak``."""

from __future__ import annotations

import shutil
from pathlib import Path

from eco_onemap.core.errors import OutputError, cause_of
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.outputs.replacing import replacing

BACKUP = ".bak"


def write_catalogue(catalogue: CatalogueText, path: Path) -> Path | None:
    """Write a catalogue's text to *path*; return the backup of what was there, None for nothing.

    OutputError says why it could not be written; the file is then as it was before.
    """
    backup = _keep(path) if path.is_file() else None
    with replacing(path) as part:
        part.write_bytes(catalogue.content)
    return backup


def _keep(path: Path) -> Path:
    backup = path.with_name(path.name + BACKUP)
    try:
        shutil.copy2(path, backup)
    except OSError as error:
        cause = cause_of(error)
        raise OutputError(
            "output.unwritable", path=str(backup), cause=cause, details=repr(error)
        ) from error
    return backup
