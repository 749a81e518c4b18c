# SPDX-License-Identifier: GPL-2.0-or-later
"""The options by which a command line says how text and tables of sites are read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
from eco_onemap.readers.sites.txt_rows import Shape

SHAPES = {"point": Shape.POINT, "line": Shape.LINE, "polygon": Shape.POLYGON}


def add_table_options(add: Callable[..., Any]) -> None:
    """Add the options to a parser by its ``add_argument``."""
    add("--sheet", default="", metavar="NAME", help="sheet of a workbook of sites")
    add(
        "--angle",
        choices=[notation.value for notation in AngleNotation],
        help="how numbers of degrees are written: 118.5, with signs only, or packed as ddd.mmss",
    )
    add("--shape", choices=list(SHAPES), help="what the rows of a table of points form")
    add("--encoding", default="", metavar="NAME", help="encoding of a text file of sites")


def parse_table_options(arguments: argparse.Namespace) -> TableOptions:
    """Return how to read text and tables."""
    return TableOptions(
        sheet=arguments.sheet,
        angle=AngleNotation(arguments.angle) if arguments.angle else None,
        shape=SHAPES.get(arguments.shape),
        encoding=arguments.encoding,
    )
