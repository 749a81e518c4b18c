# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from postgis_server import Server, postgis_server  # found by the line above

# How fast examples are made and checked says more of the machine than of the code.
settings.register_profile("eco_onemap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eco_onemap")


@pytest.fixture(scope="session")
def postgis() -> Iterator[Server]:
    """A PostGIS server that runs while the tests do; its password needs care in an address."""
    with postgis_server("ge:heim@/1%") as server:
        server.run("postgres", f"CREATE ROLE planner LOGIN PASSWORD '{server.password}'")
        server.run("postgres", "GRANT pg_read_all_data TO planner")
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server as slow: it is another program. Put files with slow tests first.

    Processes that take a file at a time then end together, each with files of a moment.
    """
    for item in items:
        if "postgis" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)  # keeps the order within a file
