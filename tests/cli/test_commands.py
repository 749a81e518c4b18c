# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line: a process of its own, files in, files and exit code out."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from pathlib import Path

import fiona
import pytest

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import Options, parse_date
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.paths import resource, sample
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites

pytestmark = pytest.mark.slow

SITES, CATALOGUE = sample("sites.gpkg"), sample("onemap.yaml")
DAY = "2026-11-23"


def check_arguments(out, *more, sites=SITES, catalogue=CATALOGUE):
    return (
        "check",
        "--sites",
        sites,
        "--catalogue",
        catalogue,
        "--as-of",
        DAY,
        "--out",
        out,
        *more,
    )


def rows_of(path: Path, table: str) -> list[dict]:
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(f"SELECT * FROM {table} ORDER BY fid").fetchall()
    return [{name: row[name] for name in row.keys() if name not in ("fid", "geom")} for row in rows]  # noqa: SIM118


def test_check_writes_all_tables_of_the_python_call(start, tmp_path):
    out = tmp_path / "results.gpkg"
    done = start(*check_arguments(out, "--csv", tmp_path / "csv", "--report", tmp_path / "report"))
    assert done.returncode == 1, done.stderr  # two of the sample's sites have no geometry
    assert "Traceback" not in done.stderr
    catalogue = read_catalogue(CATALOGUE)
    settings = SiteSettings(region=find_region(catalogue, FileLayers()))
    called = assess(
        build_site_set(read_sites(SITES), settings),
        catalogue,
        [read_pack(resource("rules", "cn-national.yaml"))],
        Options(as_of=parse_date(DAY)),
        FileLayers(),
    ).in_language("en")
    for table in called.tables:
        written = rows_of(out, table.name)
        assert len(written) == len(table) > 0, table.name
        for row, expected in zip(written, table.rows(), strict=True):
            assert row == {
                name: None if value == "" or value != value or value == -1 else value
                for name, value in expected.items()
            }
    with (tmp_path / "csv" / "site_verdict.csv").open(encoding="utf-8-sig", newline="") as stream:
        verdicts = [row["verdict"] for row in csv.DictReader(stream)]
    assert verdicts == called.site_verdict["verdict"].tolist()
    assert (tmp_path / "report" / "report.html").stat().st_size > 10_000


def test_the_same_check_gives_the_same_bytes_whatever_the_workers(run, tmp_path):
    outs = [tmp_path / f"{workers}.gpkg" for workers in (1, 1, 2)]
    for out, workers in zip(outs, (1, 1, 2), strict=True):
        run(*check_arguments(out, "--workers", workers))
    first, *others = [out.read_bytes() for out in outs]
    assert all(other == first for other in others)


def test_the_summary_goes_to_stdout_and_progress_to_stderr(run, tmp_path):
    done = run(*check_arguments(tmp_path / "r.gpkg"), language="zh")
    assert "一级保护区内的化工厂" in done.stdout
    assert "禁止" in done.stdout
    assert re.search(r"\d+%", done.stderr)
    assert "%  " not in done.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sites": "no-such.gpkg"}, "no-such.gpkg"),
        ({"catalogue": "no-such.yaml"}, "no-such.yaml"),
        ({"more": ("--rings", "near")}, "near"),
        ({"more": ("--as-of", "tomorrow")}, "tomorrow"),
        ({"more": ("--rules", "no-such-pack.yaml")}, "no-such-pack.yaml"),
        ({"out": "no/such/folder/r.gpkg"}, "no/such/folder"),
    ],
)
def test_unusable_input_is_one_sentence_and_exit_code_2(run, tmp_path, change, said):
    arguments = {"sites": SITES, "catalogue": CATALOGUE} | {
        name: change[name] for name in ("sites", "catalogue") if name in change
    }
    out = tmp_path / change.get("out", "r.gpkg")
    done = run(*check_arguments(out, *change.get("more", ()), **arguments))
    assert done.returncode == 2
    sentence = done.stderr.strip().splitlines()[-1]
    assert said in sentence
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("onemap: 1\ntitle: a: b\nlayers: []", "line 2"),
        ("onemap: 1\ntitle: T\nlayers: []", "layers"),
        ("onemap: 2\ntitle: T", "onemap"),
        ("onemap: 1\ntitle: T\nlayers:\n  - {id: a, role: r, source: s}", "layers[0].title"),
    ],
)
def test_a_wrong_catalogue_is_said_with_its_place(run, tmp_path, content, said):
    path = tmp_path / "onemap.yaml"
    path.write_text(content, encoding="utf-8")
    done = run(*check_arguments(tmp_path / "r.gpkg", catalogue=path))
    assert done.returncode == 2
    assert str(path) in done.stderr
    assert said in done.stderr.splitlines()[-1]


def test_a_broken_layer_is_said_and_the_rest_goes_on(run, tmp_path):
    city = tmp_path / "city"
    shutil.copytree(sample(), city, ignore=shutil.ignore_patterns("city", "*.py", "__pycache__"))
    (city / "redline.gpkg").write_bytes(b"this is no database")
    done = run(*check_arguments(tmp_path / "r.gpkg", catalogue=city / "onemap.yaml"))
    assert done.returncode == 1
    status = {
        (row["site_id"], row["layer_id"]): row["status"]
        for row in rows_of(tmp_path / "r.gpkg", "site_layer")
    }
    assert status["P60", "redline"] == "not_loaded"
    assert status["P60", "control_units"] == "hit"
    verdicts = {
        row["site_id"]: row["verdict"] for row in rows_of(tmp_path / "r.gpkg", "site_verdict")
    }
    assert verdicts["P60"] == "no_data"  # it was clear with the red line
    assert "clear" not in verdicts.values()


def test_results_open_in_another_program(run, tmp_path):
    out = tmp_path / "r.gpkg"
    run(*check_arguments(out))
    assert {"site_verdict", "hit"} <= set(fiona.listlayers(out))
    with fiona.open(out, layer="site_verdict") as layer:
        assert layer.crs.to_epsg() == 4490
        assert len(layer) == len(rows_of(out, "site_verdict"))


def test_inspect_lists_every_layer_and_what_is_wrong(start):
    done = start("inspect", "--catalogue", CATALOGUE)
    for entry in read_catalogue(CATALOGUE).layers:
        assert entry.id in done.stdout
    assert "without geometry" in done.stdout  # rows of the register
    assert done.returncode == 1


def test_compile_fills_the_cache_that_cache_shows_and_clears(run, start):
    run("cache", "clear")
    assert start("compile", "--catalogue", CATALOGUE).returncode == 0
    shown = start("cache", "show").stdout.splitlines()
    vectors = len(read_catalogue(CATALOGUE).layers) - 1  # one is a raster
    assert len(shown) == 1 + vectors
    assert f"{vectors} compiled layers" in run("cache", "clear").stdout
    assert len(run("cache", "show").stdout.splitlines()) == 1


def test_doctor_says_that_all_is_well(start):
    done = start("doctor")
    assert done.returncode == 0
    assert "WRONG" not in done.stdout
    assert "geos" in done.stdout


def test_rules_test_runs_the_samples_of_a_pack(run, start, tmp_path):
    pack = resource("rules", "cn-national.yaml")
    assert start("rules", "test", pack).returncode == 0
    wrong = tmp_path / "wrong.yaml"
    text = pack.read_text(encoding="utf-8")
    wrong.write_text(text.replace("expect: prohibited", "expect: restricted", 1), encoding="utf-8")
    done = run("rules", "test", wrong)
    assert done.returncode == 1
    assert "1 wrong" in done.stdout
