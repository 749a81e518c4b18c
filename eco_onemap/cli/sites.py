# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap sites``: what files of sites hold, and the same sites as another file."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.cli.site_options import add_site_options, parse_fields, parse_settings
from eco_onemap.cli.table_options import add_table_options, parse_table_options
from eco_onemap.cli.terminal import TerminalProgress, lines_of
from eco_onemap.core.errors import OptionError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.care_log import CHANGES
from eco_onemap.core.sites.crs_applying import settled
from eco_onemap.core.sites.crs_reasoning import decide_crs
from eco_onemap.core.sites.joining import join_sites
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_caps import doubts_of
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.outputs.site_files.boundary_text import ENCODINGS
from eco_onemap.outputs.site_files.writing import (
    ENDINGS,
    WritingOptions,
    bring_to,
    write_sites,
)
from eco_onemap.readers.sites import read_sites
from eco_onemap.readers.sites.tables.reading import parse_pasted

COLUMNS = ("site", "kind", "points", "area", "plane", "declared", "difference", "state")
NOTHING = "–"
MOST_DOUBTS = 3
"""Sites in doubt that are told of; a check says it of each."""
MOST_CARE = 20
"""Places mended in geometries that are told of; the table of care in QGIS has them all."""
STDIN = "-"


def add_command(commands: Any) -> argparse.ArgumentParser:
    """Add the command and its options to the parser."""
    command: argparse.ArgumentParser = commands.add_parser(
        "sites", help="list the sites of files and write them as another file"
    )
    add = command.add_argument
    add(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="files of sites, - for pasted text on stdin",
    )
    add("--out", type=Path, metavar="FILE", help=f"file to write ({', '.join(ENDINGS)})")
    add("--site-layer", metavar="N", help="layer inside the files of sites")
    add("--id-field", metavar="F", help="field that identifies a site")
    add_site_options(add)
    add_table_options(add)
    add("--out-crs", default="", metavar="CRS", help="CRS to write in (default: the file's own)")
    add(
        "--out-encoding",
        choices=list(ENCODINGS),
        default="GB18030",
        help="encoding of a TXT file to write",
    )
    add("--decimals", type=int, choices=range(7), default=3, help="decimals of metres to write")
    add(
        "--header",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a key of the header of a TXT file to write, such as 数据产生单位=…",
    )
    command.set_defaults(command=run)
    return command


def run(arguments: argparse.Namespace) -> int:
    """Read the files, list their sites, write them where asked to; 1 if a site cannot be used."""
    progress = TerminalProgress(arguments.language)
    settings, found = parse_settings(arguments, None), []
    for number, path in enumerate(arguments.files):
        share = number / (len(arguments.files) + 1)
        progress.report(share, message("step.reading", what=str(path)))
        found.append(_read(path, arguments, settings))
    sites = [built for _, built in found]
    print("\n".join(lines_of(list(_listing(found, arguments.language)))))
    notes = [note.text(arguments.language) for built in sites for note in _notes(built)]
    if arguments.out:
        progress.report(0.9, message("step.writing", what=str(arguments.out)))
        notes += _write([raw for raw, _ in found], settings, arguments)
    print("".join(f"\n- {note}" for note in notes), end="\n" if notes else "")
    return 1 if any(built.problems for built in sites) else 0


def _read(
    path: Path, arguments: argparse.Namespace, settings: SiteSettings
) -> tuple[RawSites, SiteSet]:
    raw = _raw_sites(path, arguments)
    return raw, build_site_set(raw, settings)


def _raw_sites(path: Path, arguments: argparse.Namespace) -> RawSites:
    table, fields = parse_table_options(arguments), parse_fields(arguments)
    if str(path) == STDIN:
        pasted = replace(table, id_field=arguments.id_field or "", fields=fields)
        return parse_pasted(sys.stdin.read(), pasted, arguments.site_crs)
    return read_sites(
        path,
        layer=arguments.site_layer,
        id_field=arguments.id_field,
        crs=arguments.site_crs,
        fields=fields,
        table=table,
    )


