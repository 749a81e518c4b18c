# SPDX-License-Identifier: GPL-2.0-or-later
"""The one maps that were open last, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qgis.core import QgsSettings

KEY = "eco_onemap/recent_maps"
MOST = 8


def recent_maps() -> list[Path]:
    """Return the catalogues that were opened last, whether they are still there or not."""
    stored = QgsSettings().value(KEY, "") or ""
    return [Path(line) for line in str(stored).split("\n") if line]


def remember_map(path: Path) -> None:
    """Put a catalogue on top of the list."""
    keep_maps([path, *(known for known in recent_maps() if known != path)])


def keep_maps(paths: Iterable[Path]) -> None:
    """Keep these catalogues, up to a number, in this order."""
    QgsSettings().setValue(KEY, "\n".join(str(path) for path in list(paths)[:MOST]))
