# SPDX-License-Identifier: GPL-2.0-or-later
"""Small files to read, written in a test's own folder."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import fiona
import numpy as np
import rasterio
import shapely
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import from_origin

from eco_onemap.core.layers.catalogue import LayerEntry

FIELDS = {"code": "str:20", "level": "int:9", "area": "float"}

ROWS: tuple[tuple[str | None, Mapping[str, Any]], ...] = (
    # a square with a hole
    (
        "POLYGON ((118 24, 119 24, 119 25, 118 25, 118 24),"
        " (118.4 24.4, 118.4 24.6, 118.6 24.6, 118.6 24.4, 118.4 24.4))",
        {"code": "红线1", "level": 1, "area": 12.5},
    ),
    # two islands
    (
        "MULTIPOLYGON (((120 24, 121 24, 121 25, 120 24)), ((122 24, 123 24, 123 25, 122 24)))",
        {"code": "红线2", "level": 2, "area": None},
    ),
    # no geometry at all
    (None, {"code": None, "level": 3, "area": 0.0}),
    # a geometry without points
    ("POLYGON EMPTY", {"code": "", "level": 4, "area": -1.0}),
)


def entry(path: Path | str, **settings: Any) -> LayerEntry:
    """Return a catalogue entry of the file."""
    return LayerEntry(id="redline", role="eco_redline", title="红线", source=str(path), **settings)


def write_layer(
    path: Path,
    rows: Sequence[tuple[str | None, Mapping[str, Any]]] = ROWS,
    *,
    layer: str | None = None,
    crs: str | None = "EPSG:4490",
    fields: Mapping[str, str] = FIELDS,
    geometry: str = "Unknown",
    driver: str = "GPKG",
    **options: Any,
) -> Path:
    """Write WKT and attributes as a layer of a file."""
    schema = {"geometry": geometry, "properties": dict(fields)}
    if layer:
        options["layer"] = layer
    if driver == "ESRI Shapefile":
        options.setdefault("encoding", "UTF-8")
    with fiona.open(path, "w", driver=driver, schema=schema, crs=crs, **options) as file:
        for wkt, properties in rows:
            shape = None if wkt is None else shapely.geometry.mapping(shapely.from_wkt(wkt))
            file.write({"type": "Feature", "geometry": shape, "properties": properties})
    return path


def write_curve(path: Path) -> Path:
    """Write a GeoPackage whose only feature is a half disc of radius 1 around (118, 24)."""
    write_layer(path, [("POINT (0 0)", {"code": "x", "level": 1, "area": 1.0})], SPATIAL_INDEX="NO")
    # little-endian WKB: CURVEPOLYGON of one COMPOUNDCURVE of an arc and a straight line
    arc = _wkb(8, np.array([3], "<u4"), np.array([[119, 24], [118, 25], [117, 24]], "<f8"))
    line = _wkb(2, np.array([2], "<u4"), np.array([[117, 24], [119, 24]], "<f8"))
    ring = _wkb(9, np.array([2], "<u4")) + arc + line
    header = b"GP\x00\x01" + np.array([4490], "<i4").tobytes()
    blob = header + _wkb(10, np.array([1], "<u4")) + ring
    with sqlite3.connect(path) as database:
        database.execute(f'UPDATE "{path.stem}" SET geom = ?', (blob,))
    database.close()
    return path


def _wkb(kind: int, *parts: np.ndarray) -> bytes:
    head = b"\x01" + np.array([kind], "<u4").tobytes()
    return head + b"".join(part.tobytes() for part in parts)


GRID = np.array([[1, 2, 3], [4, 9, 5]], np.uint8)
"""Cells of the test raster; 9 stands for no data."""


def write_raster(
    path: Path,
    cells: np.ndarray = GRID,
    *,
    crs: str | None = "EPSG:4490",
    nodata: float | None = 9,
    placed: bool = True,
    driver: str = "GTiff",
    **options: Any,
) -> Path:
    """Write a raster whose upper-left corner is at 118°E 25°N, with cells of 0.5°."""
    if placed:
        options["transform"] = from_origin(118, 25, 0.5, 0.5)
    options |= {"height": cells.shape[0], "width": cells.shape[1], "count": 1}
    options |= {"dtype": cells.dtype, "crs": crs, "nodata": nodata, "driver": driver}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", **options) as file:
            file.write(cells, 1)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder with their bytes."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
