# SPDX-License-Identifier: GPL-2.0-or-later
"""Applies overrides to findings, and tells those that no longer hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.gaps import ALL_SITES, Gap
from eco_onemap.core.law.overrides import Override, Overrides
from eco_onemap.core.layers.prints import SEPARATOR, rule_print, site_prints
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.vocabulary import SEVERITY

PARTS = ("site", "feature", "rule")
"""What the three parts of a print stand for, as in the keys of the sentences."""

SET_ASIDE, STALE = "set_aside", "stale"


@dataclass(frozen=True)
class Reviewed:
    """The findings of a block after the overrides, and what is to be told of those.

    gaps: overrides that do not hold, at their sites.
    """

    findings: tuple[Findings, ...]
    gaps: tuple[Gap, ...]


def finding_prints(findings: Findings, of_site: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the print of each finding: of its site, its feature and its rule.

    of_site: the print of the site of each finding.
    """
    of_feature = findings.measurement.features.prints.of(findings.feature)
    joined: NDArray[np.object_] = of_site + SEPARATOR + of_feature + SEPARATOR
    return joined + rule_print(findings.rule)


def set_aside(findings: Sequence[Findings], sites: SiteSet, overrides: Overrides) -> Reviewed:
    """Return the findings with those that overrides set aside no longer counting."""
    entries = _entries_here(overrides, sites)
    if not entries:
        return Reviewed(tuple(findings), ())
    reviewed, told = [], set[int]()
    gaps: list[Gap] = []
    for found in findings:
        one, stale, numbers = _review(found, sites, entries)
        reviewed.append(one)
        gaps += stale
        told |= numbers
    gaps += _unfound(entries.items(), told, sites)
    return Reviewed(tuple(reviewed), tuple(gaps))


def _entries_here(overrides: Overrides, sites: SiteSet) -> dict[int, Override]:
    """Return the overrides about sites of the block, by number."""
    if not len(overrides):
        return {}
    here = set(sites.ids.tolist())
    return {n: entry for n, entry in enumerate(overrides.entries) if entry.site in here}


def _review(
    found: Findings, sites: SiteSet, entries: Mapping[int, Override]
) -> tuple[Findings, list[Gap], set[int]]:
    """Return findings of one rule and layer after the overrides about them."""
    rule, layer = found.rule.id, found.measurement.entry.id
    about = {
        (e.site, e.feature): n for n, e in entries.items() if (e.rule, e.layer) == (rule, layer)
    }
    if not about:
        return found, [], set()
    pairs = zip(sites.ids[found.site], found.feature_ids, strict=True)
    number = np.fromiter(map(about.get, pairs, repeat(-1)), np.intp, len(found))
    rows = np.flatnonzero(number >= 0)
    chosen = found.take(rows)
    prints = finding_prints(chosen, site_prints(sites.geometries[chosen.site]))
    effective, gaps = found.effective.copy(), []
    meant = {
        n for n, now in zip(number[rows].tolist(), prints, strict=True) if entries[n].print == now
    }
    for row, now in zip(rows.tolist(), prints.tolist(), strict=True):
        entry = entries[int(number[row])]
        if number[row] in meant and entry.print != now:  # another feature with the same id
            number[row] = -1
            continue
        why = _staleness(entry, now, int(found.severity[row]))
        if why is None:
            effective[row] = 0
        else:
            gaps.append(_gap(int(found.site[row]), entry, why))
    reviewed = replace(found, effective=effective, override=number)
    return reviewed, gaps, set(number[rows].tolist())


def _staleness(entry: Override, now: str, severity: int) -> Message | None:
    """Return why an override no longer holds, None if it does."""
    before, after = entry.print.split(SEPARATOR), now.split(SEPARATOR)
    changed = [part for part, old, new in zip(PARTS, before, after, strict=True) if old != new]
    if changed:
        return message("override.changed", what=message(f"override.part.{changed[0]}"))
    if severity > SEVERITY[entry.verdict]:
        return message("override.worse", before=message(f"verdict.{entry.verdict.value}"))
    return None


def _gap(site: int, entry: Override, why: Message) -> Gap:
    said = message("override.stale", author=entry.author, day=entry.date.isoformat(), why=why)
    return Gap(site, f"override:{entry.rule}:{entry.layer}:{entry.feature}", said, blocks=False)


def _unfound(entries: Iterable[tuple[int, Override]], told: set[int], sites: SiteSet) -> list[Gap]:
    """Return what is told of overrides whose finding is no longer made."""
    numbers = {site_id: number for number, site_id in enumerate(sites.ids.tolist())}
    gone = message("override.gone")
    return [_gap(numbers[e.site], e, gone) for n, e in entries if n not in told]


def strangers(overrides: Overrides, sites: SiteSet) -> tuple[Gap, ...]:
    """Return what is told of overrides about sites that are not checked in this run."""
    here = set(sites.ids.tolist())
    return tuple(
        _gap(ALL_SITES, entry, message("override.no_site", site=entry.site))
        for entry in overrides.entries
        if entry.site not in here
    )
