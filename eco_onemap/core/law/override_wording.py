# SPDX-License-Identifier: GPL-2.0-or-later
"""Tells in the results which findings a person set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.overrides import Override, Overrides
from eco_onemap.core.law.setting_aside import SET_ASIDE, STALE
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.wording import Joined
from eco_onemap.core.sentences import Indices, Listed, Phrase, Rows, Sentences, by_kind


def override_columns(findings: Findings, overrides: Overrides) -> dict[str, NDArray[np.object_]]:
    """Return the columns of the findings that tell of overrides, "" where there is none."""
    entries = overrides.entries
    state = np.where(findings.is_set_aside, SET_ASIDE, STALE).astype(object)

    def column(values: list[str]) -> NDArray[np.object_]:
        return np.array([*values, ""], dtype=object)[findings.override]

    return {
        "override": np.where(findings.override >= 0, state, "").astype(object),
        "override_reason": column([entry.reason for entry in entries]),
        "override_author": column([entry.author for entry in entries]),
        "override_date": column([entry.date.isoformat() for entry in entries]),
    }


def with_set_aside(
    reasons: Sentences, findings: Sequence[Findings], overrides: Overrides
) -> Sentences:
    """Return the reasons of sites, followed by what a person set aside there."""
    asides: defaultdict[int, list[Message]] = defaultdict(list)
    for found in findings:
        for row in np.flatnonzero(found.is_set_aside).tolist():
            entry = overrides.entries[int(found.override[row])]
            asides[int(found.site[row])].append(_one(found, entry))
    if not asides:
        return reasons
    told = np.isin(np.arange(len(reasons)), list(asides))

    def say(aside: bool, rows: Indices) -> Rows:
        if not aside:
            return reasons[rows]
        what = np.empty(len(rows), dtype=object)
        what[:] = [Joined(tuple(asides[row]), "; ") for row in rows.tolist()]
        return Phrase(
            "reason.set_aside", {"reason": reasons[rows], "what": Listed(what.tolist())}, len(rows)
        )

    return by_kind(told, say)


def _one(found: Findings, entry: Override) -> Message:
    return message(
        "reason.one_aside",
        rule=found.rule.id,
        layer=found.measurement.entry.title,
        author=entry.author,
        day=entry.date.isoformat(),
        why=entry.reason,
    )
