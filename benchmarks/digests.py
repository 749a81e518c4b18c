# SPDX-License-Identifier: GPL-2.0-or-later
"""The digest of every result table, to see that a change of the engine changes no byte of it.

::

    .venv/bin/python benchmarks/digests.py [--sites 10000] [--only BATCH ...] > before.txt

Three batches: the sites of the sample city; as many sites as asked for in that city, with names,
addresses and facts of every kind, sites that cannot be checked and sites in doubt; and the
workload of the benchmarks. Two runs are compared with ``diff``.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely
import world

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.catalogue import Catalogue, read_catalogue
from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.options import Options
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.site import SiteFacts, SiteSet
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.core.table import ResultTable
from eco_onemap.paths import resource
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites

CITY = Path(__file__).parents[1] / "sample_layers"
DAY = date(2025, 6, 1)
RINGS = (500.0, 1000.0, 2500.0)
CACHE = Path("build/bench/cache")


def city() -> tuple[Catalogue, list[RulePack]]:
    """Return the sample city's catalogue and all its rules."""
    paths = (resource("rules", "cn-national.yaml"), CITY / "rules-haiwan.yaml")
    return read_catalogue(CITY / "onemap.yaml"), [read_pack(path) for path in paths]


def city_assessment(sites: SiteSet) -> Assessment:
    """Return the check of sites against the sample city."""
    options = Options(as_of=DAY, rings_m=RINGS, workers=2)
    return assess(sites, *city(), options, FileLayers(), None, CompiledCache(CACHE))


def sample_sites(_: int) -> Assessment:
    """Return the check of the sample city's own sites."""
    return city_assessment(build_site_set(read_sites(CITY / "sites.gpkg"), SiteSettings()))


def city_sites(count: int) -> SiteSet:
    """Return *count* generated sites in and around the sample city."""
    rng = np.random.default_rng(21)
    own = build_site_set(read_sites(CITY / "sites.gpkg"), SiteSettings())
    west, south, east, north = shapely.total_bounds(own.geometries)
    places = rng.uniform((west - 0.05, south - 0.05), (east + 0.05, north + 0.05), (count, 2))
    turns = np.linspace(0, 2 * np.pi, 9)[None, :-1]
    reach = rng.uniform(0.0002, 0.004, (count, 1)) * rng.uniform(0.6, 1.0, (count, 8))
    corners = np.stack((reach * np.cos(turns), reach * np.sin(turns)), -1) + places[:, None]
    shapes = shapely.polygons(corners).astype(object)
    shapes[::17] = shapely.linestrings(corners[::17])
    shapes[5::23] = shapely.points(places[5::23])
    unusable = np.arange(7, count, 499)
    shapes[unusable] = None
    ids = np.array([f"c{number}" for number in range(count)], dtype=object)
    registered, addresses = _registered()
    doubts = (message("cap.datum_unknown", datum="X"),)
    return SiteSet(
        ids=ids,
        names=_spoilt(rng, registered, count),
        geometries=shapes,
        facts=_facts(rng, count),
        declared_area_m2=np.where(rng.uniform(size=count) < 0.5, np.nan, 1e4),
        repaired=np.full(count, "", dtype=object),
        problems={n: message("cap.datum_unknown", datum=str(n)) for n in unusable.tolist()},
        crs="EPSG:4490",
        caps={number: doubts for number in range(3, count, 211) if shapes[number]},
        floors={number: doubts for number in range(4, count, 307) if shapes[number]},
        addresses=_spoilt(rng, addresses, count),
    )


def _registered() -> tuple[np.ndarray, np.ndarray]:
    """Return names and addresses of the sample city's registers."""
    catalogue = read_catalogue(CITY / "onemap.yaml")
    entries = [entry for entry in catalogue.layers if entry.role.startswith("soil_")]
    names, addresses = ["某项目"], ["某地"]
    for entry in entries:
        columns = FileLayers().read_features(entry).columns
        names += map(str, columns[entry.fields["name"]].tolist())
        if "address" in entry.fields:
            addresses += map(str, columns[entry.fields["address"]].tolist())
    return np.array(names, dtype=object), np.array(addresses, dtype=object)


def _spoilt(rng: np.random.Generator, texts: np.ndarray, count: int) -> np.ndarray:
    """Return texts of a register as sites bear them: whole, with a slip, longer, or none."""
    chosen = texts[rng.integers(0, len(texts), count)].tolist()
    ways: list[Callable[[str], str]] = [
        lambda text: text,
        lambda text: text[1:],
        lambda text: f"原{text}（北侧）",
        lambda text: f"{text[: len(text) // 2]}口{text[len(text) // 2 + 1 :]}",
        lambda _: "",
    ]
    way = rng.integers(0, len(ways), count).tolist()
    made = np.empty(count, dtype=object)
    made[:] = [ways[number](text) for number, text in zip(way, chosen, strict=True)]
    return made


def _facts(rng: np.random.Generator, count: int) -> tuple[SiteFacts, ...]:
    tags = ("chemical", "new", "expand", "outfall", "residential")
    kinds = [
        SiteFacts(
            tags=frozenset(tags[: number % 4]),
            not_tags=frozenset(tags[4:] if number % 2 else ()),
            stage=("", "planning", "siting")[number % 3],
            planned_use=("", "industrial", "residential")[number % 3],
            industry=("", "C26", "C2614")[number % 3],
        )
        for number in range(24)
    ]
    return tuple(kinds[number] for number in rng.integers(0, len(kinds), count).tolist())


def workload_sites(count: int) -> Assessment:
    """Return the check of the benchmarks' sites, each finding explained."""
    sites = world.site_set(count)
    options = Options(as_of=DAY, rings_m=RINGS, workers=2, explain_sites=count)
    return assess(
        *(replace(sites, fingerprint="workload"), world.catalogue(), [world.pack()]),
        *(options, world.Workload(), None, CompiledCache(CACHE)),
    )


BATCHES: Mapping[str, Callable[[int], Assessment]] = {
    "sample": sample_sites,
    "city": lambda count: city_assessment(city_sites(count)),
    "workload": workload_sites,
}


def digest(table: ResultTable) -> str:
    """Return the SHA-256 of all columns and geometries of a table, its first 16 digits."""
    told = hashlib.sha256()
    for column in table.columns:
        told.update(repr((column.name, table[column.name].tolist())).encode())
    if table.geometries is not None:
        for blob in shapely.to_wkb(table.geometries).tolist():
            told.update(blob or b"-")
    return told.hexdigest()[:16]


def main() -> None:
    """Print batch, table, language, rows and digest, one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--only", nargs="+", choices=list(BATCHES), default=list(BATCHES))
    arguments = parser.parse_args()
    for batch in arguments.only:
        assessment = BATCHES[batch](arguments.sites)
        for language in LANGUAGES:
            for table in assessment.in_language(language).tables:
                if table.name != "run":
                    print(batch, table.name, language, len(table), digest(table), flush=True)


if __name__ == "__main__":
    main()
