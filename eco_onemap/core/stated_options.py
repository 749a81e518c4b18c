# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of a check from what a user writes: the command line and QGIS build them here."""

from __future__ import annotations

import math
from pathlib import Path

from eco_onemap.core.errors import OptionError
from eco_onemap.core.law.overrides import Overrides, read_overrides
from eco_onemap.core.measures.chainage_text import parse_chainage
from eco_onemap.core.options import (
    DEFAULT_APPROACH_M,
    DEFAULT_CONSULT_M,
    Options,
    parse_date,
    parse_rings,
)
from eco_onemap.core.sites.project_tags import stated_tags
from eco_onemap.core.zoning.vocabulary import Terms

MAX_METRES = 100_000.0
"""The largest distance that can be stated."""

DEFAULT_RINGS = ",".join(f"{ring:g}" for ring in Options().rings_m)
"""The usual rings as a user writes them."""


def state_options(
    *,
    as_of: str = "",
    rings: str = DEFAULT_RINGS,
    tags: str = "",
    overrides: Path | None = None,
    site_accuracy_m: float = 0.0,
    transformation_m: float = 0.0,
    consult_m: float = DEFAULT_CONSULT_M,
    terms: str = Terms.ZONING.value,
    start_chainage: str = "",
    is_reversed: bool = False,
    approach_m: float = DEFAULT_APPROACH_M,
    workers: int = Options.workers,
    block_sites: int = Options.block_sites,
) -> Options:
    """Return the options that a user states, each as it is written; see :class:`Options`.

    as_of: a date, "" for today. OptionError or OverrideError says what cannot be read.
    """
    return Options(
        as_of=parse_date(as_of) if as_of else Options().as_of,
        rings_m=parse_rings(rings),
        tags=stated_tags(tags),
        overrides=read_overrides(overrides) if overrides else Overrides(),
        site_accuracy_m=_metres("site_accuracy_m", site_accuracy_m),
        transformation_m=_metres("transformation_m", transformation_m),
        consult_m=_metres("consult_m", consult_m),
        terms=_terms(terms),
        start_chainage_m=parse_chainage(start_chainage) if start_chainage.strip() else 0.0,
        is_reversed=is_reversed,
        approach_m=_metres("approach_m", approach_m),
        workers=workers,
        block_sites=block_sites,
    )


def _metres(name: str, value: float) -> float:
    if not (math.isfinite(value) and 0 <= value <= MAX_METRES):
        raise OptionError("option.metres", name=name, value=f"{value:g}", most=f"{MAX_METRES:.0f}")
    return value


def _terms(text: str) -> Terms:
    try:
        return Terms(text)
    except ValueError:
        known = ", ".join(terms.value for terms in Terms)
        raise OptionError("option.terms", value=text, known=known) from None