def _notes(sites: SiteSet) -> list[Message]:
    """Return how the sites were read: what decided their CRS, and what else was decided."""
    evidence = [] if sites.crs_evidence is None else [sites.crs_evidence]
    doubts = [found[0] for found in doubts_of(sites).values()]
    return [*evidence, *sites.notes, *_care(sites), *doubts[:MOST_DOUBTS]]


def _care(sites: SiteSet) -> list[Message]:
    """Return what was mended in the sites' geometries, place by place, as far as there is room."""
    mended = [entry for entry in sites.care if entry.kind in CHANGES]
    said = [
        message("cli.site_care", site=sites.ids[entry.site], what=entry.say())
        for entry in mended[:MOST_CARE]
    ]
    more = len(mended) - MOST_CARE
    return [*said, message("care.more", count=more)] if more > 0 else said


def _listing(found: Sequence[tuple[RawSites, SiteSet]], language: str) -> Iterator[list[str]]:
    yield [message(f"cli.column.{name}").text(language) for name in COLUMNS]
    for raw, sites in found:
        areas, planes = areas_m2(sites.geometries), _plane_areas(raw, sites)
        counts = shapely.get_num_coordinates(raw.geometries)
        for number, name in enumerate(sites.names):
            problem = sites.problems.get(number)
            yield [
                f"{sites.ids[number]} {name}".strip(),
                _kind(raw.geometries[number], language),
                str(counts[number]),
                *_areas(
                    float(areas[number]),
                    float(planes[number]),
                    float(sites.declared_area_m2[number]),
                ),
                problem.text(language) if problem else message("cli.state.good").text(language),
            ]


def _kind(geometry: shapely.Geometry | None, language: str) -> str:
    dimension = -1 if geometry is None else int(shapely.get_dimensions(geometry))
    names = {2: "polygon", 1: "line", 0: "point", -1: "none"}
    return message(f"cli.site.{names[dimension]}").text(language)


def _plane_areas(raw: RawSites, sites: SiteSet) -> NDArray[np.float64]:
    """Return areas in m² in the plane that the file is in, NaN for degrees and crossing rings."""
    crs = find_crs(sites.crs.partition(",")[0])
    if crs is None or not crs.is_projected:
        return np.full(len(raw), np.nan)
    areas = shapely.area(raw.geometries) * crs.axis_info[0].unit_conversion_factor ** 2
    return np.where(shapely.is_valid(raw.geometries), areas, np.nan)


def _areas(measured: float, plane: float, declared: float) -> tuple[str, str, str, str]:
    """Return areas as text, and by how many m² and what share the declared one is larger."""
    found = [f"{area:.2f}" if area > 0.0 else NOTHING for area in (measured, plane, declared)]
    difference = declared - measured
    if not measured > 0.0 or math.isnan(difference):
        return found[0], found[1], found[2], NOTHING
    return found[0], found[1], found[2], f"{difference:+.2f} ({difference / measured:+.4%})"


def _write(
    files: Sequence[RawSites], settings: SiteSettings, arguments: argparse.Namespace
) -> list[str]:
    options = WritingOptions(
        crs=arguments.out_crs,
        encoding=arguments.out_encoding,
        decimals=arguments.decimals,
        header=_header(arguments.header),
    )
    found = [settled(one, decide_crs(one, settings).used) for one in files]
    raw, notes = [one for one, _ in found], [note for _, said in found for note in said]
    crs = arguments.out_crs or raw[0].crs or ""
    brought = [bring_to(one, crs) for one in raw] if len(raw) > 1 else list(raw)
    joined = brought[0] if len(raw) == 1 else join_sites(brought)
    notes += [message("site_output.note_moved", crs=crs)] if _moved(raw, brought) else []
    notes += write_sites(arguments.out, joined, options)
    return [note.text(arguments.language) for note in notes]


def _moved(raw: Sequence[RawSites], brought: Sequence[RawSites]) -> bool:
    return any(one is not other for one, other in zip(raw, brought, strict=True))


def _header(texts: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for text, (key, equals, _) in zip(texts, pairs, strict=True):
        if not equals or not key.strip():
            raise OptionError("option.header", value=text)
    return {key.strip(): value.strip() for key, _, value in pairs}
