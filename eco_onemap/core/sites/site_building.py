# SPDX-License-Identifier: GPL-2.0-or-later
"""From sites as a file has them to sites that can be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.repair import unusable
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.care_log import CHANGES, CareEntry, CareText, by_site, ordered
from eco_onemap.core.sites.crs_applying import in_degrees, in_order, names_of, scale_of
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.crs_reasoning import CrsAnswer, decide_crs, reason_numbers
from eco_onemap.core.sites.geometry_care import Care, take_care
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_caps import find_caps, find_floors
from eco_onemap.core.sites.site_facts import build_details, build_facts, numbers_of, texts_of
from eco_onemap.core.sites.site_places import (
    far_from_region,
    find_shared_ground,
    misplaced,
    partly_outside,
    too_large,
)
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.core.table import Geometries


def build_site_set(raw: RawSites, settings: SiteSettings | None = None) -> SiteSet:
    """Return the sites on CGCS2000, valid and two-dimensional, with what could not be used.

    settings: what the user states beside the file. Raises SiteError where the coordinate
    reference system is not certain, or is none that is known.
    """
    settings = settings or SiteSettings()
    answer = decide_crs(raw, settings)
    placed = _place(raw, answer, settings)
    geometries, care = placed.geometries, placed.care
    log = ordered(
        (
            *raw.repairs,
            *care.entries,
            *find_shared_ground(geometries, raw.ids),
            *partly_outside(geometries, settings.region),
        )
    )
    return SiteSet(
        ids=raw.ids,
        names=raw.names,
        geometries=geometries,
        facts=build_facts(raw.columns, len(raw), settings.facts),
        declared_area_m2=numbers_of(raw.columns.get("declared_area_m2"), len(raw)),
        repaired=_repaired(log, len(raw)),
        problems=placed.problems,
        crs=names_of(answer.used),
        source=raw.source,
        fingerprint=raw.fingerprint,
        notes=(*raw.notes, *_care_notes(log, raw)),
        crs_evidence=answer.why,
        caps=find_caps(raw, settings, placed.codes, geometries),
        floors=find_floors(care.doubtful, geometries),
        care=log,
        originals=care.originals,
        details=build_details(raw.columns, len(raw), settings.facts),
        addresses=_addresses(raw),
    )


def _addresses(raw: RawSites) -> NDArray[np.object_] | None:
    if "address" not in raw.columns:
        return None
    return np.array(texts_of(raw.columns["address"], len(raw)), dtype=object)


@dataclass(frozen=True)
class _Placed:
    """Sites mended and on CGCS2000, ``None`` where a problem says why not; codes: their CRS."""

    geometries: Geometries
    codes: NDArray[np.object_]
    care: Care
    problems: dict[int, Message]


def _place(raw: RawSites, answer: CrsAnswer, settings: SiteSettings) -> _Placed:
    """Return the sites mended in the file's CRS and brought to CGCS2000."""
    problems = dict(raw.problems)
    plane = _flat(np.asarray(raw.geometries, dtype=object))
    _note(problems, unusable(plane), message("site.empty"))
    plane, codes = in_order(_usable(plane, problems), answer.used)
    scale = scale_of(plane, codes)
    huge = too_large(plane, scale)
    care = take_care(_usable(plane, problems | huge), scale)
    _note(problems, shapely.is_empty(care.geometries), message("site.empty_after_repair"))
    geometries = in_degrees(_usable(care.geometries, problems), codes, settings.shift)
    wrong = huge | misplaced(geometries)
    if wrong and len(wrong) == int((~shapely.is_missing(plane)).sum()):
        wrong = _fitting_others(wrong, raw, settings)
    problems |= wrong
    problems |= far_from_region(_usable(geometries, problems), settings.region)
    return _Placed(_usable(geometries, problems), codes, care, problems)


def _flat(geometries: Geometries) -> Geometries:
    """Return geometries without heights; copying those that have none would cost time."""
    high = shapely.has_z(geometries)
    result: Geometries = shapely.force_2d(geometries) if high.any() else geometries
    return result


def _note(problems: dict[int, Message], where: NDArray[np.bool_], problem: Message) -> None:
    for number in np.flatnonzero(where).tolist():
        problems.setdefault(number, problem)


def _usable(geometries: Geometries, problems: Mapping[int, Message]) -> Geometries:
    result = geometries.copy()
    result[list(problems)] = None
    return result


def _fitting_others(
    wrong: dict[int, Message], raw: RawSites, settings: SiteSettings
) -> dict[int, Message]:
    """Return why all sites are misplaced: the systems that would fit the numbers, if any does."""
    numbers = reason_numbers(raw.geometries, CrsEvidence(), settings.region)
    listed = "; ".join(map(str, numbers.candidates))
    if not listed:
        return wrong
    return dict.fromkeys(wrong, message("site.other_crs", candidates=listed))


def _repaired(log: Sequence[CareEntry], count: int) -> NDArray[np.object_]:
    """Return what was changed in each site's geometry, "" where nothing was."""
    said = np.full(count, "", dtype=object)
    for site, entries in by_site(entry for entry in log if entry.kind in CHANGES).items():
        said[site] = CareText(tuple(entries))
    return said


def _care_notes(log: Sequence[CareEntry], raw: RawSites) -> tuple[Message, ...]:
    """Return a note on what was found without changing it, such as sites on shared ground."""
    told = [entry for entry in log if entry.kind not in CHANGES]
    kinds = dict.fromkeys(entry.kind for entry in told)
    notes = []
    for kind in kinds:
        same = [entry for entry in told if entry.kind is kind]
        notes.append(
            message(
                f"care.note_{kind.value}",
                count=len({entry.site for entry in same}),
                site=raw.ids[same[0].site],
                example=same[0].say(),
            )
        )
    return tuple(notes)
