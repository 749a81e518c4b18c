# SPDX-License-Identifier: GPL-2.0-or-later
"""Project sites: geometry on CGCS2000 and the facts that rules ask for."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.messages import Message
from eco_onemap.core.sites.care_log import CareEntry
from eco_onemap.core.table import Geometries

Said = TypeVar("Said")


@dataclass(frozen=True)
class SiteFacts:
    """What is known of one site's project; what is not stated is unknown, not false.

    tags: what the project is or does (``chemical``, ``new``, ``outfall`` …).
    not_tags: what it is stated not to be.
    stage: ``planning``, ``acquisition``, ``supply`` or ``siting`` (规划/收储/供应/选址).
    planned_use: planned land use (``residential``, ``public``, ``industrial`` …), "" unknown.
    industry: code of GB/T 4754-2017 (``C26``, ``C2614``), or a name that is none of its names.
    nature: ``new``, ``rebuild``, ``expand``, ``technical_upgrade`` or ``relocate``
        (新建/改建/扩建/技改/迁建), several with commas between them (改扩建); they are also
        tags, and the other natures are denied.
    """

    tags: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()
    stage: str = ""
    planned_use: str = ""
    industry: str = ""
    nature: str = ""

    @property
    def summary(self) -> str:
        """What is stated, in the words of the file's columns, "" where nothing is."""
        stated = {
            "tags": ", ".join(sorted(self.tags)),
            "not_tags": ", ".join(sorted(self.not_tags)),
            "stage": self.stage,
            "planned_use": self.planned_use,
            "industry": self.industry,
        }
        return "; ".join(f"{name}: {value}" for name, value in stated.items() if value)


@dataclass(frozen=True)
class SiteSet:
    """Sites of one file, ready to be checked.

    ids: shape (n,), unique. names: shape (n,).
    geometries: shape (n,), CGCS2000 longitude and latitude in degrees (x = longitude);
        ``None`` where the site cannot be checked.
    facts: one per site.
    declared_area_m2: shape (n,), NaN where the file declares none.
    repaired: shape (n,), what was repaired in words, "" where nothing was.
    problems: site number to the reason why it cannot be checked.
    crs: the CRS that the file was in, as an authority code or name.
    crs_evidence: what decided the CRS.
    caps: site number to the doubts about its place: its verdict is ``study``, no more, no less.
    floors: site number to the doubts about its boundary: its verdict is at least ``study``.
    care: everything that was found in the geometries, by site. originals: site number to the
        geometry before it was mended, in the file's CRS.
    details: ``project`` and ``developer`` of each site, shape (n,), "" where unknown; where the
        file has them ``start_chainage`` and ``chainage_direction`` of lines.
    addresses: shape (n,), text, "" where the file has none; None where it has no such column.
    """

    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    geometries: Geometries
    facts: tuple[SiteFacts, ...]
    declared_area_m2: NDArray[np.float64]
    repaired: NDArray[np.object_]
    problems: Mapping[int, Message] = field(default_factory=dict)
    crs: str = ""
    source: str = ""
    fingerprint: str = ""
    notes: tuple[Message, ...] = ()
    crs_evidence: Message | None = None
    caps: Mapping[int, tuple[Message, ...]] = field(default_factory=dict)
    floors: Mapping[int, tuple[Message, ...]] = field(default_factory=dict)
    care: tuple[CareEntry, ...] = ()
    originals: Mapping[int, shapely.Geometry] = field(default_factory=dict)
    details: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    addresses: NDArray[np.object_] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def summaries(self) -> NDArray[np.object_]:
        """What is stated of each site's project, shape (n,)."""
        distinct, numbers = distinct_facts(self.facts)
        return np.array([*(facts.summary for facts in distinct), ""], dtype=object)[numbers]

    def digest(self) -> str:
        """Return the SHA-256 of all that a check asks of the sites, however they were read."""
        digest = hashlib.sha256()
        blobs = shapely.to_wkb(self.geometries)
        blobs[shapely.is_missing(self.geometries)] = b"-"
        deque(map(digest.update, blobs), maxlen=0)
        known, facts = distinct_facts(self.facts)
        told = [
            *(self.ids.tolist(), self.names.tolist(), facts.tolist(), list(map(_plain, known))),
            *(self.declared_area_m2.tolist(), self.repaired.tolist()),
            [(number, problem.text()) for number, problem in sorted(self.problems.items())],
            *(
                [(n, [doubt.text() for doubt in said[n]]) for n in sorted(said)]
                for said in (self.caps, self.floors)
            ),
            sorted((name, values.tolist()) for name, values in self.details.items()),
            None if self.addresses is None else self.addresses.tolist(),
        ]
        digest.update(repr(told).encode())
        return digest.hexdigest()

    def take(self, rows: NDArray[np.intp]) -> SiteSet:
        """Return the sites with the given numbers, in that order, without the log of care."""
        return replace(
            self,
            ids=self.ids[rows],
            names=self.names[rows],
            geometries=self.geometries[rows],
            facts=tuple(map(self.facts.__getitem__, rows.tolist())),
            declared_area_m2=self.declared_area_m2[rows],
            repaired=self.repaired[rows],
            problems=_taken(self.problems, rows),
            caps=_taken(self.caps, rows),
            floors=_taken(self.floors, rows),
            care=(),
            originals={},
            details={name: values[rows] for name, values in self.details.items()},
            addresses=None if self.addresses is None else self.addresses[rows],
        )


def distinct_facts(facts: Sequence[SiteFacts]) -> tuple[tuple[SiteFacts, ...], NDArray[np.intp]]:
    """Return the distinct facts in order of appearance, and the number of each project's own.

    Many projects share one object, so that few have to be compared.
    """
    objects = list(map(id, facts))
    numbers: dict[SiteFacts, int] = {}
    known = {
        name: numbers.setdefault(one, len(numbers))
        for name, one in dict(zip(objects, facts, strict=True)).items()
    }
    own = np.fromiter(map(known.__getitem__, objects), np.intp, len(objects))
    return tuple(numbers), own


def _plain(facts: SiteFacts) -> list[Any]:
    """Return the facts with their sets in order."""
    values = [getattr(facts, each.name) for each in fields(facts)]
    return [sorted(value) if isinstance(value, frozenset) else value for value in values]


def _taken(said: Mapping[int, Said], rows: NDArray[np.intp]) -> dict[int, Said]:
    """Return what is said of the sites in *rows*, by their new numbers."""
    if not said:
        return {}
    return {place: said[row] for place, row in enumerate(rows.tolist()) if row in said}
