# SPDX-License-Identifier: GPL-2.0-or-later
"""Describes layers by their first features, so that their role and fields can be guessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.geometry.crs import find_crs, to_cgcs2000
from eco_onemap.core.geometry.geodesy import areas_m2
from eco_onemap.core.layers.building.description import (
    SAMPLE_ROWS,
    FieldDescription,
    Form,
    LayerDescription,
)
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.table import Geometries
from eco_onemap.readers.vector_files import VectorFile, VectorLayer

_FORMS = {
    GeometryType.POINT: Form.POINT,
    GeometryType.MULTIPOINT: Form.POINT,
    GeometryType.LINESTRING: Form.LINE,
    GeometryType.MULTILINESTRING: Form.LINE,
    GeometryType.POLYGON: Form.POLYGON,
    GeometryType.MULTIPOLYGON: Form.POLYGON,
}
_MOST_VERTICES = 20_000
"""A feature with more is not measured: the others tell the unit of an area as well."""


def describe_layer(
    file: VectorFile, path: Path, name: str, where: str = "", encoding: str = ""
) -> LayerDescription:
    """Return what a layer of a file is; LayerError where it cannot be read.

    encoding: as it was given, "" where the file states it or it is found out again.
    """
    layer = file.read(name, where, SAMPLE_ROWS)
    return LayerDescription(
        title=name if len(file.names) > 1 else path.stem,
        source=str(path),
        layer=name if len(file.names) > 1 else "",
        form=form_of(layer.geometries),
        fields=fields_of(layer.columns),
        areas_m2=sampled_areas(layer.geometries, layer.crs),
        crs=None if layer.crs_assumed and not _is_in_degrees(layer) else layer.crs,
        bounds=bounds_of(layer.geometries),
        where=where,
        encoding=encoding,
    )


def describe_raster(info: RasterInfo, path: Path, layer: str = "") -> LayerDescription:
    """Return what a raster is."""
    west, width, _, north, _, height = info.geotransform
    bounds = (west, north + height * info.rows, west + width * info.columns, north)
    return LayerDescription(
        title=path.stem,
        source=str(path),
        layer=layer,
        form=Form.RASTER,
        crs=info.crs,
        bounds=bounds,
    )


def form_of(geometries: Geometries) -> Form | None:
    """Return what the geometries are, None where there are several kinds, other ones or no rows."""
    present = geometries[~shapely.is_missing(geometries)]
    if not len(present):
        return Form.NONE if len(geometries) else None
    found = {_FORMS.get(GeometryType(kind)) for kind in np.unique(shapely.get_type_id(present))}
    return found.pop() if len(found) == 1 else None


def fields_of(columns: Mapping[str, NDArray[Any]]) -> tuple[FieldDescription, ...]:
    """Return the columns as fields with values in text."""
    return tuple(
        FieldDescription(name, tuple(map(value_text, values.tolist())))
        for name, values in columns.items()
    )


def value_text(value: Any) -> str:
    """Return a value as text, "" for none."""
    if value is None or value != value:  # noqa: PLR0124 (not a number differs from itself)
        return ""
    return str(value)


def sampled_areas(geometries: Geometries, crs: str | None) -> tuple[float, ...]:
    """Return the areas on the ellipsoid, 0 for what is no polygon, is very long or lies nowhere."""
    if crs is None or find_crs(crs) is None:
        return ()
    short = shapely.get_num_coordinates(geometries) <= _MOST_VERTICES
    measured = geometries.copy()
    measured[~short] = None
    with np.errstate(invalid="ignore"):
        areas = areas_m2(to_cgcs2000(measured, crs))
    return tuple(np.nan_to_num(areas, nan=0.0, posinf=0.0, neginf=0.0).tolist())


def bounds_of(geometries: Geometries) -> Bounds | None:
    """Return the rectangle around the geometries, None around nothing."""
    present = geometries[~shapely.is_missing(geometries) & ~shapely.is_empty(geometries)]
    if not len(present):
        return None
    west, south, east, north = shapely.total_bounds(present).tolist()
    return (west, south, east, north) if np.isfinite((west, south, east, north)).all() else None


def _is_in_degrees(layer: VectorLayer) -> bool:
    bounds = bounds_of(layer.geometries)
    return bounds is None or (-180 <= bounds[0] <= bounds[2] <= 180 and bounds[1] >= -90)
