# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as a file has them, before anything is repaired or reprojected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.messages import Message
from eco_onemap.core.sites.care_log import CareEntry
from eco_onemap.core.sites.crs_evidence import CrsEvidence
from eco_onemap.core.sites.site_settings import Origin
from eco_onemap.core.table import Geometries


@dataclass(frozen=True)
class Suspicion:
    """That coordinates come from a web map: the word in the file that says so."""

    origin: Origin
    maker: str


@dataclass(frozen=True)
class RawSites:
    """Sites of one file in the file's own CRS.

    geometries: shape (n,), shapely geometries with x = east or longitude, ``None`` where null
        or where a parcel's points form none (its reason stands in *problems*).
    crs: anything ``pyproj.CRS.from_user_input`` takes, or ``None`` where the file leaves it open:
        then *evidence* and the numbers decide (:mod:`eco_onemap.core.sites.crs_reasoning`).
    ids: shape (n,), text, unique. names: shape (n,), text, "" where the file has none.
    columns: what the file states of the projects, each of shape (n,), under the names ``tags``,
        ``not_tags``, ``stage``, ``planned_use``, ``industry``, ``nature``, ``project``,
        ``developer``, ``address``, ``start_chainage``, ``chainage_direction`` (text) and
        ``declared_area_m2`` (float64, NaN where not declared); columns that the file lacks are
        missing.
    problems: row to the reason why its geometry cannot be used.
    notes: what the reader had to decide.
    given_crs: what the user gave to the reader. declares_crs: whether *crs* is the file's own.
    evidence: what the file says of its coordinate reference system where *crs* is ``None``.
    repairs: what the reader itself mended (rings that it closed).
    suspected_origin: where the file's maker takes coordinates from, if that is a web map.
    """

    geometries: Geometries
    crs: str | None
    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    columns: Mapping[str, NDArray[Any]]
    source: str
    fingerprint: str
    problems: Mapping[int, Message] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    given_crs: str = ""
    declares_crs: bool = True
    evidence: CrsEvidence | None = None
    repairs: tuple[CareEntry, ...] = ()
    suspected_origin: Suspicion | None = None

    def __len__(self) -> int:
        return len(self.ids)
