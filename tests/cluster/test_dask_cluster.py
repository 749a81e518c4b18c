# SPDX-License-Identifier: GPL-2.0-or-later
"""Blocks on a real Dask cluster: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import fiona
import numpy as np
import pytest

from eco_onemap.cluster import dask_cluster, shipping
from eco_onemap.core.errors import ClusterError
from eco_onemap.paths import sample

pytestmark = pytest.mark.slow

DAY = "2026-11-23"
COUNT, BLOCK = 600, 20


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """The environment of all processes: one cache, one time zone, no other plugin of Dask."""
    return os.environ | {
        "ECO_ONEMAP_CACHE": str(tmp_path_factory.mktemp("cache")),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(sample().parent),
        "DASK_DISTRIBUTED__WORKER__DAEMON": "True",
    }


def start(env, *arguments, log):
    command = [sys.executable, "-m", *map(str, arguments)]
    with log.open("w") as output:
        return subprocess.Popen(command, env=env, stdout=output, stderr=output)


def wait_for(pattern, log, seconds=60):
    """Wait until a program's messages hold *pattern*; return what it matches."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = re.search(pattern, log.read_text())
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no {pattern} in {log.read_text()}")


@pytest.fixture
def scheduler(env, tmp_path):
    log = tmp_path / "scheduler.log"
    arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    process = start(env, "distributed.cli.dask_scheduler", *arguments, log=log)
    try:
        yield wait_for(r"tcp://127\.0\.0\.1:\d+", log).group()
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def workers(env, scheduler, tmp_path):
    processes = []
    for number in range(2):
        log = tmp_path / f"worker-{number}.log"
        arguments = (scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        folder = ("--local-directory", tmp_path / f"worker-{number}")
        processes.append(start(env, "distributed.cli.dask_worker", *arguments, *folder, log=log))
        wait_for("Registered to", log)
    yield processes
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def many_sites(tmp_path_factory):
    """Squares of 200 m all over the sample city."""
    path = tmp_path_factory.mktemp("sites") / "sites.gpkg"
    with fiona.open(sample("redline.gpkg")) as layer:
        west, south, east, north = layer.bounds
        crs = layer.crs_wkt
    rng = np.random.default_rng(600)
    places = rng.uniform((west, south), (east, north), (COUNT, 2))
    step = 200.0 if east > 1000 else 0.002
    schema = {"geometry": "Polygon", "properties": {"site_id": "str"}}
    with fiona.open(path, "w", "GPKG", schema, crs_wkt=crs) as out:
        for number, (x, y) in enumerate(places):
            ring = [(x, y), (x + step, y), (x + step, y + step), (x, y + step), (x, y)]
            out.write({"geometry": {"type": "Polygon", "coordinates": [ring]},
                       "properties": {"site_id": f"s{number:04d}"}})  # fmt: skip
    return path


def command(sites, out, *more):
    return [
        *(sys.executable, "-m", "eco_onemap", "check", "--sites", sites, "--catalogue"),
        *(sample("onemap.yaml"), "--as-of", DAY, "--out", out, "--block-sites", BLOCK, *more),
    ]


def check(env, sites, out, *more):
    arguments = [str(part) for part in command(sites, out, *more)]
    return subprocess.run(
        arguments, env=env, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def local(env, many_sites, tmp_path_factory):
    """The result of an undisturbed run on this machine."""
    out = tmp_path_factory.mktemp("local") / "results.gpkg"
    told = check(env, many_sites, out)
    assert told.returncode in (0, 1), told.stderr
    return out.read_bytes()


def test_a_cluster_gives_the_bytes_of_one_machine(
    env, scheduler, workers, many_sites, local, tmp_path
):
    out = tmp_path / "results.gpkg"
    told = check(env, many_sites, out, "--scheduler", scheduler)
    assert told.returncode in (0, 1), told.stderr
    assert out.read_bytes() == local


def staged_blocks(out):
    staged = out.with_name(f".{out.name}.staged")
    if not staged.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{staged.as_uri()}?mode=ro&immutable=1", uri=True)) as found:
            return found.execute("SELECT count(*) FROM done").fetchone()[0]
    except sqlite3.Error:  # it is being written
        return 0


def run_until(env, sites, out, blocks, *more):
    """Start a check and return its process once some blocks are done."""
    arguments = [str(part) for part in command(sites, out, *more)]
    process = subprocess.Popen(
        arguments, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 120
    while staged_blocks(out) < blocks and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert process.poll() is None, "done before it could be disturbed"
    return process


def test_a_worker_killed_in_the_middle_changes_nothing(
    env, scheduler, workers, many_sites, local, tmp_path
):
    out = tmp_path / "results.gpkg"
    process = run_until(env, many_sites, out, 3, "--scheduler", scheduler)
    workers[0].send_signal(signal.SIGKILL)
    _, told = process.communicate(timeout=300)
    assert process.returncode in (0, 1), told
    assert out.read_bytes() == local


@pytest.mark.parametrize("times", [1, 2])
def test_a_run_killed_in_the_middle_goes_on(env, many_sites, local, tmp_path, times):
    out = tmp_path / "results.gpkg"
    for number in range(times):
        process = run_until(env, many_sites, out, 4 * (number + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not out.exists()
    kept = staged_blocks(out)
    told = check(env, many_sites, out)
    assert told.returncode in (0, 1), told.stderr
    assert f"going on after {kept * BLOCK} of {COUNT} sites" in told.stderr
    assert out.read_bytes() == local
    assert [path.name for path in tmp_path.iterdir()] == ["results.gpkg"]


def test_nobody_answers_or_nobody_works(env, scheduler, many_sites, tmp_path, monkeypatch):
    out = tmp_path / "results.gpkg"
    monkeypatch.setattr(dask_cluster, "CONNECT_S", 1)
    for address, sentence in (
        (scheduler, "has no workers"),
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at tcp://127.0.0.1:1"),
        ("nonsense", "No Dask scheduler answers at nonsense"),
    ):
        told = check(env, many_sites, out, "--scheduler", address)
        assert told.returncode == 2
        assert sentence in told.stderr
        assert "Traceback" not in told.stderr
        assert not out.exists()


def test_without_dask_the_cure_is_said(monkeypatch):
    monkeypatch.setattr(dask_cluster, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'eco-onemap\[cluster\]'"):
        dask_cluster.DaskCluster("tcp://127.0.0.1:1")


def test_a_worker_of_another_version_is_refused():
    shipment = shipping.Shipment("k", b"", {**shipping._decisive(shipping.versions())})
    shipment.versions["geos.version"] = "0.0.0"
    with pytest.raises(ClusterError, match=r"geos\.version"):
        shipping.unpack(shipment)


def test_layers_are_shipped_once_and_without_their_indexes():
    """A pickled layer holds its fields only; an index made before does not make it larger."""
    import pickle  # noqa: PLC0415

    from eco_onemap.core.layers.catalogue import read_catalogue  # noqa: PLC0415
    from eco_onemap.core.layers.compiled import compile_layer  # noqa: PLC0415
    from eco_onemap.readers.files import FileLayers  # noqa: PLC0415

    catalogue = read_catalogue(Path(sample("onemap.yaml")))
    entry = next(entry for entry in catalogue.layers if entry.id == "redline")
    layer = compile_layer(FileLayers().read_features(entry), entry)
    before = len(pickle.dumps(layer))
    assert layer.tree is not None
    assert len(layer.runs) > 0
    assert len(layer.surface.pieces) > 0
    assert len(pickle.dumps(layer)) == before
