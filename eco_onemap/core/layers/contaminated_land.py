# SPDX-License-Identifier: GPL-2.0-or-later
"""What a register of contaminated land says of a parcel on a day, as rules ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from eco_onemap.core.law.conditions import plain_text
from eco_onemap.core.spellings import by_spelling, plain
from eco_onemap.paths import resource

REGISTER_ROLE, SUSPECT_ROLE = "soil_register", "soil_suspect"


class Stage(Enum):
    """Where a parcel stands on its way out of the register."""

    SURVEY = "survey"
    ASSESSMENT = "assessment"
    CONTROL = "control"
    REMEDIATION = "remediation"
    EFFECT = "effect"
    REMOVED = "removed"


class Failure(Enum):
    """Why a parcel may not be used; NONE where the register gives no such reason."""

    NOT_ASSESSED = "not_assessed"
    CONTROL_LACKING = "control_lacking"
    REMEDIATION_LACKING = "remediation_lacking"
    NONE = "none"


_WITHOUT_TARGET = (Stage.SURVEY, Stage.ASSESSMENT)
_LACKING = {
    Stage.CONTROL: Failure.CONTROL_LACKING,
    Stage.REMEDIATION: Failure.REMEDIATION_LACKING,
    Stage.EFFECT: Failure.REMEDIATION_LACKING,
}


def find_stage(text: str) -> Stage | None:
    """Return the stage that a register's word names, None if no table knows it."""
    found = _spellings("stages").get(plain(text))
    return Stage(found) if found else None


def find_failure(
    stage: str, reached: str, listed_on: date | None, removed_on: date | None, day: date
) -> Failure | None:
    """Return why a parcel may not be used on *day*; None where the register does not tell.

    A parcel is listed from its listing until the day before its removal; before and after, the
    register gives no reason. Survey and assessment come before there is a target to reach.
    """
    if (listed_on and listed_on > day) or (removed_on and removed_on <= day):
        return Failure.NONE
    known, met = find_stage(stage), _spellings("reached").get(plain(reached))
    if known in _WITHOUT_TARGET:
        return Failure.NOT_ASSESSED
    if known is None or known is Stage.REMOVED or met is None:
        return None
    return Failure.NONE if met == "yes" else _LACKING[known]


def find_industry(text: str) -> str:
    """Return which of the eight industries a works belongs to, "" if to none of them."""
    wanted = plain(text)
    for name, words in _tables()["eight_industries"].items():
        if any(word in wanted for word in words):
            return str(name)
    return ""


def derived_attributes(
    role: str, attributes: Mapping[str, NDArray[Any]], day: date
) -> Mapping[str, NDArray[Any]]:
    """Return the attributes of a layer with those that rules on contaminated land ask for.

    ``failure`` of a register's parcels (:class:`Failure`), ``eight_industry`` of suspected land:
    each only where the layer gives what it is derived from. Other roles stay as they are.
    """
    if role == REGISTER_ROLE and "stage" in attributes:
        return {**attributes, "failure": _failures(attributes, day)}
    if role == SUSPECT_ROLE and "industry" in attributes:
        texts = [plain_text(value) for value in attributes["industry"].tolist()]
        found = [find_industry(text) or ("none" if text else None) for text in texts]
        return {**attributes, "eight_industry": np.array(found, dtype=object)}
    return attributes


def _failures(attributes: Mapping[str, NDArray[Any]], day: date) -> NDArray[np.object_]:
    count = len(attributes["stage"])
    columns = [
        attributes.get(name, np.full(count, None, dtype=object)).tolist()
        for name in ("stage", "target_reached", "listed_on", "removed_on")
    ]
    found = [
        find_failure(plain_text(stage), plain_text(reached), _day(listed), _day(removed), day)
        for stage, reached, listed, removed in zip(*columns, strict=True)
    ]
    return np.array([failure.value if failure else None for failure in found], dtype=object)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(plain_text(value)[:10])
    except ValueError:
        return None


@cache
def _spellings(table: str) -> Mapping[str, str]:
    return by_spelling(_tables()[table])


@cache
def _tables() -> Mapping[str, Any]:
    text = resource("contaminated_land.yaml").read_text(encoding="utf-8")
    tables: Mapping[str, Any] = yaml.safe_load(text)
    return tables
