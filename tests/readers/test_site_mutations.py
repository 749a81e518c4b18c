# SPDX-License-Identifier: GPL-2.0-or-later
"""Damaged GIS and CAD files are read or refused in a sentence; nothing else ever comes out."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from eco_onemap.core.errors import EcoOneMapError
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
