# SPDX-License-Identifier: GPL-2.0-or-later
"""Folders for outputs."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.errors import OutputError, cause_of


def make_folder(folder: Path) -> None:
    """Make a folder whose parent exists, unless it is there; OutputError says why it cannot be."""
    if not folder.parent.is_dir():
        raise OutputError("output.folder_missing", path=str(folder))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        cause = cause_of(error)
        raise OutputError(
            "output.unwritable", path=str(folder), cause=cause, details=repr(error)
        ) from error
