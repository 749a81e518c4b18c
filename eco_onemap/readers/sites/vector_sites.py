# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites from vector layers (GeoPackage, shapefile, GeoJSON, KML …), whoever opens the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.crs import find_crs
from eco_onemap.core.errors import LayerError, SiteError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.raw_sites import RawSites
from eco_onemap.readers.fingerprint import fingerprint
from eco_onemap.readers.sites.attributes import (
    ID_FIELDS,
    NAME_FIELDS,
    find_field,
    site_columns,
    texts,
    unique_ids,
)
from eco_onemap.readers.source_files import check_source
from eco_onemap.readers.vector_files import OpenVector, VectorFile, VectorLayer

_REPEATED_LAYERS = ("route_points", "track_points")
"""Layers of a GPX file that repeat the points of its routes and tracks."""


def read_vector_sites(
    path: Path,
    open_vector: OpenVector,
    *,
    layer: str | None = None,
    id_field: str | None = None,
    crs: str | None = None,
) -> RawSites:
    """Return the sites of one layer, or of all layers with geometries one after the other."""
    try:
        check_source(str(path))
        with open_vector(path, "") as file:
            layers = [file.read(name) for name in _wanted(path, file, layer)]
    except LayerError as error:
        key, args = error.message.key, error.message.args
        raise SiteError(key, details=error.details, **args) from error
    return sites_of_layers(
        layers, source=str(path), digest=fingerprint(path), id_field=id_field, crs=crs
    )


def _wanted(path: Path, file: VectorFile, layer: str | None) -> tuple[str, ...]:
    if layer:
        return (layer,)
    names = file.spatial_names()
    if path.suffix.lower() == ".gpx":
        names = tuple(name for name in names if name not in _REPEATED_LAYERS)
    if not names:
        raise SiteError("site_file.no_geometry", path=str(path))
    return names


def sites_of_layers(
    layers: Sequence[VectorLayer],
    *,
    source: str,
    digest: str,
    id_field: str | None = None,
    crs: str | None = None,
) -> RawSites:
    """Return the features of all layers as sites, one layer after the other.

    source: file or layer as messages name it; digest: of its content; id_field: None to look for
    a usual one; crs: taken only where the layers name none. SiteError where the layers have no
    feature, no CRS or several.
    """
    filled = [one for one in layers if len(one)]
    if not filled:
        raise SiteError("site_file.empty", path=source)
    common, notes = _common_crs(source, filled, crs)
    ids, id_notes = unique_ids([text for one in filled for text in _ids(source, one, id_field)])
    columns, column_notes = _joined_columns(filled)
    return RawSites(
        geometries=np.concatenate([one.geometries for one in filled]),
        crs=common,
        ids=ids,
        names=np.concatenate([_names(one) for one in filled]),
        columns=columns,
        source=source,
        fingerprint=digest,
        notes=(*_layer_notes(filled), *notes, *id_notes, *column_notes),
    )


def _common_crs(
    source: str, layers: Sequence[VectorLayer], given: str | None
) -> tuple[str, tuple[Message, ...]]:
    """Return the CRS of all layers; the given one where they name none."""
    if given and find_crs(given) is None:
        raise SiteError("reader.unknown_crs", path=source, crs=given)
    found = {_layer_crs(layer, given) or "" for layer in layers}
    if "" in found:
        raise SiteError("site_file.missing_crs", path=source)
    if len(found) > 1:
        listed = "; ".join(f"{one.name}: {_short(_layer_crs(one, given))}" for one in layers)
        raise SiteError("site_file.different_crs", path=source, layers=listed)
    crs = found.pop()
    if given and find_crs(given) != find_crs(crs):
        return crs, (message("site_file.note_crs_kept", given=given, crs=_short(crs)),)
    return crs, ()


def _layer_crs(layer: VectorLayer, given: str | None) -> str | None:
    unsaid = layer.crs is None or layer.crs_assumed
    return given if given and unsaid else layer.crs


def _short(crs: str | None) -> str:
    text = crs or ""
    known = None if text.startswith("EPSG:") else find_crs(text)
    return known.name if known else text


def _ids(source: str, layer: VectorLayer, field: str | None) -> list[str]:
    if field and field not in layer.columns:
        raise SiteError(
            "site_file.missing_id_field",
            path=source,
            layer=layer.name,
            field=field,
            fields=", ".join(layer.columns),
        )
    name = field or find_field(layer.columns, ID_FIELDS)
    return [""] * len(layer) if name is None else texts(layer.columns[name]).tolist()


def _names(layer: VectorLayer) -> NDArray[np.object_]:
    field = find_field(layer.columns, NAME_FIELDS)
    return np.full(len(layer), "", dtype=object) if field is None else texts(layer.columns[field])


def _joined_columns(
    layers: Sequence[VectorLayer],
) -> tuple[dict[str, NDArray[Any]], tuple[Message, ...]]:
    found = [site_columns(layer.columns) for layer in layers]
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
    notes: list[Message] = []
    for note in (note for layer in layers for note in layer.notes):
        if note not in notes:
            notes.append(note)
    return tuple(notes)
