# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of a check: declared once, read by the command line, QGIS and the reports."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from eco_onemap.core.errors import OptionError
from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.law.overrides import Overrides
from eco_onemap.core.zoning.vocabulary import Terms

DEFAULT_RINGS_M = (500.0, 1000.0, 2500.0)
"""500 m: 报告表 air-protection targets; 1 km: 长江保护法 26; 2.5 km: HJ 2.2-2018 half side."""

DEFAULT_CONSULT_M = 2500.0
"""Half side of the smallest assessment square of HJ 2.2-2018; no statute gives a number."""

DEFAULT_APPROACH_M = 500.0
"""What the assessment of a road or pipeline looks at on either side, beyond what it crosses."""


@dataclass(frozen=True)
class Tolerances:
    """What is still a touch or a sliver; sorted by area and width (2 · area / perimeter).

    touch_m: at or below this width, or gap, two boundaries are the same line in the field
        (coordinates are kept to a millimetre, 界址点 TXT).
    sliver_m, sliver_m2: an overlap narrower or smaller than this is within digitising error.
    narrow_m: an overlap narrower than this is real but thin, and worth a look.
    """

    touch_m: float = 0.001
    sliver_m: float = 0.1
    sliver_m2: float = 1.0
    narrow_m: float = 2.0


@dataclass(frozen=True)
class Options:
    """How sites are checked.

    as_of: the assessment date; laws and layers in force on it count.
    rings_m: distances from the site's boundary in metres, ascending, for counts and areas.
    tags: project tags added to every site.
    workers: threads that check blocks of sites at the same time.
    block_sites: sites in a block; results do not depend on it, nor on workers.
    site_accuracy_m, transformation_m: positional error of the sites' survey and of bringing them
        to CGCS2000; with a layer's own they say which distances need a survey.
    consult_m: neighbouring counties and cities so near are to be consulted (会商), 0 for none.
    target_reach_m: people around the sites are counted so far (HJ 169-2018), 0 for none.
    start_chainage_m, is_reversed: chainage (里程桩号) at the start of line sites, and whether it
        runs against the direction in which they were drawn.
    approach_m: features so near a line site are listed by its chainage, 0 for none.
    terms: the words for zoning control, those of 三线一单 or of 分区管控.
    max_pass_sites: passes with their headroom are listed for runs of at most so many sites.
    overrides: findings that a person set aside.
    explain_sites: up to so many sites, each finding carries its explanation; beyond, the tables
        hold all that ``eco-onemap explain`` needs to tell it.
    """

    as_of: date = field(default_factory=date.today)
    rings_m: tuple[float, ...] = DEFAULT_RINGS_M
    tags: frozenset[str] = frozenset()
    tolerances: Tolerances = Tolerances()
    workers: int = 1
    block_sites: int = 2000
    site_accuracy_m: float = 0.0
    transformation_m: float = 0.0
    consult_m: float = DEFAULT_CONSULT_M
    target_reach_m: float = 5000.0
    terms: Terms = Terms.ZONING
    start_chainage_m: float = 0.0
    is_reversed: bool = False
    approach_m: float = DEFAULT_APPROACH_M
    max_pass_sites: int = 20_000
    overrides: Overrides = field(default_factory=Overrides)
    explain_sites: int = 5000


def parse_rings(text: str) -> tuple[float, ...]:
    """Return the ring distances written as ``500,1000,2500``, ascending and without repeats."""
    try:
        rings = sorted({float(part) for part in text.split(",") if part.strip()})
    except ValueError:
        raise OptionError("option.rings", value=text) from None
    if any(not 0 < ring <= 100_000 or not math.isfinite(ring) for ring in rings):
        raise OptionError("option.rings", value=text)
    return tuple(rings)


def parse_bounds(text: str) -> Bounds:
    """Return the rectangle written as ``116,23,119,25``: west, south, east, north in degrees."""
    try:
        west, south, east, north = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        raise OptionError("option.bounds", value=text) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise OptionError("option.bounds", value=text)
    return west, south, east, north


def parse_date(text: str) -> date:
    """Return the date written as ``2026-08-15``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise OptionError("option.date", value=text) from None


def parse_tags(text: str) -> frozenset[str]:
    """Return the tags written as ``chemical,new``."""
    return frozenset(part.strip() for part in text.replace("，", ",").split(",") if part.strip())
