# SPDX-License-Identifier: GPL-2.0-or-later
"""What the command line says of a result at the end, read from the file that was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from eco_onemap.core.results.run_record import LOST_FEATURES
from eco_onemap.core.zoning.loading import LIST_PREFIX

MOST_SITES = 200
"""With more sites the verdicts are counted, not listed."""

LOST = (
    "SELECT 1 FROM site_layer WHERE status IN ('not_loaded', 'failed') LIMIT 1",
    f"SELECT 1 FROM run WHERE key LIKE '%.{LOST_FEATURES}' AND value != '0' LIMIT 1",
    f"SELECT 1 FROM not_evaluated WHERE site_id = '*' AND what LIKE '{LIST_PREFIX}%' LIMIT 1",
)
"""What finds a layer, a feature of one or an access list that could not be checked against."""


@dataclass(frozen=True)
class Outcome:
    """The sites of a result (id, name, verdict, reason), or of many how many have each verdict.

    is_complete: whether every layer and every site could be checked (exit code 0, else 1).
    """

    sites: tuple[tuple[str, str, str, str], ...]
    verdicts: tuple[tuple[str, int], ...]
    is_complete: bool


def read_outcome(path: Path) -> Outcome:
    """Return the outcome in the results *path*."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        (count,) = database.execute("SELECT count(*) FROM site_verdict").fetchone()
        lost = any(database.execute(question).fetchone() for question in LOST)
        if count > MOST_SITES:
            counted = database.execute(
                "SELECT verdict, count(*) FROM site_verdict GROUP BY verdict ORDER BY count(*) DESC"
            ).fetchall()
            return Outcome((), tuple(counted), not lost)
        listed = database.execute(
            "SELECT site_id, ifnull(name, ''), verdict, ifnull(reason, '') FROM site_verdict "
            "ORDER BY fid"
        ).fetchall()
    return Outcome(tuple(listed), (), not lost)
