# SPDX-License-Identifier: GPL-2.0-or-later
"""Damaged GIS and CAD files are read or refused in a sentence; nothing else ever comes out."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.geometry.repair import made_valid
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.readers.sites import read_sites

from .site_files_contract import FOLDER

GIS = FOLDER / "gis"
NAMES = (
    "square.gpkg", "gbk.shp", "square.geojson", "collection.geojson", "folders.kml", "square.kmz",
    "walk.gpx", "square.gml", "square.tab", "square.mif", "outline.dxf", "zipped.zip",
    "bow_tie.geojson", "two_zones.geojson",
)  # fmt: skip
MUTATIONS = 12


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the content with one to four bytes changed, cut out or doubled."""
    for _ in range(chance.randint(1, 4)):
        place, size = chance.randrange(len(content) + 1), chance.randrange(1, 9)
        piece = chance.choice(
            (bytes([chance.randrange(256)]), b"", content[place : place + size] * 2, b"9", b"-")
        )
        content = content[:place] + piece + content[place + size * chance.randrange(2) :]
    return content


@pytest.mark.filterwarnings("ignore:Empty field name")  # fiona says so of a damaged table
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_are_read_or_refused(tmp_path: Path, name: str):
    chance = random.Random(name)
    for file in GIS.glob(f"{Path(name).stem}.*"):
        shutil.copy(file, tmp_path)
    path = tmp_path / name
    original = path.read_bytes()
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(original, chance))
        try:
            sites = build_site_set(read_sites(path))
        except EcoOneMapError as error:
            assert all(error.message.text(language) for language in LANGUAGES)
            continue
        present = sites.geometries[~shapely.is_missing(sites.geometries)]
        assert shapely.is_valid(present).all()
        assert np.isfinite(shapely.get_coordinates(present)).all()
        missing = np.flatnonzero(shapely.is_missing(sites.geometries)).tolist()
        assert sorted(sites.problems) == missing


# --- what mutations found once -----------------------------------------------------------------


def copied(folder: Path, name: str) -> Path:
    for file in GIS.glob(f"{Path(name).stem}.*"):
        shutil.copy(file, folder)
    return folder / name


def test_a_projection_that_proj_does_not_know_is_no_system(tmp_path: Path):
    path = copied(tmp_path, "gbk.shp")
    note = path.with_suffix(".prj")
    note.write_text(note.read_text().replace("Gauss_Kruger", "Gauss_Krueger_Zone"))
    sites = build_site_set(read_sites(path))
    assert sites.crs == "EPSG:4527"  # by the zone in front of the eastings, as without a .prj
    assert sites.crs_evidence.key == "crs.why_prefix"


def test_edges_along_each_other_leave_valid_ground():
    # GEOS's structure method leaves two parts here that share an edge
    outline = "118.1 24.5, 118.11 24.5, 118.11 24.51, 118.1 24.51, 118.118 24.5, 118.11 24.5, " \
        "118.11 24.51, 118.1 24.51, 118.1 24.5"  # fmt: skip
    made = made_valid(shapely.from_wkt(f"POLYGON (({outline}))"))
    assert made.is_valid
    triangle = 0.008 * 0.01 * (0.008 / 0.018) / 2  # beyond 118.11, below the edge to 118.118
    assert made.area == pytest.approx(0.01 * 0.01 + triangle)


def test_an_archive_with_a_nameless_entry_is_refused(tmp_path: Path):
    path = tmp_path / "nameless.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"")
    content = path.read_bytes()
    entry = content.rindex(b"PK\x01\x02")  # the central directory: length of the name at 28
    path.write_bytes(content[: entry + 28] + b"\0\0\1\0" + content[entry + 32 :])
    with pytest.raises(EcoOneMapError) as refusal:
        read_sites(path)
    assert refusal.value.message.key == "site_file.archive"


def test_a_given_system_that_leads_nowhere_is_refused():
    unknown = 'PROJCS["x",GEOGCS["y",DATUM["z",SPHEROID["s",6378137,298.257]],PRIMEM["g",0],' \
        'UNIT["degree",0.0174532925199433]],PROJECTION["Nowhere"],UNIT["metre",1]]'  # fmt: skip
    for crs in (unknown, "EPSG:5737"):  # the height system of 1985 has no places
        with pytest.raises(EcoOneMapError) as refusal:
            read_sites(GIS / "no_crs.gpkg", crs=crs)
        assert refusal.value.message.key == "reader.unknown_crs"


@pytest.mark.parametrize("name", [b"UTF\0-8", b"uu", b"ANSI 936"])
def test_an_encoding_that_is_no_name_is_found_out(tmp_path: Path, name: bytes):
    path = copied(tmp_path, "gbk.shp")
    path.with_suffix(".cpg").write_bytes(name)
    assert read_sites(path).names.tolist() == read_sites(GIS / "gbk.shp").names.tolist()


@pytest.mark.parametrize("cell", [12, "GP", b"GP"])
def test_a_cell_that_is_no_geometry_is_refused(tmp_path: Path, cell):
    path = copied(tmp_path, "square.gpkg")
    with contextlib.closing(sqlite3.connect(path)) as database:
        table, column = database.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns"
        ).fetchone()
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(f'UPDATE "{table}" SET "{column}" = ?', (cell,))
        database.commit()
    with pytest.raises(EcoOneMapError) as refusal:
        build_site_set(read_sites(path))
    assert refusal.value.message.key == "reader.damaged"
