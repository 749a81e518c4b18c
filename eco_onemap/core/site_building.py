# SPDX-License-Identifier: GPL-2.0-or-later
"""From sites as a file has them to sites that can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.crs import CHINA, find_crs, to_cgcs2000
from eco_onemap.core.errors import SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.options import parse_tags
from eco_onemap.core.project_tags import stated_tags
from eco_onemap.core.raw_sites import RawSites
from eco_onemap.core.repair import repair, unusable
from eco_onemap.core.site import SiteFacts, SiteSet
from eco_onemap.core.table import Geometries


def build_site_set(raw: RawSites) -> SiteSet:
    """Return the sites on CGCS2000, valid and two-dimensional, with what could not be used.

    Raises SiteError when the file names no CRS that is known.
    """
    if raw.crs is None or find_crs(raw.crs) is None:
        raise SiteError("site.unknown_crs", path=raw.source, crs=raw.crs or "?")
    plane = shapely.force_2d(np.asarray(raw.geometries, dtype=object))
    problems = dict(raw.problems)
    _note(problems, unusable(plane), message("site.empty"))
    mended = repair(plane)
    _note(problems, shapely.is_empty(mended.geometries), message("site.empty_after_repair"))
    geometries = _usable(to_cgcs2000(_usable(mended.geometries, problems), raw.crs), problems)
    _note_places(problems, geometries)
    return SiteSet(
        ids=raw.ids,
        names=raw.names,
        geometries=_usable(geometries, problems),
        facts=_facts(raw.columns, len(raw.ids)),
        declared_area_m2=_numbers(raw.columns.get("declared_area_m2"), len(raw.ids)),
        repaired=mended.reasons,
        problems=problems,
        crs=raw.crs,
        source=raw.source,
        fingerprint=raw.fingerprint,
        notes=tuple(raw.notes),
        addresses=_addresses(raw),
    )


def _addresses(raw: RawSites) -> NDArray[np.object_] | None:
    if "address" not in raw.columns:
        return None
    return np.array(_texts(raw.columns["address"], len(raw.ids)), dtype=object)


def _note(problems: dict[int, Message], where: NDArray[np.bool_], problem: Message) -> None:
    for number in np.flatnonzero(where).tolist():
        problems.setdefault(number, problem)


def _usable(geometries: Geometries, problems: Mapping[int, Message]) -> Geometries:
    result = geometries.copy()
    result[list(problems)] = None
    return result


def _note_places(problems: dict[int, Message], geometries: Geometries) -> None:
    """Note the sites whose coordinates cannot be a place in China."""
    bounds = shapely.bounds(geometries)
    present = ~shapely.is_missing(geometries)
    outside = present & ~_inside_china(bounds)
    swapped = outside & _inside_china(bounds[:, [1, 0, 3, 2]])
    _note(problems, swapped, message("site.swapped_axes"))
    _note(problems, outside, message("site.outside_china"))


def _inside_china(bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    with np.errstate(invalid="ignore"):
        inside: NDArray[np.bool_] = (
            (bounds[:, 0] >= west)
            & (bounds[:, 1] >= south)
            & (bounds[:, 2] <= east)
            & (bounds[:, 3] <= north)
        )
    return inside


def _facts(columns: Mapping[str, NDArray[Any]], count: int) -> tuple[SiteFacts, ...]:
    texts = {
        name: _texts(columns.get(name), count)
        for name in ("tags", "not_tags", "stage", "planned_use", "industry")
    }
    return tuple(
        SiteFacts(stated_tags(tags), parse_tags(not_tags), stage, planned_use, industry)
        for tags, not_tags, stage, planned_use, industry in zip(*texts.values(), strict=True)
    )


def _texts(column: NDArray[Any] | None, count: int) -> list[str]:
    if column is None:
        return [""] * count
    return ["" if value is None else str(value).strip() for value in column.tolist()]


def _numbers(column: NDArray[Any] | None, count: int) -> NDArray[np.float64]:
    if column is None:
        return np.full(count, np.nan)
    return np.array([_number(value) for value in column.tolist()], dtype=np.float64)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
