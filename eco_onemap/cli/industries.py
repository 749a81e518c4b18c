# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap industries``: search the industries of GB/T 4754-2017 by name or code."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from eco_onemap.cli.terminal import lines_of
from eco_onemap.core.errors import OptionError
from eco_onemap.core.messages import message
from eco_onemap.core.sites.industries import (
    Industry,
    listed,
    search_industries,
    similar_industries,
)

COLUMNS = ("industry_code", "industry_name", "industry_level", "industry_within")


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "industries", help="search the industries of GB/T 4754-2017 by name or code"
    )
    command.add_argument(
        "words",
        nargs="+",
        metavar="WORD",
        help="parts of a name, or the beginning of a code (电池, C38, 2614); all must match",
    )
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Print the industries found; OptionError where there are none."""
    words = " ".join(arguments.words)
    found = search_industries(words, limit=None)
    if not found:
        near = similar_industries(words)
        key = "option.industry_near" if near else "option.industry"
        raise OptionError(key, value=words, near=listed(near))
    print("\n".join(lines_of(list(_listing(found, arguments.language)))))
    return 0


def _listing(found: Sequence[Industry], language: str) -> Iterator[list[str]]:
    yield [message(f"cli.column.{name}").text(language) for name in COLUMNS]
    for one in found:
        level = message(f"industry.level_{one.level}").text(language)
        yield [one.code, one.name, level, listed(one.wider[-1:])]
