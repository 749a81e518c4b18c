# SPDX-License-Identifier: GPL-2.0-or-later
"""Apache SedonaDB, the engine of Sedona without a cluster."""

from __future__ import annotations

import numpy as np

from engines.sharing import Clock, Parts

QUERY = """
SELECT s.number, ST_AsBinary(ST_Intersection(s.geometry, f.geometry)) AS shared
FROM sites s JOIN features f ON ST_Intersects(s.geometry, f.geometry)
"""


def run(sites: np.ndarray, features: np.ndarray, clock: Clock) -> Parts:
    """Return what sites and features share, by a spatial join in one thread."""
    import geopandas
    import sedonadb

    clock.version = sedonadb.__version__
    session = sedonadb.connect()
    session.sql("SET datafusion.execution.target_partitions = 1").execute()

    def load(name: str, geometries: np.ndarray) -> None:
        frame = geopandas.GeoDataFrame(
            {"number": np.arange(len(geometries))}, geometry=geometries, crs=4490
        )
        session.create_data_frame(frame).to_memtable().to_view(name, overwrite=True)

    with clock.preparing():
        load("features", features)

    def work():
        load("sites", sites)
        return session.sql(QUERY).to_pandas()

    found = clock.working(work)
    return Parts(found["number"].tolist(), found["shared"].tolist())
