# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of the sample city with layers and sites from PostGIS: the same digits as from files."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from eco_onemap.core.errors import OptionError, SiteError
from eco_onemap.core.options import parse_bounds
from eco_onemap.paths import sample
from eco_onemap.readers.sites import read_sites

from .loading import load, new_database

MOVED = ("redline", "drinking_zones", "control_units", "soil_register")
"""Layers of the sample city that are read from the database."""


@pytest.fixture(scope="module")
def city(postgis) -> str:
    """The name of a database with some layers of the sample city and all its sites in one table."""
    name = new_database(postgis)
    for layer in MOVED:
        load(postgis, name, sample(f"{layer}.gpkg"))
    for layer in ("polygons", "lines", "points"):
        options = {"layers": [layer], "layerName": "sites", "geometryType": "GEOMETRY"}
        load(postgis, name, sample("sites.gpkg"), accessMode="append", **options)
    return name


def catalogue(folder: Path, address: str = "") -> Path:
    """Write the sample city's catalogue, some of its layers taken from a database."""
    text = sample("onemap.yaml").read_text(encoding="utf-8")
    text = text.replace("where: \"ZT = '现行'\"", "where: '\"ZT\" = ''现行'''")
    text = re.sub(r"(source|region|coverage): (\w+\.\w+)", rf"\1: {sample()}/\2", text)
    if address:
        for layer in MOVED:
            text = text.replace(f"{sample()}/{layer}.gpkg", f'"{address}"')
    path = folder / "onemap.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m eco_onemap`` in English."""
    command = [sys.executable, "-m", "eco_onemap", *map(str, arguments), "--language", "en"]
    env = os.environ | {"PYTHONPATH": str(sample().parent)} | environment
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


@pytest.mark.slow
def test_digits_are_those_of_files(postgis, city, tmp_path: Path) -> None:
    address = postgis.address(city, "planner")
    found = {}
    for source, sites, layer in (("", sample("sites.gpkg"), None), (address, address, "sites")):
        folder = tmp_path / ("database" if source else "files")
        folder.mkdir()
        done = run(
            *("check", "--sites", sites, *(("--site-layer", layer) if layer else ())),
            *("--catalogue", catalogue(folder, source), "--as-of", "2026-11-23"),
            *("--out", folder / "results.gpkg", "--csv", folder / "csv"),
            *("--report", folder / "report"),
            ECO_ONEMAP_CACHE=str(folder / "cache"),
        )
        assert done.returncode in (0, 1), done.stderr
        found[folder.name] = tables(folder / "csv")
        told = done.stdout + done.stderr
        written = [path.read_bytes() for path in folder.rglob("*") if path.name != "onemap.yaml"
                   and path.is_file()]  # fmt: skip
        for secret in (postgis.password, address.split(":")[2].split("@")[0]):
            assert secret not in told
            assert not any(secret.encode() in content for content in written)
    files, database = found["files"], found["database"]
    assert len(files["hit.csv"].splitlines()) > 50
    assert database.keys() == files.keys()
    for name in files.keys() - {"run.csv", "finding.csv"}:
        assert database[name] == files[name], name
    assert _without_sources(database["finding.csv"]) == _without_sources(files["finding.csv"])
    _compare_records(files["run.csv"], database["run.csv"], postgis.port)


def _without_sources(findings: bytes) -> list[dict[str, str]]:
    """Return the findings without their explanations, which name the layers' sources."""
    rows = list(csv.DictReader(io.StringIO(findings.decode("utf-8-sig"), newline="")))
    assert all(row.pop("explanation") for row in rows)
    return rows


def _compare_records(files: bytes, database: bytes, port: int) -> None:
    """Only sources, and the fingerprints of what came from elsewhere, may differ."""
    first, second = (
        dict(csv.reader(content.decode("utf-8-sig").splitlines())) for content in (files, database)
    )
    assert first.keys() == second.keys()
    changed = {key for key in first if first[key] != second[key]}
    moved = {f"layer.{layer}.{part}" for layer in MOVED for part in ("source", "sha256")}
    assert changed == moved | {"sites.source", "sites.sha256"}
    assert re.fullmatch(
        rf"postgresql://127\.0\.0\.1:{port}/db_\w+ \(redline\)", second["layer.redline.source"]
    )
    assert second["sites.source"].endswith(" (public.sites(geom))")


@pytest.mark.slow
def test_inspect_and_compile_read_the_database(postgis, city, tmp_path: Path) -> None:
    path = catalogue(tmp_path, postgis.address(city, "planner"))
    inspected = run("inspect", "--catalogue", path)
    assert "postgresql" not in inspected.stdout, inspected.stdout  # nothing is wrong with them
    plain = catalogue(tmp_path / "..", "")
    assert run("inspect", "--catalogue", plain).stdout == inspected.stdout
    for _ in range(2):
        compiled = run("compile", "--catalogue", path, ECO_ONEMAP_CACHE=str(tmp_path / "cache"))
        assert compiled.returncode == 0, compiled.stdout
    assert postgis.password not in compiled.stdout + compiled.stderr


def test_sites_take_the_primary_key_where_no_field_has_a_usual_name(squares) -> None:
    squares.run(
        "ALTER TABLE eco.squares RENAME gid TO number", "DELETE FROM eco.squares WHERE number < 9"
    )
    sites = read_sites(squares.address())
    assert sites.ids.tolist() == [str(number) for number in range(9, 21)]
    assert sites.crs == "EPSG:4490"
    assert sites.names[0] == "square 8"
    named = read_sites(squares.address(), layer="eco.squares", id_field="名称")
    assert named.ids[0] == "square 8"
    assert named.fingerprint == sites.fingerprint


def test_only_the_sites_of_a_rectangle(squares) -> None:
    bounds = parse_bounds("116.52,23.9,116.72,24.1")
    assert read_sites(squares.address(), bounds=bounds).ids.tolist() == ["6", "7", "8"]
    with pytest.raises(SiteError, match="--site-bounds"):
        read_sites(sample("sites.gpkg"), bounds=bounds)
    for wrong in ("1,2,3", "3,2,1,4", "a,b,c,d", "nan,1,2,3"):
        with pytest.raises(OptionError, match="rectangle"):
            parse_bounds(wrong)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"layer": "eco.nowhere"}, "eco.squares"),
        ({"id_field": "nowhere"}, "gid, 名称, kind"),
    ],
)
def test_sites_say_what_is_wrong(squares, changes: dict[str, str], told: str) -> None:
    with pytest.raises(SiteError) as caught:
        read_sites(squares.address(), **changes)
    assert told in str(caught.value)
    assert squares.server.password not in str(caught.value)


def test_a_broken_database_loses_one_layer_only(postgis, tmp_path: Path) -> None:
    path = catalogue(tmp_path, "postgresql://planner:geheim@127.0.0.1:1/city")
    done = run(
        *("check", "--sites", sample("sites.gpkg"), "--catalogue", path),
        *("--out", tmp_path / "results.gpkg", "--csv", tmp_path / "csv", "--no-cache"),
    )
    assert done.returncode == 1, done.stderr
    lost = (tmp_path / "csv" / "not_evaluated.csv").read_text(encoding="utf-8-sig")
    assert "postgresql://127.0.0.1:1/city cannot be reached" in lost
    assert "geheim" not in lost + done.stdout + done.stderr
