# SPDX-License-Identifier: GPL-2.0-or-later
"""PostGIS with a GiST index, on whole features or on features cut by ST_Subdivide.

The server is the benchmark's own (``scripts/postgis_server.py``), on this machine.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import shapely

from engines.sharing import Clock, Parts, peak_mib

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

SUBDIVIDE = "CREATE TABLE pieces AS SELECT number, ST_Subdivide(shape, 128) AS shape FROM {}"

QUERY = """
SELECT s.number, ST_AsBinary(CASE WHEN ST_CoveredBy(s.shape, f.shape) THEN s.shape
                                  ELSE ST_Intersection(s.shape, f.shape) END)
FROM sites s JOIN {} f ON ST_Intersects(s.shape, f.shape)
"""
"""As PostGIS's documentation advises: what a feature covers is not intersected."""

SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_workers_per_gather": "0",
}
"""Room for all data in memory, and one core, as the other engines have."""


def run(sites: np.ndarray, features: np.ndarray, clock: Clock, subdivided: bool = False) -> Parts:
    """Return what sites and features share."""
    import psycopg2
    from postgis_server import postgis_server

    with postgis_server(**SETTINGS) as server:
        connection = psycopg2.connect(server.create_database("benchmark"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_version(), postgis_geos_version(), pg_backend_pid()")
            version, geos, backend = cursor.fetchone()
            clock.version = f"{version.split()[0]}, GEOS {geos.split('-')[0]}"
            _load(cursor, "features", features)
            table = "features"
            with clock.preparing():
                if subdivided:
                    cursor.execute(SUBDIVIDE.format(table))
                    table = "pieces"
                cursor.execute(f"CREATE INDEX ON {table} USING gist (shape)")
                cursor.execute(f"VACUUM ANALYZE {table}")
            _load(cursor, "sites", sites)
            cursor.execute("CREATE INDEX ON sites USING gist (shape)")
            cursor.execute("VACUUM ANALYZE sites")
            rows = clock.working(lambda: _rows(cursor, QUERY.format(table)))
            clock.other_peak_mib = peak_mib(backend)
        connection.close()
    return Parts([number for number, _ in rows], [bytes(blob) for _, blob in rows])


def _rows(cursor, query: str) -> list[tuple[int, memoryview]]:
    cursor.execute(query)
    return cursor.fetchall()


def _load(cursor, name: str, geometries: np.ndarray) -> None:
    """Fill a table, outside of what is measured: in a database the data lie there."""
    cursor.execute(f"CREATE TABLE {name} (number int, shape geometry)")
    blobs = shapely.to_wkb(geometries, hex=True).tolist()
    lines = "".join(f"{number}\t{blob}\n" for number, blob in enumerate(blobs))
    cursor.copy_expert(f"COPY {name} FROM STDIN", io.StringIO(lines))
