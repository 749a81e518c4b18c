# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that appear whole or not at all: written beside their target, then renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eco_onemap.core.errors import OutputError, cause_of


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside *path*; what was written there takes *path*'s place on success.

    OutputError says why it could not be; *path* is then as it was before.
    """
    with replacing_all([path]) as parts:
        yield parts[0]


@contextmanager
def replacing_all(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Do the same for several files: none is replaced before all are written."""
    parts = [path.with_name(f".{path.name}.part") for path in paths]
    try:
        for path, part in zip(paths, parts, strict=True):
            _check_target(path)
            part.unlink(missing_ok=True)
        yield parts
        for path, part in zip(paths, parts, strict=True):
            _rename(part, path)
    except OSError as error:
        raise _unwritable(paths[0], error) from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def check_folder(folder: Path) -> None:
    """Raise OutputError if *folder* is not an existing folder."""
    if not folder.is_dir():
        raise OutputError("output.folder_missing", path=str(folder))


def _check_target(path: Path) -> None:
    check_folder(path.parent)
    if path.is_dir():
        raise OutputError("output.target_is_folder", path=str(path))


def _rename(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError as error:  # Windows: another program has the target open
        raise OutputError("output.target_open", path=str(path), details=repr(error)) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    cause = cause_of(error)
    return OutputError("output.unwritable", path=str(path), cause=cause, details=repr(error))
