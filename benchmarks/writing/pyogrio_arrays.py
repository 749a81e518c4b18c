# SPDX-License-Identifier: GPL-2.0-or-later
"""pyogrio: features made of arrays in compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from engines.sharing import Clock

from writing.plain_tables import SRS_ID, PlainTable


def write(path: Path, tables: Sequence[PlainTable], clock: Clock) -> None:
    """Write all tables."""
    import pyogrio

    gdal = ".".join(map(str, pyogrio.__gdal_version__))
    clock.version = f"{pyogrio.__version__}, GDAL {gdal}"

    def work() -> None:
        path.unlink(missing_ok=True)
        for table in tables:
            _write_table(path, table)

    clock.working(work)


def _write_table(path: Path, table: PlainTable) -> None:
    from pyogrio.raw import write as write_arrays

    shapes = {}
    if table.geometries is not None:
        shapes = {"geometry_type": "Unknown", "crs": f"EPSG:{SRS_ID}"}
    columns = [_column(kind, table.columns[name]) for name, kind in table.types.items()]
    write_arrays(
        str(path),
        geometry=None if table.geometries is None else shapely.to_wkb(table.geometries),
        field_data=[values for values, _ in columns],
        field_mask=[mask for _, mask in columns],
        fields=list(table.columns),
        layer=table.name,
        driver="GPKG",
        append=False,
        **shapes,
    )


def _column(kind: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Return a column and where it has no value."""
    if kind == "text":
        return values, values == ""
    return values, values < 0 if kind == "integer" else None
