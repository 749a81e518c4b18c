# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites from vector layers (GeoPackage, shapefile, GeoJSON, KML …), whoever opens the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.errors import LayerError, SiteError
from eco_onemap.core.geometry.crs import find_crs
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.care_log import CareEntry, CareKind
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.sites.attributes import (
    ID_FIELDS,
    NAME_FIELDS,
    check_fields,
    find_field,
    site_columns,
    texts,
    unique_ids,
)
from eco_onemap.readers.sites.drawings import sites_of_drawing
from eco_onemap.readers.sites.makers import find_suspicion
from eco_onemap.readers.sites.mixed_types import split_by_type, without_lone_parts
from eco_onemap.readers.sites.unpacking import unpacked
from eco_onemap.readers.source_files import check_readable
from eco_onemap.readers.vector_files import OpenVector, VectorFile, VectorLayer

_REPEATED_LAYERS = ("route_points", "track_points")
"""Layers of a GPX file that repeat the points of its routes and tracks."""

_FOLDER_FORMATS = ("KML", "LIBKML", "GPX")
"""Formats whose layers are the folders of one document."""

EVERY_LAYER = "*"
"""Stands for all layers of a file, where the user chooses."""


@dataclass(frozen=True)
class SiteOptions:
    """What the user says of a file of sites; all optional.

    layer: inside the file, :data:`EVERY_LAYER` for all. id_field: of the identifiers.
    crs: taken where the file names none. fields: a fact's name to the column that holds it.
    """

    layer: str | None = None
    id_field: str | None = None
    crs: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def read_vector_sites(path: Path, open_vector: OpenVector, options: SiteOptions) -> RawSites:
    """Return the sites of a file that OGR reads, archives and shapefiles without index included.

    Layers of different kinds of geometry come one after the other; several of one kind are a
    choice that the user must make.
    """
    try:
        check_readable(str(path))
        with unpacked(path) as (readable, notes):
            read = _read_any_encoding(path, readable, open_vector, options.layer)
            layers = [replace(one, notes=_said_of(path, readable, one.notes)) for one in read]
            suspicion = find_suspicion(readable, path.suffix)
    except LayerError as error:
        key, args = error.message.key, error.message.args
        raise SiteError(key, details=error.details, **{**args, "path": str(path)}) from error
    raw = sites_of_layers(layers, source=str(path), digest=fingerprint(path), options=options)
    return replace(raw, notes=(*notes, *raw.notes), suspected_origin=suspicion)


def _said_of(path: Path, readable: Path, notes: Sequence[Message]) -> tuple[Message, ...]:
    """Return notes that name the user's file where it was read from a copy."""
    mine = {"path": str(path)}
    return tuple(
        Message(one.key, {**one.args, **mine}) if one.args.get("path") == str(readable) else one
        for one in notes
    )


def _read_any_encoding(
    path: Path, readable: Path, open_vector: OpenVector, wanted: str | None
) -> list[VectorLayer]:
    """Return the layers; where the text is not in the stated encoding, as Chinese programs write.

    Shapefiles are looked into before; MapInfo tables and others state a wrong one or none.
    """
    try:
        return _read_layers(path, readable, open_vector, wanted)
    except LayerError as error:
        if error.message.key != "reader.encoding" or readable.suffix.lower() == ".shp":
            raise
    return _read_layers(path, readable, partial(_in_chinese, open_vector), wanted)


def _in_chinese(
    open_vector: OpenVector, path: Path, _encoding: str
) -> AbstractContextManager[VectorFile]:
    return open_vector(path, "GB18030")


def _read_layers(
    path: Path, readable: Path, open_vector: OpenVector, wanted: str | None
) -> list[VectorLayer]:
    with open_vector(readable, "") as file:
        if readable.suffix.lower() == ".dxf":
            chosen = None if wanted == EVERY_LAYER else wanted
            return [sites_of_drawing(str(path), file.read(file.only_name()), chosen)]
        if wanted and wanted != EVERY_LAYER:
            return [file.read(wanted)]
        layers = [file.read(name) for name in _spatial_names(path, readable, file)]
    if not wanted:
        _check_choice(path, [one for one in layers if len(one)])
    return layers


def _spatial_names(path: Path, readable: Path, file: VectorFile) -> tuple[str, ...]:
    names = file.spatial_names()
    if readable.suffix.lower() == ".gpx":
        names = tuple(name for name in names if name not in _REPEATED_LAYERS)
    if not names:
        raise SiteError("site_file.no_geometry", path=str(path))
    return names


def _check_choice(path: Path, layers: Sequence[VectorLayer]) -> None:
    """Refuse a file with several layers of one kind: the user must choose."""
    if any(layer.driver in _FOLDER_FORMATS for layer in layers):
        return
    kinds = [set(shapely.get_dimensions(layer.geometries).tolist()) - {-1} for layer in layers]
    if sum(map(len, kinds)) == len(set().union(*kinds)):
        return
    listed = ", ".join(f"{one.name} ({len(one)}, {_short(one.crs) or '?'})" for one in layers)
    raise SiteError("site_file.choose_layer", path=str(path), layers=listed)


