# SPDX-License-Identifier: GPL-2.0-or-later
"""GDAL's Arrow stream (OGR_L_WriteArrowBatch, from GDAL 3.8 on), as pyogrio hands it over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely
from engines.sharing import Clock

from writing.plain_tables import SRS_ID, PlainTable


def write(path: Path, tables: Sequence[PlainTable], clock: Clock) -> None:
    """Write all tables."""
    import pyogrio

    gdal = ".".join(map(str, pyogrio.__gdal_version__))
    clock.version = f"pyogrio {pyogrio.__version__}, GDAL {gdal}"

    def work() -> None:
        path.unlink(missing_ok=True)
        for table in tables:
            _write_table(path, table)

    clock.working(work)


def _write_table(path: Path, table: PlainTable) -> None:
    import pyarrow
    from pyogrio.raw import write_arrow

    types = {
        "text": pyarrow.string(),
        "real": pyarrow.float64(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
    }
    arrays = [
        pyarrow.array(values, type=types[kind], mask=_lacking(kind, values))
        for kind, values in zip(table.types.values(), table.columns.values(), strict=True)
    ]
    names, shapes = list(table.columns), {}
    if table.geometries is not None:
        arrays.append(pyarrow.array(shapely.to_wkb(table.geometries), type=pyarrow.binary()))
        names.append("geom")
        shapes = {"geometry_name": "geom", "geometry_type": "Unknown", "crs": f"EPSG:{SRS_ID}"}
    write_arrow(
        pyarrow.table(arrays, names=names),
        str(path),
        layer=table.name,
        driver="GPKG",
        append=False,
        **shapes,
    )


def _lacking(kind: str, values):
    """Return where a column has no value."""
    if kind == "text":
        return values == ""
    if kind == "real":
        return values != values  # noqa: PLR0124 - NaN only
    return values < 0 if kind == "integer" else None
