# SPDX-License-Identifier: GPL-2.0-or-later
"""Compiled layers as plain arrays in an uncompressed ``.npz`` file, without pickles."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from eco_onemap.core.geometry.repair import RepairRecord
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.messages import Message
from eco_onemap.core.table import Geometries

Arrays = Mapping[str, NDArray[Any]]

PIECE_TYPES = (GeometryType.POINT, GeometryType.LINESTRING, GeometryType.POLYGON)
DISSOLVED = "dissolved_"
"""Begins the names of arrays with the ground that overlapping features cover together."""

NUMBERS = (
    *("dimensions", "areas_m2", "lengths_m", "owners", "overlapping"),
    *("piece_areas_m2", "bulges_m2"),
)


def write_arrays(path: Path, layer: CompiledLayer) -> None:
    """Write a layer to *path*; OSError where that cannot be done."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(layer, name) for name in NUMBERS}
    arrays["words"] = _as_bytes(_words(layer))
    for kind in PIECE_TYPES:
        arrays.update(_ragged(layer.pieces, kind, ""))
    arrays.update(_ragged(layer.dissolved, GeometryType.POLYGON, DISSOLVED))
    # np.savez leaves its archive open where the disk is full, to be complained of later.
    with path.open("wb") as stream, zipfile.ZipFile(stream, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.save(member, array, allow_pickle=False)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return all arrays of a file; their checksums are compared on the way.

    Raises OSError, ValueError, KeyError or BadZipFile for a file that is damaged.
    """
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def layer_of(arrays: Arrays) -> CompiledLayer:
    """Return the layer that arrays hold; its id and source are those of the one stored."""
    words = json.loads(arrays["words"].tobytes().decode())
    return CompiledLayer(
        layer_id="",
        feature_ids=_objects(words["feature_ids"]),
        feature_names=_objects(words["feature_names"]),
        attributes={name: _objects(values) for name, values in words["attributes"].items()},
        pieces=_pieces(arrays, len(arrays["owners"])),
        dissolved=_of_type(arrays, GeometryType.POLYGON, DISSOLVED),
        fingerprint=words["fingerprint"],
        notes=tuple(Message(note["key"], note["args"]) for note in words["notes"]),
        repair=RepairRecord(**words["repair"]),
        crs=words["crs"],
        dimensions=arrays["dimensions"],
        areas_m2=arrays["areas_m2"],
        lengths_m=arrays["lengths_m"],
        owners=arrays["owners"],
        overlapping=arrays["overlapping"],
        piece_areas_m2=arrays["piece_areas_m2"],
        bulges_m2=arrays["bulges_m2"],
    )


def _words(layer: CompiledLayer) -> dict[str, Any]:
    return {
        "feature_ids": layer.feature_ids.tolist(),
        "feature_names": layer.feature_names.tolist(),
        "attributes": {name: values.tolist() for name, values in layer.attributes.items()},
        "fingerprint": layer.fingerprint,
        "notes": [{"key": note.key, "args": dict(note.args)} for note in layer.notes],
        "repair": asdict(layer.repair),
        "crs": layer.crs,
    }


def _as_bytes(words: Mapping[str, Any]) -> NDArray[np.uint8]:
    text = json.dumps(words, ensure_ascii=False, default=str)
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _objects(values: list[Any]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _ragged(pieces: Geometries, kind: GeometryType, prefix: str) -> dict[str, NDArray[Any]]:
    """Return the pieces of one type as coordinates, offsets and their places."""
    places = np.flatnonzero(shapely.get_type_id(pieces) == kind)
    name = prefix + kind.name.lower()
    if not len(places):
        return {f"{name}_places": places}
    _, coordinates, offsets = shapely.to_ragged_array(pieces[places])
    return {
        f"{name}_places": places,
        f"{name}_coordinates": coordinates,
        **{f"{name}_offsets_{level}": array for level, array in enumerate(offsets)},
    }


def _pieces(arrays: Arrays, count: int) -> Geometries:
    pieces: Geometries = np.empty(count, dtype=object)
    for kind in PIECE_TYPES:
        pieces[arrays[f"{kind.name.lower()}_places"]] = _of_type(arrays, kind, "")
    return pieces


def _of_type(arrays: Arrays, kind: GeometryType, prefix: str) -> Geometries:
    name = prefix + kind.name.lower()
    if not len(arrays[f"{name}_places"]):
        return np.empty(0, dtype=object)
    levels = sum(key.startswith(f"{name}_offsets_") for key in arrays)
    offsets = tuple(arrays[f"{name}_offsets_{level}"] for level in range(levels))
    return shapely.from_ragged_array(kind, arrays[f"{name}_coordinates"], offsets)
