# SPDX-License-Identifier: GPL-2.0-or-later
"""fiona: records as mappings, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engines.sharing import Clock
from shapely.geometry import mapping

from writing.plain_tables import SRS_ID, PlainTable

KINDS = {"text": "str", "real": "float", "integer": "int64", "boolean": "bool"}


def write(path: Path, tables: Sequence[PlainTable], clock: Clock) -> None:
    """Write all tables."""
    import fiona

    clock.version = f"{fiona.__version__}, GDAL {fiona.__gdal_version__}"

    def work() -> None:
        path.unlink(missing_ok=True)
        for table in tables:
            schema = {
                "geometry": "None" if table.geometries is None else "Unknown",
                "properties": {name: KINDS[kind] for name, kind in table.types.items()},
            }
            crs = {} if table.geometries is None else {"crs": f"EPSG:{SRS_ID}"}
            with fiona.open(path, "w", "GPKG", schema, layer=table.name, **crs) as file:
                file.writerecords(_records(table))

    clock.working(work)


def _records(table: PlainTable) -> Iterator[dict[str, Any]]:
    names = list(table.columns)
    shapes = [None] * len(table) if table.geometries is None else table.geometries.tolist()
    for shape, *values in zip(shapes, *(c.tolist() for c in table.nullable()), strict=True):
        yield {
            "geometry": None if shape is None else mapping(shape),
            "properties": dict(zip(names, values, strict=True)),
        }
