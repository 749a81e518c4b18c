# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites whose place or boundary is open to doubt.

Place: a position that may be half a kilometre off proves neither a conflict nor its absence. The
verdict is ``study``, no more, no less; what rules find is kept with the verdict they would give.
Boundary: where repair changed more of the area than is small, the verdict is at least ``study``.
What lies on the ground that was kept is found all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.law.capping import STUDY, capped
from eco_onemap.core.law.findings import Findings
from eco_onemap.core.law.gaps import Gaps, gaps_at, join_gaps
from eco_onemap.core.law.verdicts import Verdicts
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sentences import Listed
from eco_onemap.core.sites.datums import find_older_datum, offset_of
from eco_onemap.core.sites.map_offsets import offset_m
from eco_onemap.core.sites.raw_sites import RawSites, Suspicion
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_places import middles
from eco_onemap.core.sites.site_settings import Origin, SiteSettings
from eco_onemap.core.table import Geometries

ORIGIN_NAMES = {Origin.GCJ02: "GCJ-02", Origin.BD09: "BD-09"}

Caps = dict[int, tuple[Message, ...]]


def find_caps(
    raw: RawSites,
    settings: SiteSettings,
    codes: NDArray[np.object_],
    geometries: Geometries,
) -> Caps:
    """Return why the place of sites is open to doubt, by site.

    codes: CRS of each site. geometries: in CGCS2000 degrees, ``None`` where unusable.
    """
    present = np.flatnonzero(~shapely.is_missing(geometries))
    datums = {} if settings.shift is not None else _datum_caps(codes, present)
    origins = _origin_caps(raw, settings, geometries, present)
    both = {number: datums[number] + origins[number] for number in datums.keys() & origins.keys()}
    return datums | origins | both


def find_floors(doubtful: Mapping[int, float], geometries: Geometries) -> Caps:
    """Return why the boundary of sites is open to doubt.

    doubtful: site to the share by which repair changed its area.
    """
    return {
        number: (message("cap.area_changed", share=f"{100 * share:.2f}"),)
        for number, share in doubtful.items()
        if geometries[number] is not None
    }


def _datum_caps(codes: NDArray[np.object_], present: NDArray[np.intp]) -> Caps:
    caps: Caps = {}
    for code in sorted(set(codes[present].tolist()) - {""}):
        cap = _datum_cap(code)
        if cap is not None:
            caps |= dict.fromkeys(present[codes[present] == code].tolist(), (cap,))
    return caps


def _datum_cap(code: str) -> Message | None:
    """Return why sites in a CRS of an older datum are open to doubt, None for modern ones."""
    crs = find_crs(code)
    datum = find_older_datum(crs) if crs is not None else None
    if datum is None:
        return None
    metres = offset_of(datum)
    if metres is None:
        return message("cap.datum_unknown", datum=datum)
    return message("cap.datum", datum=datum, metres=metres)


def _origin_caps(
    raw: RawSites,
    settings: SiteSettings,
    geometries: Geometries,
    present: NDArray[np.intp],
) -> Caps:
    """Return the caps of web map coordinates; sites with the same offset share a message."""
    origin, suspected = settings.origin, raw.suspected_origin
    if origin is Origin.WGS84 or (origin is Origin.UNKNOWN and suspected is None):
        return {}
    places = middles(geometries[present])
    assumed = suspected.origin if origin is Origin.UNKNOWN and suspected else origin
    if assumed is Origin.UNKNOWN:
        assumed = Origin.GCJ02
    metres = np.round(offset_m(assumed, places[:, 0], places[:, 1]), -1)
    caps: Caps = {}
    for size in np.unique(metres).tolist():
        cap = _origin_cap(origin, suspected, size)
        caps |= dict.fromkeys(present[metres == size].tolist(), (cap,))
    return caps


def _origin_cap(origin: Origin, suspected: Suspicion | None, metres: float) -> Message:
    if origin is Origin.UNKNOWN and suspected is not None:
        return message("cap.origin_suspected", maker=suspected.maker, metres=f"{metres:.0f}")
    return message("cap.origin", origin=ORIGIN_NAMES[origin], metres=f"{metres:.0f}")


def cap_findings(findings: Sequence[Findings], sites: SiteSet) -> list[Findings]:
    """Return the findings, at most ``study`` at capped sites; each keeps its rule's verdict."""
    if not sites.caps:
        return list(findings)
    at = np.zeros(len(sites), dtype=bool)
    at[list(sites.caps)] = True
    return [capped(one, at[one.site]) for one in findings]


def doubts_of(sites: SiteSet) -> Caps:
    """Return all doubts about each site, those about its place first."""
    both = {n: (*sites.caps.get(n, ()), *said) for n, said in sites.floors.items()}
    return dict(sorted({**sites.caps, **both}.items()))


def doubt_verdicts(verdicts: Verdicts, sites: SiteSet) -> Verdicts:
    """Return the verdicts with the doubts about sites.

    verdicts: on the findings before they were capped: what weighs most decides at a capped site.
    """
    if not sites.caps and not sites.floors:
        return verdicts
    places = np.array(list(sites.caps), dtype=np.intp)
    severity = verdicts.severity.copy()
    severity[places] = np.minimum(severity[places], STUDY)
    doubts = doubt_gaps(sites)
    first = doubts.first_rows(len(sites), np.arange(len(doubts)))
    raised = (first >= 0) & (severity < STUDY)
    return replace(
        verdicts,
        severity=np.where(raised, STUDY, severity),
        gap=np.where(raised, len(verdicts.gaps) + first, verdicts.gap),
        gaps=join_gaps([verdicts.gaps, doubts]),
    )


def doubt_gaps(sites: SiteSet) -> Gaps:
    """Return a gap for each doubt about a site."""
    doubts = doubts_of(sites)
    counts = np.array(list(map(len, doubts.values())), dtype=np.intp)
    site = np.repeat(np.array(list(doubts), dtype=np.intp), counts)
    why = Listed(list(chain.from_iterable(doubts.values())))
    return gaps_at(site, "site", why, blocks=False)
