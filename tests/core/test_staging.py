# SPDX-License-Identifier: GPL-2.0-or-later
"""Results that grow block by block: the bytes of an undisturbed run, whatever happens between."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from eco_onemap.core.assess import assess_into
from eco_onemap.core.errors import Cancelled, OutputError
from eco_onemap.core.options import Options
from eco_onemap.outputs.csv_tables import write_csv_tables
from eco_onemap.outputs.geopackage import write_geopackage
from eco_onemap.outputs.staging import StagedGeoPackage
from eco_onemap.readers.result_blocks import open_results

from .test_assess import GRID, LAYERS, RISK, RULES, TOWN, run
from .worlds import AROUND, DAY, LONLAT, REGION, MemorySource, catalogue, pack, sites, table


class Stop:
    """Cancels after a number of blocks."""

    def __init__(self, blocks):
        self.left = blocks

    def report(self, share, step):
        self.left -= step.key == "step.checked"

    def is_cancelled(self):
        return self.left <= 0


class StopAtTable:
    """Cancels when a table is put together."""

    def __init__(self, table):
        self.table, self.is_there = table, False

    def report(self, share, step):
        self.is_there |= step.key == "step.writing" and step.args["what"] == self.table

    def is_cancelled(self):
        return self.is_there


def stage(path, progress=None, geometries=TOWN, language="en", **options):
    layers = {name: LAYERS[name][1] for name in LAYERS}
    source = MemorySource(layers, {"risk": RISK}, {REGION: table([AROUND], LONLAT)})
    staged = StagedGeoPackage(path, "Town", language)
    try:
        assess_into(
            staged,
            sites(*geometries, tags=["chemical"] + [""] * (len(geometries) - 1)),
            catalogue(*(LAYERS[name][0] for name in LAYERS), GRID),
            [pack(*RULES)],
            Options(as_of=DAY, **{"block_sites": 1, **options}),
            source,
            progress,
        )
    finally:
        staged.close()
    return staged


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "results.gpkg"
    write_geopackage(path, run().tables, "Town")
    return path.read_bytes()


@pytest.mark.parametrize(("workers", "block_sites"), [(1, 1), (2, 1), (3, 2), (2, 4), (1, 100)])
def test_blocks_and_workers_leave_no_trace(tmp_path, undisturbed, workers, block_sites):
    path = tmp_path / "results.gpkg"
    staged = stage(path, workers=workers, block_sites=block_sites)
    assert path.read_bytes() == undisturbed
    assert not staged.staged.exists()
    assert [found.name for found in tmp_path.iterdir()] == ["results.gpkg"]


@pytest.mark.parametrize("blocks", [1, 3, 5])
def test_an_interrupted_run_goes_on_from_its_last_block(tmp_path, undisturbed, blocks):
    path = tmp_path / "results.gpkg"
    with pytest.raises(Cancelled):
        stage(path, Stop(blocks))
    assert not path.exists()
    again = stage(path)
    assert again.continued == blocks
    assert path.read_bytes() == undisturbed


def test_a_run_that_died_while_publishing_is_published_by_the_next(tmp_path, undisturbed):
    path = tmp_path / "results.gpkg"
    path.mkdir()  # in the way
    with pytest.raises(OutputError):
        stage(path)
    path.rmdir()
    assert stage(path).continued == len(TOWN)
    assert path.read_bytes() == undisturbed


@pytest.mark.parametrize("table", ["site_verdict", "hit"])
def test_a_run_stopped_while_publishing_is_published_by_the_next(tmp_path, undisturbed, table):
    path = tmp_path / "results.gpkg"
    with pytest.raises(Cancelled):
        stage(path, StopAtTable(table))
    assert [found.name for found in tmp_path.iterdir()] == [".results.gpkg.staged"]
    assert stage(path).continued == len(TOWN)
    assert path.read_bytes() == undisturbed


@pytest.mark.parametrize("change", ["rings", "sites", "language", "block"])
def test_other_input_begins_anew(tmp_path, change):
    path = tmp_path / "results.gpkg"
    with pytest.raises(Cancelled):
        stage(path, Stop(2))
    changed = {
        "rings": {"rings_m": (123.0,)},
        "sites": {"geometries": TOWN[::-1]},
        "language": {"language": "zh"},
        "block": {"block_sites": 2},
    }[change]
    assert stage(path, **changed).continued == 0
    other = tmp_path / "other.gpkg"
    stage(other, **changed)
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("damage", ["emptied", "overwritten", "cut"])
def test_what_is_damaged_begins_anew(tmp_path, undisturbed, damage):
    path = tmp_path / "results.gpkg"
    with pytest.raises(Cancelled):
        stage(path, Stop(2))
    (left,) = tmp_path.iterdir()
    whole = left.read_bytes()
    left.write_bytes({"emptied": b"", "overwritten": b"x" * 5000, "cut": whole[:100]}[damage])
    assert stage(path).continued == 0
    assert path.read_bytes() == undisturbed


def test_two_runs_do_not_share_a_target(tmp_path):
    path = tmp_path / "results.gpkg"
    with pytest.raises(Cancelled):
        stage(path, Stop(2))
    (left,) = tmp_path.iterdir()
    with closing(sqlite3.connect(left, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OutputError) as told:
            stage(path)
    assert "results.gpkg" in str(told.value)
    assert stage(path).continued == 2  # nothing of the first run was lost


def test_sites_that_cannot_be_checked_have_all_tables(tmp_path):
    path = tmp_path / "results.gpkg"
    stage(path, geometries=(None,))
    with closing(sqlite3.connect(path)) as found:
        tables = {name for (name,) in found.execute("SELECT table_name FROM gpkg_contents")}
        assert tables >= {"site_verdict", "site_layer", "hit", "finding", "not_evaluated", "run"}
        assert found.execute("SELECT DISTINCT status FROM site_layer").fetchall() == [("failed",)]


def test_tables_read_back_are_those_in_memory(tmp_path):
    stage(tmp_path / "results.gpkg", block_sites=2)
    write_csv_tables(tmp_path / "memory", run().tables)
    with open_results(tmp_path / "results.gpkg") as tables:
        write_csv_tables(tmp_path / "file", tables)
    written = sorted(path.name for path in (tmp_path / "memory").iterdir())
    assert "site_layer.csv" in written
    assert sorted(path.name for path in (tmp_path / "file").iterdir()) == written
    for name in written:
        assert (tmp_path / "file" / name).read_bytes() == (tmp_path / "memory" / name).read_bytes()
