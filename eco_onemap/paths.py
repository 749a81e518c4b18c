# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the files beside the code lie, in a source checkout and in an installed plugin."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def _beside_or_above(name: str) -> Path:
    """Return the folder *name* inside the package (installed) or beside it (source checkout)."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below ``resources/``."""
    return _beside_or_above("resources").joinpath(*parts)


def sample(*parts: str) -> Path:
    """Return the path of a file or folder below ``sample_layers/``."""
    return _beside_or_above("sample_layers").joinpath(*parts)


def document(*parts: str) -> Path:
    """Return the path of a file below ``docs/``."""
    return _beside_or_above("docs").joinpath(*parts)


def metadata_file() -> Path:
    """Return the path of the plugin's ``metadata.txt``."""
    inside = PACKAGE / "metadata.txt"
    return inside if inside.is_file() else PACKAGE.parent / "metadata.txt"


def vendored() -> Path:
    """Return the folder of the plugin's copies of other packages; only its zip has it."""
    return PACKAGE / "_vendor"
