# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of the projects: from a file's columns, and from what the user states of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.options import parse_tags
from eco_onemap.core.sites.industries import normalized_industry
from eco_onemap.core.sites.line_chainage import DIRECTION, START
from eco_onemap.core.sites.project_tags import stated_tags
from eco_onemap.core.sites.site import SiteFacts

NATURES = ("new", "rebuild", "expand", "technical_upgrade", "relocate")
"""新建, 改建, 扩建, 技改, 迁建: the tags of rules for them."""

FACT_COLUMNS = ("tags", "not_tags", "stage", "planned_use", "industry", "nature")
DETAIL_COLUMNS = ("project", "developer")
LINE_COLUMNS = (START, DIRECTION)
"""What a file says of its lines; most have no such columns."""

Columns = Mapping[str, NDArray[Any]]


def build_facts(columns: Columns, count: int, stated: Mapping[str, str]) -> tuple[SiteFacts, ...]:
    """Return the facts of each project; the file goes before what the user states of all.

    Projects with the same facts share one object: many sites have few kinds of projects.
    """
    texts = [texts_of(columns.get(name), count, stated.get(name, "")) for name in FACT_COLUMNS]
    made: dict[tuple[str, ...], SiteFacts] = {}
    facts = []
    for key in zip(*texts, strict=True):
        found = made.get(key)
        if found is None:
            found = made[key] = _facts(*key)
        facts.append(found)
    return tuple(facts)


def _facts(
    tags: str, not_tags: str, stage: str, planned_use: str, industry: str, nature: str
) -> SiteFacts:
    told, denied = stated_tags(tags), parse_tags(not_tags)
    natures = parse_tags(nature) & frozenset(NATURES)
    if natures:
        told |= natures
        denied |= frozenset(NATURES) - told
    return SiteFacts(told, denied, stage, planned_use, normalized_industry(industry), nature)


def build_details(
    columns: Columns, count: int, stated: Mapping[str, str]
) -> dict[str, NDArray[np.object_]]:
    """Return project name and developer of each site, "" where unknown, and what lines have."""
    names = (*DETAIL_COLUMNS, *(name for name in LINE_COLUMNS if name in columns))
    return {
        name: np.array(texts_of(columns.get(name), count, stated.get(name, "")), dtype=object)
        for name in names
    }


def texts_of(column: NDArray[Any] | None, count: int, default: str = "") -> list[str]:
    """Return a column's texts, *default* where there is none."""
    if column is None:
        return [default] * count
    return [
        default if value is None else str(value).strip() or default for value in column.tolist()
    ]


def numbers_of(column: NDArray[Any] | None, count: int) -> NDArray[np.float64]:
    """Return a column's numbers, NaN where there is none."""
    if column is None:
        return np.full(count, np.nan)
    if column.dtype.kind in "fiu":
        return column.astype(np.float64)
    return np.array([_number(value) for value in column.tolist()], dtype=np.float64)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
