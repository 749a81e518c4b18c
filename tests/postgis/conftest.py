# SPDX-License-Identifier: GPL-2.0-or-later
"""A database of its own for each test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from postgis_server import Server

from eco_onemap.core.layers.catalogue import LayerEntry
from tests.readers.sources import entry

from .loading import new_database


@dataclass(frozen=True)
class Database:
    """A database with PostGIS and an empty schema ``eco``."""

    server: Server
    name: str

    def run(self, *statements: str) -> None:
        """Run statements as the owner, each for good."""
        self.server.run(self.name, *statements)

    def address(self, user: str = "planner", password: str | None = None) -> str:
        return self.server.address(self.name, user, password)

    def entry(self, layer: str = "", **settings: Any) -> LayerEntry:
        """Return a catalogue's entry of a table, read as somebody who may only read."""
        return entry(self.address(), layer=layer, **settings)


@pytest.fixture
def database(postgis: Server) -> Database:
    made = Database(postgis, new_database(postgis))
    made.run("CREATE SCHEMA eco")
    return made


SQUARES = """
CREATE TABLE eco.squares
    (gid serial PRIMARY KEY, "名称" text, kind int, geom geometry(Polygon, 4490));
INSERT INTO eco.squares ("名称", kind, geom)
SELECT 'square ' || n, n % 3, ST_MakeEnvelope(116 + 0.1 * n, 24, 116.05 + 0.1 * n, 24.05, 4490)
FROM generate_series(0, 19) n
"""
"""Twenty squares of 0.05°, one every 0.1° from 116°E eastwards."""


@pytest.fixture
def squares(database: Database) -> Database:
    database.run(SQUARES)
    return database
