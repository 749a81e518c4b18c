# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of overrides: an entry is added, and the rest stays as it was."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.law.overrides import Override, Overrides, read_overrides, write_overrides
from eco_onemap.outputs.replacing import replacing


def add_override(path: Path, entry: Override) -> None:
    """Write *entry* into the file *path*, in place of an earlier one about the same finding.

    The file is made where there is none. OverrideError says why it cannot be read, OutputError why
    it cannot be written; it is then as it was.
    """
    known = read_overrides(path) if path.exists() else Overrides()
    with replacing(path) as part:
        part.write_text(write_overrides(known.added(entry)), encoding="utf-8")
