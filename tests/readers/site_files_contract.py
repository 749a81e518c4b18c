# SPDX-License-Identifier: GPL-2.0-or-later
"""The GIS and CAD files of the corpus and what each must give, whoever opens them.

``expected.csv``: *message* of a refusal, or *cgcs2000*: WKT in degrees, one per site (``-`` for
none, empty: measured by a test of its own); *why* the CRS was used; *doubts* and *care* as
``site key`` and ``site kind ring point``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shapely

from eco_onemap.core.errors import EcoOneMapError, InputError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_caps import doubts_of
from eco_onemap.core.sites.site_settings import SiteSettings, parse_origin
from eco_onemap.readers.sites.vector_sites import SiteOptions

FOLDER = Path(__file__).parents[1] / "data" / "sites"

NEAR_DEG = 2e-7
"""2 cm: edges of 1 km that are straight in the plane bow 9 mm in degrees."""

ReadSites = Callable[[Path, SiteOptions], RawSites]
Row = dict[str, str]


def expected_rows() -> list[Row]:
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["file"].startswith("gis/")]


def options_of(row: Row) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in row["options"].split())


def built(row: Row, read: ReadSites) -> SiteSet:
    options = options_of(row)
    raw = read(Path(row["file"]), SiteOptions(options.get("layer"), None, options.get("crs")))
    origin = parse_origin(options.get("origin", ""))
    return build_site_set(raw, SiteSettings(crs=options.get("crs", ""), origin=origin))


class SiteFilesContract:
    """Each row of the table; a subclass gives a fixture ``read``."""

    @pytest.mark.parametrize(
        "row", expected_rows(), ids=lambda row: f"{row['file']} {row['options']}".strip()
    )
    def test_file(self, row: Row, read: ReadSites, monkeypatch) -> None:
        monkeypatch.chdir(FOLDER)  # so that messages name the file alone
        if row["message"]:
            check_refusal(row, read)
        else:
            check_sites(row, built(row, read))


def check_refusal(row: Row, read: ReadSites) -> None:
    with pytest.raises(InputError) as caught:
        built(row, read)
    assert sentence(caught.value, "en") == row["message"]
    for language in LANGUAGES:
        assert row["file"] in sentence(caught.value, language)


def sentence(error: EcoOneMapError, language: str) -> str:
    return error.message.text(language)


def check_sites(row: Row, sites: SiteSet) -> None:
    assert sites.crs_evidence is not None
    assert (sites.crs_evidence.key, sites.crs) == (row["why"], row["crs"])
    assert sites.ids.tolist() == row["ids"].split()
    assert " ".join(note.key for note in sites.notes) == row["notes"]
    assert sorted(said_doubts(sites)) == sorted(filter(None, row["doubts"].split(";")))
    assert sorted(said_care(sites)) == sorted(filter(None, row["care"].split(";")))
    for language in LANGUAGES:
        assert all(note.text(language) for note in sites.notes)
        assert all(entry.say().text(language) for entry in sites.care)
    if row["cgcs2000"]:
        for found, wkt in zip(sites.geometries, row["cgcs2000"].split("|"), strict=True):
            check_place(found, wkt)


def check_place(found: shapely.Geometry | None, wkt: str) -> None:
    if wkt == "-":
        assert found is None
        return
    expected = shapely.from_wkt(wkt)
    assert found is not None
    assert shapely.get_dimensions(found) == shapely.get_dimensions(expected)
    assert shapely.hausdorff_distance(found, expected) < NEAR_DEG
    assert shapely.get_num_geometries(found) == shapely.get_num_geometries(expected)
    assert found.is_valid


def said_doubts(sites: SiteSet) -> Iterator[str]:
    for site, why in sites.problems.items():
        yield f"{sites.ids[site]} {why.key}"
    for site, doubts in doubts_of(sites).items():
        yield from (f"{sites.ids[site]} {why.key}" for why in doubts)


def said_care(sites: SiteSet) -> Iterator[str]:
    for entry in sites.care:
        yield f"{sites.ids[entry.site]} {entry.kind.value} {entry.ring} {entry.point}"
