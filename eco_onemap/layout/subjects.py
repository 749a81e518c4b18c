# SPDX-License-Identifier: GPL-2.0-or-later
"""What the sheets of a map series are about: where the site lies, one theme, or all together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

import yaml

from eco_onemap.paths import resource

BACKGROUND_ROLES = frozenset({"admin", "grid"})
"""They say where a site lies, not what concerns it; every sheet shows them."""


class SubjectKind(Enum):
    """The kinds of sheets."""

    OVERVIEW = "overview"
    THEME = "theme"
    RISK = "risk"


@dataclass(frozen=True, eq=False)
class Subject:
    """What one sheet is about; titles and phrases by language, as ``sheets.yaml`` explains them."""

    name: str
    kind: SubjectKind
    titles: Mapping[str, str]
    phrases: Mapping[str, str]
    roles: frozenset[str]

    def concerns(self, role: str) -> bool:
        """Return whether what is said of layers of a role belongs on the sheet."""
        if self.kind is not SubjectKind.THEME:
            return True
        if self.roles:
            return role in self.roles
        return not any(role in other.roles for other in _parted()) and role not in BACKGROUND_ROLES

    def shows(self, role: str) -> bool:
        """Return whether layers of a role are drawn on the sheet."""
        if self.kind is SubjectKind.OVERVIEW:
            return role in self.roles
        return role in BACKGROUND_ROLES or self.concerns(role)


@cache
def subjects() -> tuple[Subject, ...]:
    """Return all subjects in the order of a series."""
    table = yaml.safe_load(resource("styles", "sheets.yaml").read_text(encoding="utf-8"))
    return tuple(
        Subject(
            name,
            SubjectKind(entry["kind"]),
            entry["title"],
            entry["phrase"],
            frozenset(entry["roles"]),
        )
        for name, entry in table.items()
    )


def subject_named(name: str) -> Subject:
    """Return the subject of a name in ``sheets.yaml``."""
    return next(subject for subject in subjects() if subject.name == name)


@cache
def _parted() -> tuple[Subject, ...]:
    return tuple(one for one in subjects() if one.kind is SubjectKind.THEME and one.roles)


RISK, OVERVIEW = subject_named("risk"), subject_named("overview")
