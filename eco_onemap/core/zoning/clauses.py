# SPDX-License-Identifier: GPL-2.0-or-later
"""The clauses of access lists, and what a machine can compare of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from eco_onemap.core.law.rules import ProjectFilter
from eco_onemap.core.messages import Message
from eco_onemap.core.zoning.vocabulary import Level, RestrictType


class Conformity(Enum):
    """What is said of a project under a clause; ``manual`` waits for a person."""

    VIOLATES = "violates"
    MANUAL = "manual"
    CONFORMS = "conforms"
    NOT_CONCERNED = "not_concerned"


class Quantity(Enum):
    """What a limit of a clause measures; those with ``_to`` and ``overlap`` name a layer."""

    AREA_M2 = "area_m2"
    AREA_HA = "area_ha"
    LENGTH_M = "length_m"
    DISTANCE_M = "distance_m"
    OVERLAP_M2 = "overlap_m2"


OF_A_LAYER = (Quantity.DISTANCE_M, Quantity.OVERLAP_M2)


@dataclass(frozen=True)
class Limit:
    """A measurable condition that a clause asks of the site: *quantity* *comparison* *value*.

    layer: role or id of the layer that the quantity is about, "" for the site's own size.
    comparison: one of ``<=``, ``<``, ``>=``, ``>``.
    """

    quantity: Quantity
    layer: str
    comparison: str
    value: float

    def __str__(self) -> str:
        about = f"@{self.layer}" if self.layer else ""
        return f"{self.quantity.value}{about} {self.comparison} {self.value:g}"


_LIMIT = re.compile(r"(\w+?)(?:@([\w-]+))?\s*(<=|>=|<|>|≤|≥)\s*(\d+(?:\.\d+)?)")


def parse_limit(text: str) -> Limit | None:
    """Return the limit written like ``distance_m@coastline >= 1000``, None if it is not one."""
    found = _LIMIT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    known = {quantity.value: quantity for quantity in Quantity}
    if not found or found[1] not in known:
        return None
    quantity, layer = known[found[1]], found[2] or ""
    if bool(layer) != (quantity in OF_A_LAYER):
        return None
    return Limit(quantity, layer, found[3].replace("≤", "<=").replace("≥", ">="), float(found[4]))


_INDUSTRY = re.compile(r"([A-T])?(\d{0,4})")


@dataclass(frozen=True)
class Industry:
    """A class of GB/T 4754: section letter ("" where not written) and up to four digits."""

    section: str
    digits: str

    def contains(self, other: Industry) -> bool | None:
        """Return whether *other* belongs to this class, None if it is too wide to tell."""
        if self.section and other.section and self.section != other.section:
            return False
        if not self.digits:
            return self.section == other.section if other.section else None
        if other.digits.startswith(self.digits):
            return True
        return None if self.digits.startswith(other.digits) else False


def parse_industry(text: str) -> Industry | None:
    """Return the class that a text names first (``C2614 有机化学原料制造``), None if none."""
    words = re.findall(r"[A-T]?\d{1,4}|[A-T](?![A-Za-z])", unicodedata.normalize("NFKC", text))
    found = _INDUSTRY.fullmatch(words[0]) if words else None
    return Industry(found[1] or "", found[2]) if found else None


@dataclass(frozen=True)
class Clause:
    """One clause of an access list.

    scope: the code of the unit or division that it is for. unit_class: class digit of the units
    that it is for, "" for all. industries, projects: whom it concerns, empty for everybody.
    limits: what it asks of the site, all of them. in force from *effective_from* to
    *effective_to*, both inclusive. unread: what of it a machine should have read and could not.
    """

    clause_id: str
    level: Level | None
    level_text: str
    scope: str
    unit_class: str
    dimension: str
    sub_dimension: str
    number: str
    text: str
    restrict_type: RestrictType
    restrict_text: str
    industries: tuple[Industry, ...] = ()
    projects: ProjectFilter = field(default_factory=ProjectFilter)
    limits: tuple[Limit, ...] = ()
    document: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    unread: tuple[Message, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether a machine can compare a project with it: all that it writes for one is read."""
        says = self.industries or self.limits or self.projects != ProjectFilter()
        return bool(says) and not self.unread

    def in_force(self, day: date) -> bool:
        """Return whether the clause is in force on *day*."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)
