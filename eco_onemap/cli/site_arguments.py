# SPDX-License-Identifier: GPL-2.0-or-later
"""The options that say how a file of sites is read, the same for every command that reads one."""

from __future__ import annotations

import argparse
from pathlib import Path

from eco_onemap.core.raw_sites import RawSites
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.sites.tables.options import AngleNotation, TableOptions
from eco_onemap.readers.sites.txt_rows import Shape

_SHAPES = {"point": Shape.POINT, "line": Shape.LINE, "polygon": Shape.POLYGON}


def add_site_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of reading sites to a command."""
    add = command.add_argument
    add(
        "--site-layer",
        "--sheet",
        metavar="N",
        help="layer or sheet inside the file of sites",
    )
    add("--id-field", metavar="F", help="field that identifies a site")
    add("--site-crs", metavar="CRS", help="CRS of the sites where the file names none")
    add(
        "--angle",
        choices=[notation.value for notation in AngleNotation],
        help="how plain numbers of degrees are written: 118.5, with signs only, or ddd.mmss",
    )
    add("--shape", choices=list(_SHAPES), help="what the rows of a table of points form")
    add("--encoding", default="", metavar="E", help="encoding of a text file of sites")


def read_sites_as_asked(path: Path, arguments: argparse.Namespace) -> RawSites:
    """Return the sites of a file, read as the options of :func:`add_site_arguments` say."""
    table = TableOptions(
        angle=AngleNotation(arguments.angle) if arguments.angle else None,
        shape=_SHAPES.get(arguments.shape),
        encoding=arguments.encoding,
    )
    return read_sites(
        path,
        layer=arguments.site_layer,
        id_field=arguments.id_field,
        crs=arguments.site_crs,
        table=table,
    )
