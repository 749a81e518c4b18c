# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user says about a file of sites beside what the file says itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from eco_onemap.core.errors import OptionError
from eco_onemap.core.table import Geometries

FACTS = ("project", "developer", "industry", "nature", "planned_use", "stage", "tags", "not_tags")
"""What can be stated of all projects of a file."""


class Origin(Enum):
    """Where coordinates come from."""

    UNKNOWN = ""
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True, repr=False)
class DatumShift:
    """Parameters that bring an older datum to CGCS2000; they are kept in memory only.

    metres: dx, dy, dz. seconds: rotations about X, Y, Z in arc seconds, in the coordinate frame
    convention (EPSG:9607), which is that of Chinese textbooks (布尔莎模型). ppm: scale.
    Such parameters are classified: no result, record, log or error ever tells them.
    """

    metres: tuple[float, float, float]
    seconds: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ppm: float = 0.0

    def __repr__(self) -> str:
        return "DatumShift(…)"


@dataclass(frozen=True)
class SiteSettings:
    """What the user states.

    crs: of the coordinates, where the file does not tell it; "" for none.
    origin: where the coordinates come from. shift: for files in an older datum.
    region: the catalogue's region, polygons in CGCS2000 degrees; None where there is none.
    facts: name in :data:`FACTS` to what holds for every project about which the file is silent.
    """

    crs: str = ""
    origin: Origin = Origin.UNKNOWN
    shift: DatumShift | None = None
    region: Geometries | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def parse_origin(text: str) -> Origin:
    """Return the origin written as ``gcj02``, ``bd09`` or ``wgs84`` ("" for unknown)."""
    try:
        return Origin(text.strip().lower().replace("-", ""))
    except ValueError:
        raise OptionError("option.origin", value=text) from None


def parse_shift(text: str) -> DatumShift:
    """Return the parameters written as 3 or 7 numbers; an error never repeats them."""
    try:
        numbers = [float(part) for part in text.replace("，", ",").split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (3, 7) or not all(map(math.isfinite, numbers)):
        raise OptionError("option.shift") from None
    dx, dy, dz, rx, ry, rz, scale = (*numbers, 0.0, 0.0, 0.0, 0.0)[:7]
    return DatumShift((dx, dy, dz), (rx, ry, rz), scale)


def parse_pairs(texts: tuple[str, ...] | list[str], known: tuple[str, ...]) -> dict[str, str]:
    """Return ``name=value`` pairs as a mapping; OptionError for another form or name."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not value or name not in known:
            raise OptionError("option.pair", value=text, known=", ".join(known))
        pairs[name] = value
    return pairs
