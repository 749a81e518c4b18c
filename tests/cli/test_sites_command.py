# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap sites`` and site files given to ``check``: processes, files in, files out."""

from __future__ import annotations

import csv
from pathlib import Path

import fiona
import pytest

from eco_onemap.paths import sample
from eco_onemap.readers.sites import read_sites
from tests.readers.sources import write_layer

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[1] / "data" / "sites"


def test_a_listing_with_declared_and_measured_area(start):
    done = start("sites", FOLDER / "one_parcel.txt")
    assert done.returncode == 0, done.stderr
    heading, row = done.stdout.splitlines()[:2]
    assert heading.split()[:3] == ["site", "form", "points"]
    # 1 077 713.00 m² declared (107.7713 ha) less 1 077 712.63 m² on the ellipsoid
    assert "1077712.63" in row
    assert "1078046.46" in row  # in the plane, by the shoelace of the coordinates
    assert "1077713.00" in row
    assert "+0.37 (+0.0000%)" in row


@pytest.mark.parametrize("ending", [".gpkg", ".txt", ".dat", ".csv"])
def test_the_same_sites_as_another_file(run, tmp_path, ending):
    out = tmp_path / f"sites{ending}"
    done = run("sites", FOLDER / "hole_and_part.txt", "--out", out)
    assert done.returncode == 0, done.stderr
    source, found = read_sites(FOLDER / "hole_and_part.txt"), read_sites(out, crs="EPSG:4527")
    assert found.crs == "EPSG:4527"
    assert found.geometries[0].equals(source.geometries[0])


