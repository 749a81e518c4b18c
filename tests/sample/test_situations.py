# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample city's sites get the verdicts that were reasoned from the law by hand."""

from __future__ import annotations

import csv

import pytest

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import Options, parse_date
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.paths import resource, sample
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites


def situations() -> list[dict[str, str]]:
    with sample("situations.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def results():
    """Verdict rows of all sites of the sample: the GeoPackage and both boundary-point files."""
    packs = [read_pack(resource("rules", "cn-national.yaml"))]
    catalogue = read_catalogue(sample("onemap.yaml"))
    rows = {}
    for name in ("sites.gpkg", "site_txt_factory.txt", "site_txt_two_parcels.txt"):
        sites = build_site_set(read_sites(sample(name)))
        options = Options(as_of=parse_date("2026-11-23"))
        found = assess(sites, catalogue, packs, options, FileLayers()).in_language("zh")
        rows |= {row["site_id"]: row for row in found.site_verdict.rows()}
    return rows


def test_every_site_has_a_situation(results):
    assert {row["site_id"] for row in situations()} <= set(results)
    assert len(results) >= 67


@pytest.mark.parametrize("situation", situations(), ids=lambda row: row["site_id"])
def test_the_verdict_is_the_one_that_the_law_gives(results, situation):
    row = results[situation["site_id"]]
    expected = (situation["expected_verdict"], situation["expected_rule"])
    assert (row["verdict"], row["deciding_rule"]) == expected, row["reason"]
