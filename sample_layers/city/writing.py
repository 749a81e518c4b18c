# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the city's files; a layer is written anew each time and never left half-written."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fiona
import numpy as np
import rasterio
import rasterio.transform
import shapely
from fiona.crs import CRS
from shapely.geometry import mapping

WRITTEN_ON = "2026-11-23T00:00:00.000Z"
"""The date that GDAL notes in each GeoPackage, so that the same city gives the same bytes."""

Row = tuple[shapely.Geometry | None, tuple[Any, ...]]


@dataclass(frozen=True)
class Layer:
    """A layer to be written: *fields* maps a source field name to its type (fiona's words)."""

    name: str
    fields: dict[str, str]
    rows: list[Row]
    geometry: str = "MultiPolygon"
    crs: str = "EPSG:4490"


def write_gpkg(folder: Path, file: str, layers: Sequence[Layer]) -> None:
    """Write *layers* as one GeoPackage."""
    path = folder / file
    part = path.with_name(f"part_{file}")
    part.unlink(missing_ok=True)
    os.environ["OGR_CURRENT_DATE"] = WRITTEN_ON
    for layer in layers:
        _write(part, layer, driver="GPKG", layer=layer.name)
    part.replace(path)


def write_shapefile(folder: Path, file: str, layer: Layer, encoding: str) -> None:
    """Write a layer as offices often get it: a shapefile without .prj and .cpg."""
    stem = Path(file).stem
    os.environ["DBF_DATE_LAST_UPDATE"] = WRITTEN_ON[:10]
    part = folder / f"part_{stem}.shp"
    _write(
        part,
        layer,
        driver="ESRI Shapefile",
        encoding=encoding,
        DBF_DATE_LAST_UPDATE=WRITTEN_ON[:10],
    )
    for ending in (".prj", ".cpg"):
        part.with_suffix(ending).unlink(missing_ok=True)
    for ending in (".shx", ".dbf", ".shp"):
        part.with_suffix(ending).replace(folder / f"{stem}{ending}")


def _write(path: Path, content: Layer, **options: str) -> None:
    schema = {"geometry": content.geometry, "properties": content.fields}
    crs = CRS.from_user_input(content.crs)
    with fiona.open(path, "w", schema=schema, crs=crs, **options) as target:
        target.writerecords(_record(content, row) for row in content.rows)


def _record(layer: Layer, row: Row) -> dict[str, Any]:
    geometry, values = row
    if geometry is not None and layer.geometry.startswith("Multi"):
        geometry = _as_multi(geometry)
    return {
        "geometry": None if geometry is None else mapping(geometry),
        "properties": dict(zip(layer.fields, values, strict=True)),
    }


def _as_multi(geometry: shapely.Geometry) -> shapely.Geometry:
    kind = geometry.geom_type
    if kind == "Polygon":
        return shapely.MultiPolygon([geometry])
    if kind == "LineString":
        return shapely.MultiLineString([geometry])
    return geometry


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as UTF-8 with byte-order mark, as spreadsheet programs expect it."""
    part = path.with_name(f"part_{path.name}")
    with part.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(header)
        writer.writerows(rows)
    part.replace(path)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file of ready bytes."""
    part = path.with_name(f"part_{path.name}")
    part.write_bytes(content)
    part.replace(path)


def write_raster(path: Path, values: np.ndarray, west: float, north: float, step: float) -> None:
    """Write a byte raster in EPSG:4490, row 0 in the north, 0 where there is no value."""
    part = path.with_name(f"part_{path.name}")
    transform = rasterio.transform.from_origin(west, north, step, step)
    with rasterio.open(
        part, "w", driver="GTiff", height=values.shape[0], width=values.shape[1], count=1,
        dtype="uint8", crs="EPSG:4490", transform=transform, nodata=0, compress="deflate",
    ) as target:  # fmt: skip
        target.write(values.astype("uint8"), 1)
    part.replace(path)