def test_several_zones_become_one_with_a_note(run, tmp_path):
    out = tmp_path / "one.gpkg"
    done = run("sites", FOLDER / "two_zones.txt", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "of 1 were brought to EPSG:4527" in done.stdout
    with fiona.open(out) as layer:
        assert layer.crs.to_epsg() == 4527
        west, _, east, _ = layer.bounds
    assert 39_600_000 < west < east < 39_700_000


def test_several_files_become_one(run, tmp_path):
    files = [FOLDER / "several_parcels.txt", FOLDER / "zone_in_header.txt"]
    out = tmp_path / "all.gpkg"
    done = run("sites", *files, "--out", out, "--out-crs", "EPSG:4490")
    assert done.returncode == 0, done.stderr
    with fiona.open(out) as layer:
        assert layer.crs.to_epsg() == 4490
        assert [feature["properties"]["site_id"] for feature in layer] == ["1", "2", "1-2"]
        west, south, east, north = layer.bounds
        assert 118.0 < west < east < 118.2
        assert 24.4 < south < north < 24.6
    assert "EPSG:4490" in done.stdout


def test_header_encoding_and_decimals_of_a_written_text(run, tmp_path):
    out = tmp_path / "s.txt"
    more = ("--header", "数据产生单位=某某测绘院", "--out-encoding", "UTF-8", "--decimals", "2")
    assert run("sites", FOLDER / "one_parcel.txt", "--out", out, *more).returncode == 0
    text = out.read_bytes().decode("utf-8-sig")
    assert "数据产生单位=某某测绘院\r\n" in text
    assert "J1,1,2711113.45,39611494.79\r\n" in text


@pytest.mark.parametrize(
    ("file", "options", "geometry"),
    [
        ("packed_or_decimal.csv", ("--angle", "decimal"), (118.1, 24.3, 118.103, 24.303)),
        ("packed_or_decimal.csv", ("--angle", "packed"), (118.16667, 24.5, 118.175, 24.50833)),
        ("points_or_corners.csv", ("--shape", "polygon"), (39611000, 2711000, 39611100, 2711100)),
        ("two_sheets.xlsx", ("--sheet", "乙"), (39611200, 2711000, 39611250, 2711050)),
        ("two_sheets.xlsx", ("--site-layer", "乙"), (39611200, 2711000, 39611250, 2711050)),
        ("metres.csv", ("--encoding", "gb18030"), (39611000, 2711000, 39611100, 2711100)),
    ],
)
def test_options_that_answer_what_a_table_leaves_open(run, tmp_path, file, options, geometry):
    out = tmp_path / "s.gpkg"
    crs = "EPSG:4490" if geometry[0] < 180 else "EPSG:4527"
    done = run("sites", FOLDER / file, "--site-crs", crs, *options, "--out", out)
    assert done.returncode == 0, done.stderr
    with fiona.open(out) as layer:
        assert layer.bounds == pytest.approx(geometry, abs=1e-5)


def test_pasted_coordinates_come_from_stdin(run, tmp_path):
    pasted = (FOLDER / "sentence.txt").read_text(encoding="utf-8")
    out = tmp_path / "s.txt"
    done = run("sites", "-", "--site-crs", "EPSG:4490", "--out", out, pasted=pasted)
    assert done.returncode == 0, done.stderr
    found = read_sites(out)
    assert found.crs == "EPSG:4527"
    assert len(found.geometries[0].exterior.coords) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((FOLDER / "packed_or_decimal.csv",), "--angle decimal or --angle packed"),
        ((FOLDER / "two_sheets.xlsx",), "--sheet"),
        ((FOLDER / "nowhere.txt",), "nowhere.txt"),
        ((FOLDER / "one_parcel.txt", "--out", "s.shp"), ".gpkg, .txt, .dat, .csv"),
        ((FOLDER / "one_parcel.txt", "--out", "s.txt", "--out-crs", "EPSG:3857"), "EPSG:3857"),
        ((FOLDER / "one_parcel.txt", "--out", "s.txt", "--out-crs", "moon"), "moon"),  # PROJ's
        ((FOLDER / "one_parcel.txt", "--out", "s.txt", "--out-crs", "EPSG:99"), "EPSG:99"),
        ((FOLDER / "one_parcel.txt", "--out", "s.txt", "--header", "x"), "'x'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(run, tmp_path, arguments, said):
    done = run("sites", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert [path for path in tmp_path.iterdir() if path.name.startswith("s.")] == []


def test_a_site_that_cannot_be_used_is_listed_and_gives_exit_code_1(run):
    done = run("sites", FOLDER / "ring_of_two_points.txt", language="zh")
    assert done.returncode == 1
    assert "只有 2 个点" in done.stdout


def test_check_reads_the_same_files_with_the_same_options(run, tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("名称,经度,纬度,半径\n罐区,118.1000,24.3000,300\n", encoding="utf-8")
    more = ("--catalogue", sample("onemap.yaml"), "--csv", tmp_path / "csv")
    arguments = ("check", "--sites", table, *more, "--out", tmp_path / "r.gpkg")
    done = run(*arguments, "--site-crs", "EPSG:4490")
    assert done.returncode == 2
    assert "--angle" in done.stderr
    done = run(*arguments, "--site-crs", "EPSG:4490", "--angle", "decimal")
    assert done.returncode in (0, 1), done.stderr
    with (tmp_path / "csv" / "site_verdict.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    # a circle's 360 corners hold 0.005 % less than πr²
    assert float(row["area_ellipsoid_m2"]) == pytest.approx(282_743.34 * (1 - 5.08e-5), rel=2e-6)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("spike.geojson", "Site s1: Ring 1: point 3 (118.12 24.5) is a spike; removed."),
        (
            "open_ring.geojson",
            "Site s1: Ring 1 did not return to its first point (gap after point 4",
        ),
        ("hole_outside.geojson", "Site s1: Ring 2"),
    ],
)
def test_each_fault_is_told_with_site_ring_point_and_coordinate(run, name, said):
    done = run("sites", FOLDER / "gis" / name)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_a_damaged_file_is_told_in_one_sentence_though_its_bytes_are_no_text(run, tmp_path, ending):
    """What GDAL quotes of such a file is no UTF-8, which fiona prints tracebacks of."""
    path = tmp_path / f"damaged.{ending}"
    if ending == "gpkg":
        write_layer(path, [("POINT (118 24)", {"name": "a"})], fields={"name": "str:5"})
        path.write_bytes(path.read_bytes().replace(b"PRIMARY", b"PR\xeeMARY", 1))
    else:
        path.write_bytes(b'{"type": "FeatureCollection", "features": [\xee]}')
    done = run("sites", path, "--out", tmp_path / "out.gpkg")
    assert done.returncode == 2
    progress, told = done.stderr.strip().splitlines()
    assert "0%" in progress
    assert str(path) in told
    assert "codec" not in told
    assert ("PR\N{REPLACEMENT CHARACTER}MARY" if ending == "gpkg" else "character") in told