def sites_of_layers(
    layers: Sequence[VectorLayer], *, source: str, digest: str, options: SiteOptions
) -> RawSites:
    """Return the features of all layers as sites, one layer after the other.

    source: file or layer as messages name it; digest: of its content. SiteError where the layers
    have no feature, or several coordinate reference systems.
    """
    filled = [split_by_type(one) for one in layers if len(one)]
    if not filled:
        raise SiteError("site_file.empty", path=source)
    given, own = options.crs or "", _common_crs(source, filled, options.crs)
    ids, id_notes = unique_ids([text for one in filled for text in _ids(source, one, options)])
    columns, column_notes = _joined_columns(source, filled, options.fields)
    return RawSites(
        geometries=without_lone_parts(np.concatenate([one.geometries for one in filled])),
        crs=own or options.crs,
        ids=ids,
        names=np.concatenate([_names(one, options.fields) for one in filled]),
        columns=columns,
        source=source,
        fingerprint=digest,
        notes=(*_layer_notes(filled), *id_notes, *column_notes),
        given_crs=given,
        declares_crs=own is not None,
        repairs=_closings(filled),
    )


def _common_crs(source: str, layers: Sequence[VectorLayer], given: str | None) -> str | None:
    """Return the CRS that all layers declare, None where none does."""
    if given and find_crs(given) is None:
        raise SiteError("reader.unknown_crs", path=source, crs=given)
    found = {_own_crs(layer, given) for layer in layers}
    if len(found) > 1:
        listed = "; ".join(f"{one.name}: {_short(one.crs) or '?'}" for one in layers)
        raise SiteError("site_file.different_crs", path=source, layers=listed)
    return found.pop()


def _own_crs(layer: VectorLayer, given: str | None) -> str | None:
    """Return the CRS that a layer declares; a format's default only where the numbers fit it."""
    if not layer.crs_assumed:
        return layer.crs
    west, south, east, north = shapely.total_bounds(layer.geometries)
    in_degrees = west >= -180 and east <= 180 and south >= -90 and north <= 90
    return layer.crs if in_degrees and not given else None


def _closings(layers: Sequence[VectorLayer]) -> tuple[CareEntry, ...]:
    """Return an entry for each ring that the reader closed."""
    starts = np.cumsum([0, *map(len, layers)]).tolist()
    return tuple(
        CareEntry(
            start + one.row, CareKind.CLOSED, one.ring, one.point, one.x, one.y, f"{one.gap:.6g}"
        )
        for start, layer in zip(starts, layers, strict=False)
        for one in layer.closings
    )


def _short(crs: str | None) -> str:
    text = crs or ""
    known = None if text.startswith("EPSG:") else find_crs(text)
    return known.name if known else text


def _ids(source: str, layer: VectorLayer, options: SiteOptions) -> list[str]:
    wanted = options.id_field
    if wanted and wanted not in layer.columns:
        raise SiteError(
            "site_file.missing_id_field",
            path=source,
            layer=layer.name,
            field=wanted,
            fields=", ".join(layer.columns),
        )
    name = wanted or options.fields.get("id") or find_field(layer.columns, ID_FIELDS)
    return [""] * len(layer) if name is None else texts(layer.columns[name]).tolist()


def _names(layer: VectorLayer, fields: Mapping[str, str]) -> NDArray[np.object_]:
    column = fields.get("name") or find_field(layer.columns, NAME_FIELDS)
    if column is None:
        return np.full(len(layer), "", dtype=object)
    return texts(layer.columns[column])


def _joined_columns(
    source: str, layers: Sequence[VectorLayer], fields: Mapping[str, str]
) -> tuple[dict[str, NDArray[Any]], tuple[Message, ...]]:
    for layer in layers:
        check_fields(source, layer.name, layer.columns, fields)
    found = [site_columns(layer.columns, fields) for layer in layers]
    names = dict.fromkeys(name for columns, _ in found for name in columns)
    joined = {
        name: np.concatenate(
            [
                columns.get(name, _nothing(name, len(layer)))
                for layer, (columns, _) in zip(layers, found, strict=True)
            ]
        )
        for name in names
    }
    return joined, tuple(note for _, notes in found for note in notes)


def _nothing(name: str, count: int) -> NDArray[Any]:
    if name == "declared_area_m2":
        return np.full(count, np.nan)
    return np.full(count, "", dtype=object)


def _layer_notes(layers: Sequence[VectorLayer]) -> tuple[Message, ...]:
    """Return what was decided about any of the layers, each once."""
    notes = [note for layer in layers for note in layer.notes]
    if any(layer.has_z for layer in layers):
        notes.append(message("site_file.note_z"))
    if any(layer.curved for layer in layers):
        notes.append(message("site_file.note_curves"))
    return tuple(note for place, note in enumerate(notes) if note not in notes[:place])
