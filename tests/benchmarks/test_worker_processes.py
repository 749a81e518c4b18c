# SPDX-License-Identifier: GPL-2.0-or-later
"""The benchmark's worker processes check the same blocks to the same tables as threads."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import digests  # found by the line above
import worker_processes
import world

from eco_onemap.core.assess import assess
from eco_onemap.core.batch import Threads
from eco_onemap.core.options import Options

pytestmark = pytest.mark.slow


class Zones(world.Workload):
    """Two squares for each layer of the workload, and the region."""

    def read_features(self, entry):
        return world.table_of(entry.id, shapely.box([118.0, 118.2], 24.0, [118.1, 118.4], 24.1))


def digests_of(executor):
    sites = world.site_set(60)
    options = Options(as_of=digests.DAY, block_sites=7)
    given = (sites, world.catalogue(), [world.pack()], options, Zones())
    assessment = assess(*given, executor=executor).in_language("en")
    return {table.name: digests.digest(table) for table in assessment.tables}


def test_forked_workers_give_the_same_tables():
    forked = worker_processes.Processes(2, "fork", tuple)
    assert digests_of(forked) == digests_of(Threads(2))


HOLDS = "import time; held = bytearray(200 << 20); print(flush=True); time.sleep(60)"


def test_memory_of_children_counts():
    with worker_processes.MemoryWatch() as alone:
        time.sleep(3 * worker_processes.SAMPLED_EVERY_S)
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        with worker_processes.MemoryWatch() as both:
            time.sleep(3 * worker_processes.SAMPLED_EVERY_S)
        child.kill()
    assert both.peak_mib > alone.peak_mib + 150
