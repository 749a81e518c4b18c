# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command line states of sites: CRS, origin, fields, facts and unseen parameters."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest

from eco_onemap.cli.main import run
from tests.qgis.world import World, make_world
from tests.readers.site_files_contract import FOLDER
from tests.readers.sources import write_layer

GIS = FOLDER / "gis"


@pytest.fixture
def world(tmp_path: Path, monkeypatch) -> World:
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path / "cache"))
    return make_world(tmp_path)


def checked(world: World, sites: Path, *more: str) -> tuple[int, dict[str, str], Path]:
    """Return the exit code, the verdict of each site, and the file of results."""
    out = world.folder / "results.gpkg"
    code = run(
        ["check", "--sites", str(sites), "--catalogue", str(world.catalogue), "--rules",
         str(world.rules), "--as-of", "2026-11-23", "--out", str(out), "--language", "en", *more]
    )  # fmt: skip
    if not out.exists():
        return code, {}, out
    return code, dict(select(out, "SELECT site_id, verdict FROM site_verdict")), out


def select(path: Path, query: str) -> list[tuple]:
    with sqlite3.connect(path) as database:
        found = database.execute(query).fetchall()
    database.close()
    return found


def bare_sites(world: World) -> Path:
    """The world's sites without a CRS: eastings of six digits."""
    path = world.folder / "bare.gpkg"
    square = (
        "POLYGON ((600000 2711000, 600100 2711000, 600100 2711100, 600000 2711100, 600000 2711000))"
    )
    fields = {"site_id": "str:9", "XZ": "str:20", "HY": "str:40"}
    rows = [(square, {"site_id": "a", "XZ": "新建", "HY": "2614"})]
    return write_layer(path, rows, crs=None, fields=fields)


def test_eastings_without_a_zone_are_refused_with_the_candidates(world, capsys):
    code, verdicts, _ = checked(world, bare_sites(world))
    assert (code, verdicts) == (2, {})
    told = capsys.readouterr().err.strip().splitlines()[-1]
    # the catalogue's region leaves one meridian; it is proposed, and not taken
    assert "EPSG:4548 (117." in told or "EPSG:4548 (118." in told
    assert told.count("EPSG:") == 1
    assert "--site-crs" in told


def test_a_given_crs_is_taken_and_recorded(world):
    code, verdicts, out = checked(world, bare_sites(world), "--site-crs", "EPSG:4548")
    assert verdicts == {"a": "prohibited"}
    assert code == 1  # one of the world's layers cannot be loaded
    record = dict(select(out, "SELECT key, value FROM run"))
    assert record["sites.crs"] == "EPSG:4548"
    assert "the given EPSG:4548 is used" in record["sites.crs_evidence"]


@pytest.mark.parametrize("origin", ["gcj02", "BD-09"])
def test_coordinates_of_web_maps_stay_at_study(world, origin):
    _, verdicts, out = checked(world, world.sites, "--site-origin", origin)
    assert verdicts == {"a": "study", "b": "study", "c": "no_data"}
    ((reason,),) = select(out, "SELECT reason FROM site_verdict WHERE site_id = 'b'")
    assert reason.startswith("For reference only: coordinates of ")
    findings = select(out, "SELECT verdict, message FROM finding WHERE site_id = 'a'")
    assert [verdict for verdict, _ in findings] == ["study"]
    assert 'By itself the rule says "prohibited"' in findings[0][1]


def test_fields_and_facts_reach_the_rules(world):
    rule = world.rules.read_text(encoding="utf-8")
    asks = "    projects: {all: [new]}\n    relation: overlaps"
    world.rules.write_text(rule.replace("    relation: overlaps", asks), encoding="utf-8")
    given = ("--site-crs", "EPSG:4548")
    sites = bare_sites(world)
    # unknown: study; stated by a column of the file; by the file denied; stated of all projects
    assert checked(world, sites, *given)[1] == {"a": "study"}
    assert checked(world, sites, *given, "--field", "nature=XZ")[1] == {"a": "prohibited"}
    assert checked(world, sites, *given, "--fact", "nature=新建")[1] == {"a": "prohibited"}
    denied = checked(world, sites, *given, "--fact", "nature=扩建")[1]
    assert denied == {"a": "clear"}  # the rule is not for it


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--site-origin", "mars"), "gcj02"),
        (("--field", "nature"), "name=value"),
        (("--field", "nature=建设性质"), "site_id, name, tags"),
        (("--fact", "stage=明天"), "stage"),
        (("--fact", "industry=化工"), "GB/T 4754-2017"),
        (("--site-crs", "EPSG:99"), "EPSG:99"),
    ],
)
def test_wrong_statements_are_refused_in_a_sentence(world, capsys, more, said):
    code, _, _ = checked(world, world.sites, *more)
    assert code == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_parameters_are_read_unseen_and_leave_no_trace(world, monkeypatch, capsys):
    # a shift of 100 m along X, Y and Z, from Xi'an 1980
    sites = world.folder / "old.gpkg"
    square = (
        "POLYGON ((600000 2711000, 600100 2711000, 600100 2711100, 600000 2711100, 600000 2711000))"
    )
    write_layer(sites, [(square, {"site_id": "a"})], crs="EPSG:2384", fields={"site_id": "str:9"})
    _, verdicts, _ = checked(world, sites)
    assert verdicts == {"a": "study"}  # metres that nobody knows
    monkeypatch.setattr("sys.stdin", io.StringIO("12.3456,-7.6543,3.21\n"))
    _, verdicts, out = checked(world, sites, "--ask-shift")
    assert verdicts == {"a": "prohibited"}
    told = capsys.readouterr()
    content = out.read_bytes() + (told.out + told.err).encode()
    for secret in (b"12.3456", b"7.6543", b"3.21"):
        assert secret not in content


def test_wrong_parameters_are_refused_without_being_repeated(world, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("12.3456,oops\n"))
    code, _, _ = checked(world, world.sites, "--ask-shift")
    told = capsys.readouterr().err
    assert code == 2
    assert "ppm" in told
    assert "12.3456" not in told


def test_the_sites_command_says_what_decided_the_system(tmp_path, capsys):
    code = run(
        [
            "sites",
            str(GIS / "metres.geojson"),
            "--out",
            str(tmp_path / "a.gpkg"),
            "--language",
            "en",
        ]
    )
    told = capsys.readouterr().out
    assert code == 0
    assert "eastings begin with the zone 39 (3°)" in told
    assert "EPSG:4527" in told
    assert (tmp_path / "a.gpkg").exists()


def test_sites_of_two_zones_are_written_in_that_of_the_first(tmp_path, capsys):
    target = tmp_path / "zones.gpkg"
    assert run(["sites", str(GIS / "two_zones.geojson"), "--out", str(target)]) == 0
    capsys.readouterr()
    assert run(["sites", str(target), "--language", "en"]) == 0
    assert "EPSG:4527" in capsys.readouterr().out
