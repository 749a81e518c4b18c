# SPDX-License-Identifier: GPL-2.0-or-later
"""DuckDB's spatial extension; it comes as a package, since DuckDB would fetch it when it runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from engines.sharing import Clock, Parts

QUERY = """
SELECT s.number, ST_AsWKB(ST_Intersection(s.shape, f.shape))
FROM sites s JOIN features f ON ST_Intersects(s.shape, f.shape)
"""


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Parts:
    """Return what sites and features share, by a spatial join in one thread."""
    import duckdb
    import duckdb_extension_spatial

    folder = Path(str(duckdb_extension_spatial.__file__)).parent
    database = duckdb.connect(config={"threads": 1})
    database.load_extension(str(next(folder.rglob("spatial.duckdb_extension"))))
    clock.version = f"{duckdb.__version__}"
    with clock.preparing():
        _load(database, "features", features)

    def work() -> list[tuple[int, bytes]]:
        _load(database, "sites", sites)
        return database.execute(QUERY).fetchall()

    rows = clock.working(work)
    return Parts([number for number, _ in rows], [bytes(blob) for _, blob in rows])


def _load(database, name: str, geometries: np.ndarray) -> None:
    import pyarrow

    blobs = shapely.to_wkb(geometries).tolist()
    given = pyarrow.table({"number": list(range(len(blobs))), "wkb": blobs})
    database.register("given", given)
    database.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT number, ST_GeomFromWKB(wkb) AS shape FROM given"
    )
    database.unregister("given")
