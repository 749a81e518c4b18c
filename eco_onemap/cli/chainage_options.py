# SPDX-License-Identifier: GPL-2.0-or-later
"""Options of ``check`` on line sites: where chainage begins, which way it runs, what is near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eco_onemap.core.options import DEFAULT_APPROACH_M


def add_chainage_options(add: Callable[..., Any]) -> None:
    """Add the options with a parser's *add*."""
    add(
        "--start-chainage",
        default="",
        metavar="K",
        help="chainage at the start of line sites (default: K0+000)",
    )
    add(
        "--reverse-lines",
        action="store_true",
        help="chainage runs against the direction in which lines are drawn",
    )
    add(
        "--approach",
        type=float,
        default=DEFAULT_APPROACH_M,
        metavar="M",
        help="features so near a line site are listed by chainage (default: 500)",
    )
