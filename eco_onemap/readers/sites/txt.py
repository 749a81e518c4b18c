# SPDX-License-Identifier: GPL-2.0-or-later
"""Boundary point files (界址点 TXT) as land approval asks for them."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.sites.attributes import in_vocabulary, unique_ids
from eco_onemap.readers.sites.tables.options import AngleNotation
from eco_onemap.readers.sites.tables.shaping import SAME_LINE_DEG
from eco_onemap.readers.sites.txt_grid import choose_grid
from eco_onemap.readers.sites.txt_rings import SAME_LINE_M, build_geometries
from eco_onemap.readers.sites.txt_rows import ParcelFile, parse_rows
from eco_onemap.readers.sites.txt_text import decode, plain_lines


def parse_txt(
    content: str | bytes,
    path: str,
    crs: str | None = None,
    encoding: str = "",
    angle: AngleNotation | None = None,
) -> RawSites:
    """Return the parcels that a boundary point file holds.

    content: text, or bytes in UTF-8, UTF-16 or GB18030, or in *encoding* where it is given.
    path: what errors call the file.
    crs: taken where neither the file's header nor its coordinates name a zone.
    angle: how numbers are written where they are degrees.

    The file's X is north and its Y east, the result's x is east. SiteError names file, line,
    cause and cure; a parcel whose points form no polygon stands in the result's problems.
    """
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    text = content if isinstance(content, str) else decode(content, path, encoding)
    file = parse_rows(text, path)
    grid = choose_grid(file, path, crs, angle)
    tolerance = SAME_LINE_DEG if grid.angular else SAME_LINE_M
    built = build_geometries(file, grid.east, grid.north, tolerance=tolerance)
    ids, id_notes = unique_ids([parcel.number for parcel in file.parcels])
    uses, use_notes = _planned_uses(file)
    return RawSites(
        geometries=built.geometries,
        crs=grid.crs,
        ids=ids,
        names=np.array([parcel.name for parcel in file.parcels], dtype=object),
        columns={
            "planned_use": uses,
            "declared_area_m2": np.array([parcel.area_m2 for parcel in file.parcels]),
        },
        source=path,
        fingerprint=hashlib.sha256(raw).hexdigest(),
        problems=built.problems,
        notes=(*grid.notes, *_count_notes(file), *built.notes, *id_notes, *use_notes),
        evidence=grid.evidence,
    )


def is_boundary_file(text: str) -> bool:
    """Return whether a text has what only boundary point files have: parcel lines or a section."""
    lines = plain_lines(text)
    return any(line.rstrip(",; ").endswith("@") or line.startswith("[") for line in lines)


def _planned_uses(file: ParcelFile) -> tuple[NDArray[np.object_], list[Message]]:
    notes: list[Message] = []
    stated = np.array([parcel.planned_use for parcel in file.parcels], dtype=object)
    return in_vocabulary("planned_use", stated, notes), notes


def _count_notes(file: ParcelFile) -> list[Message]:
    """Return a note for each parcel whose number of points is not the declared one.

    Some programs count the closing rows, some do not.
    """
    rows = np.bincount(file.parcel_of, minlength=len(file.parcels)).tolist()
    closings = np.bincount(file.parcel_of[file.closes], minlength=len(file.parcels)).tolist()
    return [
        message(
            "txt.note_count",
            line=parcel.line,
            parcel=parcel.label,
            declared=parcel.declared_points,
            found=found,
        )
        for parcel, found, closing in zip(file.parcels, rows, closings, strict=True)
        if parcel.declared_points not in (None, found, found - closing)
    ]
