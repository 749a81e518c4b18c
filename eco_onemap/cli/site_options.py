# SPDX-License-Identifier: GPL-2.0-or-later
"""The options by which a command line states what a file of sites does not."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any

from eco_onemap.core.sites.site_settings import (
    FACTS,
    DatumShift,
    SiteSettings,
    parse_origin,
    parse_pairs,
    parse_shift,
)
from eco_onemap.core.table import Geometries
from eco_onemap.readers.sites.attributes import FIELD_NAMES, stated_facts

SHIFT_PROMPT = "dx,dy,dz[,rx,ry,rz,ppm]: "


def add_site_options(add: Callable[..., Any]) -> None:
    """Add the options to a parser by its ``add_argument``."""
    add("--site-crs", metavar="CRS", help="CRS of the sites where the file leaves it open")
    add(
        "--site-origin",
        default="",
        metavar="O",
        help="gcj02 or bd09 for coordinates of web maps (verdicts stay at study), or wgs84",
    )
    add(
        "--ask-shift",
        action="store_true",
        help="ask for parameters from an older datum to CGCS2000 (one line, never written)",
    )
    add(
        "--field",
        action="append",
        default=[],
        metavar="NAME=COLUMN",
        help=f"column of the file that holds: {', '.join(FIELD_NAMES)}",
    )
    add(
        "--fact",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"of all projects about which the file is silent: {', '.join(FACTS)}",
    )


def parse_fields(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the fact of each mapped column."""
    return parse_pairs(arguments.field, FIELD_NAMES)


def parse_settings(arguments: argparse.Namespace, region: Geometries | None) -> SiteSettings:
    """Return what the user states of the sites; asks for parameters where that was wanted."""
    return SiteSettings(
        crs=arguments.site_crs or "",
        origin=parse_origin(arguments.site_origin),
        shift=_ask_shift() if arguments.ask_shift else None,
        region=region,
        facts=stated_facts(parse_pairs(arguments.fact, FACTS)),
    )


def _ask_shift() -> DatumShift:
    """Return parameters typed unseen, or piped in: a command line would be kept and be seen."""
    if sys.stdin.isatty():
        return parse_shift(getpass.getpass(SHIFT_PROMPT))
    return parse_shift(sys.stdin.readline())
