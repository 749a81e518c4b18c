# SPDX-License-Identifier: GPL-2.0-or-later
"""A candidate site is called never better only where every criterion says so."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.options import Options, parse_date
from eco_onemap.core.results.comparison import KNOWN, compare_sites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.paths import resource, sample
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    sites = build_site_set(read_sites(sample("sites.gpkg")), SiteSettings())
    catalogue = read_catalogue(sample("onemap.yaml"))
    packs = [read_pack(resource("rules", "cn-national.yaml"))]
    options = Options(as_of=parse_date("2026-11-23"))
    cache = CompiledCache(tmp_path_factory.mktemp("cache"))
    return assess(sites, catalogue, packs, options, FileLayers(), None, cache)


def rules_of(assessment, site):
    """Rule to the worst severity that counts, straight from the rows of findings."""
    found = {}
    for row in assessment.finding.rows():
        if row["site_id"] == site:
            severity = SEVERITY[Verdict(row["effective_verdict"])]
            found[row["rule_id"]] = max(found.get(row["rule_id"], 0), severity)
    return found


def test_every_pair_agrees_with_reading_the_tables(city):
    """Brute force on the tables: verdict, all rules and overlaps of all pairs of sites."""
    ids = city.site_verdict["site_id"].tolist()
    comparison = compare_sites(city, ids)
    claimed = {(ids[one], ids[other]) for one, other in comparison.never_better}
    ruled = {layer for row in city.run.rows() for layer in _ruled(row)}
    rows = {(row["site_id"], row["layer_id"]): row for row in city.site_layer.rows()}
    verdicts = dict(zip(ids, city.site_verdict["verdict"].tolist(), strict=True))
    everywhere_unknown = {
        layer for layer in ruled if all(rows[site, layer]["status"] not in KNOWN for site in ids)
    }
    expected = set()
    for one, other in itertools.permutations(ids, 2):
        pairs = [(rows[one, layer], rows[other, layer]) for layer in ruled - everywhere_unknown]
        known = all(row["status"] in KNOWN for pair in pairs for row in pair)
        if not known or "no_data" in (verdicts[one], verdicts[other]):
            continue
        mine, theirs = rules_of(city, one), rules_of(city, other)
        worse = [mine.get(rule, 0) - theirs.get(rule, 0) for rule in {*mine, *theirs}]
        worse += [severity(verdicts[one]) - severity(verdicts[other])]
        for column in ("overlap_area_m2", "overlap_length_m"):
            worse += [amount(a[column]) - amount(b[column]) for a, b in pairs]
        if min(worse) >= -1e-6 and max(worse) > 1e-6:
            expected.add((one, other))
    assert len(expected) > 20
    assert claimed == expected


def _ruled(row):
    is_of_rule = row["key"].startswith("rule.") and row["key"].endswith(".layers")
    layers = {entry.id for entry in read_catalogue(sample("onemap.yaml")).layers}
    return layers & set(row["value"].split(",")) if is_of_rule else set()


def severity(verdict):
    return SEVERITY[Verdict(verdict)]


def amount(value):
    return 0.0 if np.isnan(value) else value


def test_the_order_of_sites_does_not_matter(city):
    ids = city.site_verdict["site_id"].tolist()[:12]
    forwards = compare_sites(city, ids)
    backwards = compare_sites(city, ids[::-1])
    named = {(ids[one], ids[other]) for one, other in forwards.never_better}
    assert named == {(ids[::-1][one], ids[::-1][other]) for one, other in backwards.never_better}


def test_never_better_is_an_order(city):
    """Nobody is never better than themselves, nor two than each other; it carries over."""
    ids = city.site_verdict["site_id"].tolist()
    pairs = set(compare_sites(city, ids).never_better)
    assert all(one != other and (other, one) not in pairs for one, other in pairs)
    assert all((a, d) in pairs for a, b in pairs for c, d in pairs if b == c)


def test_sites_without_data_are_not_ordered(city):
    ids = city.site_verdict["site_id"].tolist()
    lacking = set(np.flatnonzero(city.site_verdict["verdict"] == "no_data").tolist())
    assert lacking
    assert (
        not {number for pair in compare_sites(city, ids).never_better for number in pair} & lacking
    )
