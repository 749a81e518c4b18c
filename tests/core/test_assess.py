# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole check: the same answer each time, in both languages, for any order and any threads."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import numpy as np
import pytest
import shapely
from shapely.errors import GEOSException

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import Cancelled, CatalogueError, LayerError
from eco_onemap.core.law.rules import LegalBasis, Measure, ProjectFilter, Relation
from eco_onemap.core.layers.loading import load_layers
from eco_onemap.core.layers.sources import RasterInfo
from eco_onemap.core.measures import measuring
from eco_onemap.core.options import Options
from eco_onemap.core.table import NO_COUNT, ColumnType
from eco_onemap.core.vocabulary import HitKind, Verdict

from .worlds import (
    AROUND,
    DAY,
    LONLAT,
    REGION,
    UNKNOWN,
    MemoryRaster,
    MemorySource,
    catalogue,
    check,
    entry,
    line,
    numbered,
    only,
    pack,
    point,
    rect,
    rule,
    sites,
    table,
)

RISK = MemoryRaster(
    np.array([[1.0, 2, 3], [4, np.nan, 1], [2, 3, 4]]),
    RasterInfo(LONLAT, (117.99, 0.005, 0.0, 24.51, 0.0, -0.005), 3, 3, None, "risk.tif", "3" * 64),
)
TOWN = (
    rect(0, 0, 100, 100),  # overlaps zone f1 and, by a sliver, f2
    rect(5_000, 0, 300, 200),  # in no unit, far from everything
    line((-200, 50), (400, 50)),  # a pipeline through f1 and f2
    point(60, 60),  # a well in f1
    None,  # cannot be checked
    rect(-100, -100, 40, 40),  # in no unit, a well within 500 m
)
LAYERS = {
    "zones": (
        entry("zones", required=True),
        numbered(rect(50, 50, 80, 80), rect(99.95, 0, 60, 100), level=["1", "2"]),
    ),
    "wells": (
        entry("wells", "water_intake"),
        numbered(point(400, 0), point(-300, 90), point(60, 60)),
    ),
    "river": (entry("river", "river_reach", UNKNOWN), numbered(line((-500, 20), (500, 25)))),
    "units": (entry("units", "control_unit"), numbered(rect(-50, -50, 3_000, 3_000))),
    "lost": (entry("lost", "wetland"), LayerError("layer.unknown_crs", layer="lost", path="l.shp")),
    "old": (entry("old", "reserve", valid_to=date(2020, 1, 1)), numbered()),
}
GRID = entry("risk", "sea_risk_grid", UNKNOWN, classes={1: "low", 2: "rather low", 3: "h", 4: "hh"})
RULES = (
    rule("W1", where={"level": "1"}, advice={"en": "Move.", "zh": "另选址。"}),
    rule("W2", Verdict.RESTRICTED, where={"level": "2"}, measure=Measure.SHARE, threshold=0.01),
    rule("N", Verdict.STUDY, Relation.WITHIN_DISTANCE, roles=("water_intake",), threshold=500.0),
    rule("C", relation=Relation.CONTAINS, roles=("water_intake",)),
    rule("K", roles=("water_intake",), measure=Measure.COUNT, threshold=0.5),
    rule("T", projects=ProjectFilter(any_tags=("chemical",)), basis=(LegalBasis("Law", "9"),)),
    rule("R", Verdict.RESTRICTED, roles=("sea_risk_grid",), where={"class": ["3", "4"]}),
    rule("O", roles=("wetland",)),
    rule("A", roles=("river_reach",), where={"river_class": "1"}),
    rule("M", roles=("mine",)),
    rule("U", Verdict.STUDY, roles=("control_unit",), relation=Relation.COVERS),
)


def run(geometries=TOWN, order=tuple(LAYERS), rules=RULES, progress=None, language="en", **options):
    source = MemorySource(
        {name: LAYERS[name][1] for name in order}, {"risk": RISK}, {REGION: table([AROUND], LONLAT)}
    )
    result = assess(
        sites(*geometries, tags=["chemical"] + [""] * (len(geometries) - 1)),
        catalogue(*(LAYERS[name][0] for name in order), GRID),
        [pack(*rules)],
        Options(as_of=DAY, **options),
        source,
        progress,
    )
    return result.in_language(language) if language else result


def rows(table_):
    """All rows as comparable values: NaN is None, geometries are their bytes."""
    shapes = [None] * len(table_)
    if table_.geometries is not None:
        shapes = shapely.to_wkb(table_.geometries).tolist()
    return [
        {
            **{name: None if value != value else value for name, value in row.items()},
            "shape": shape,
        }
        for row, shape in zip(table_.rows(), shapes, strict=True)
    ]


def everything(result):
    return {table_.name: rows(table_) for table_ in result.tables}


TRUTH = everything(run())


def without_run(tables):
    return {name: found for name, found in tables.items() if name != "run"}


def test_every_part_of_the_town_is_in_the_result():
    assert [row["verdict"] for row in TRUTH["site_verdict"]] == [
        "prohibited", "no_data", "prohibited", "prohibited", "no_data", "study",
    ]  # fmt: skip
    assert len(TRUTH["site_layer"]) == len(TOWN) * (len(LAYERS) + 1)
    assert {row["status"] for row in TRUTH["site_layer"]} == {
        "hit", "no_hit", "not_mapped", "not_loaded", "not_applicable", "failed",
    }  # fmt: skip
    assert {row["kind"] for row in TRUTH["hit"]} <= {kind.value for kind in HitKind}
    told = {row["rule_id"] for row in TRUTH["finding"]}
    assert told == {"W1", "W2", "N", "C", "K", "T", "R", "A", "U"}


def test_the_same_input_gives_the_same_tables():
    assert everything(run()) == TRUTH


@pytest.mark.parametrize(("workers", "block_sites"), [(1, 1), (2, 1), (4, 2), (3, 5), (2, 100)])
def test_threads_and_blocks_change_nothing(workers, block_sites):
    found = everything(run(workers=workers, block_sites=block_sites))
    assert without_run(found) == without_run(TRUTH)


@pytest.mark.parametrize("number", [i for i, site in enumerate(TOWN)])
def test_each_site_alone_has_the_rows_it_has_in_the_batch(number):
    name = f"s{number + 1}"
    alone = everything(run((TOWN[number],))) if number == 0 else None
    if alone is None:  # keep its id and tags: it stands last after sites that cannot be checked
        alone = everything(run((*[None] * number, TOWN[number])))
    for table_name in ("site_verdict", "site_layer", "hit", "finding", "raster_class"):
        mine = [row for row in TRUTH[table_name] if row["site_id"] == name]
        assert [row for row in alone[table_name] if row["site_id"] == name] == mine, table_name


def test_the_order_of_layers_changes_no_number():
    found = everything(run(order=tuple(reversed(LAYERS))))

    def unordered(tables, name):
        return sorted(map(repr, tables[name]))

    for name in ("site_layer", "hit", "finding", "raster_class"):
        assert unordered(found, name) == unordered(TRUTH, name), name
    for one, other in zip(found["site_verdict"], TRUTH["site_verdict"], strict=True):
        assert one["verdict"] == other["verdict"]
        assert one["unmapped_share"] == other["unmapped_share"]


def test_rows_stand_in_the_order_of_sites_then_layers():
    order = [f"s{n + 1}" for n in range(len(TOWN))]
    for name in ("site_verdict", "site_layer", "hit", "finding", "raster_class"):
        ranks = [order.index(row["site_id"]) for row in TRUTH[name]]
        assert ranks == sorted(ranks), name
    first = [row["layer_id"] for row in TRUTH["site_layer"] if row["site_id"] == "s1"]
    assert first == [*LAYERS, "risk"]
    severities = [
        (order.index(row["site_id"]), -Verdict(row["verdict"]).severity) for row in TRUTH["finding"]
    ]
    assert severities == sorted(severities)


class Counted:
    """Follows the work; cancels when asked for the nth time."""

    def __init__(self, patience=10**9):
        self.asked, self.patience, self.shares, self.steps = 0, patience, [], []

    def report(self, share, step):
        self.shares.append(share)
        self.steps.append(step)

    def is_cancelled(self):
        self.asked += 1
        return self.asked > self.patience


@pytest.mark.parametrize("workers", [1, 2])
def test_cancelling_stops_at_any_moment(workers):
    whole = Counted()
    run(progress=whole, block_sites=2)
    asked_by_layers = whole.asked - -(-len(TOWN) // 2)  # between blocks threads ask as time allows
    assert asked_by_layers > len(LAYERS)
    for patience in range(0, asked_by_layers, 3):
        with pytest.raises(Cancelled):
            run(progress=Counted(patience), workers=workers, block_sites=2)


class StopAfter:
    """Cancels when a step is told for the first time."""

    def __init__(self, key):
        self.key, self.is_there = key, False

    def report(self, share, step):
        self.is_there |= step.key == self.key

    def is_cancelled(self):
        return self.is_there


def test_rasters_are_closed_when_checking_is_stopped():
    RISK.reads.clear()
    with pytest.raises(Cancelled):
        run(progress=StopAfter("step.checked"), block_sites=2)
    assert RISK.reads.count("closed") == 1
    run()
    assert RISK.reads.count("closed") == 2


def test_rasters_are_closed_when_loading_is_stopped():
    RISK.reads.clear()
    first = catalogue(GRID, LAYERS["zones"][0])
    source = MemorySource({}, {"risk": RISK}, {REGION: table([AROUND], LONLAT)})
    with pytest.raises(Cancelled):
        load_layers(first, source, None, DAY, StopAfter("step.loading"))
    assert RISK.reads == ["closed"]


def test_progress_grows_from_0_to_1_in_steps_that_can_be_read():
    progress = Counted()
    run(progress=progress, block_sites=2)
    assert progress.shares == sorted(progress.shares)
    assert progress.shares[0] >= 0
    assert progress.shares[-1] == pytest.approx(1)
    for step in progress.steps:
        assert step.text("en") != step.text("zh")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_cell_is_text_number_or_nothing(language):
    for table_ in run(language=language).tables:
        names = [column.name for column in table_.columns]
        assert len(names) == len(set(names))
        for column in table_.columns:
            values = table_[column.name]
            assert len(values) == len(table_)
            if column.type is ColumnType.TEXT:
                assert all(type(value) is str for value in values), column.name
                assert not any(re.search(r"[{}]", value) for value in values), column.name
            elif column.type is ColumnType.INTEGER:
                assert values.dtype == np.int64
                assert (values >= NO_COUNT).all()
            else:
                assert values.dtype == np.float64, column.name


def test_one_run_speaks_both_languages():
    silent = run(language=None)
    english, chinese = (everything(silent.in_language(language)) for language in ("en", "zh"))
    assert english == TRUTH
    assert chinese == everything(run(language="zh"))
    quoting = ("citation", "explanation")  # the law is in its own language
    said = {
        "site_verdict": ["reason"],
        "finding": ["message", "margin", "citation", "explanation"],
        "not_evaluated": ["why"],
    }
    for name, columns in said.items():
        for one, other in zip(english[name], chinese[name], strict=True):
            for column, value in one.items():
                if column in columns:
                    assert re.search("[\u4e00-\u9fff]", other[column]), (name, column, other)
                    assert column in quoting or not re.search("[\u4e00-\u9fff]", value)
                elif column != "advice":
                    assert value == other[column], (name, column)


def test_advice_comes_in_the_language_asked_for():
    for language, advice in (("en", "Move."), ("zh", "另选址。")):
        findings = run(language=language).finding.where("rule_id", "W1")
        assert set(findings["advice"]) == {advice}


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:1", "nonsense"])
def test_a_plane_that_is_no_plane_is_refused(crs):
    with pytest.raises(CatalogueError) as refusal:
        assess(sites(), catalogue(planar_crs=crs), [], Options(as_of=DAY), MemorySource({}))
    assert crs in str(refusal.value)


def test_without_a_planar_crs_each_site_has_its_own_zone():
    source = MemorySource({"zones": numbered()}, {}, {REGION: table([AROUND], LONLAT)})
    west, east = shapely.box(118, 24, 118.01, 24.01), shapely.box(119, 24, 119.01, 24.01)
    result = assess(
        sites(west, east, shapely.Point(118, 24), crs=LONLAT),
        catalogue(entry(), planar_crs=""),
        [],
        Options(as_of=DAY),
        source,
    )
    assert result.site_verdict["planar_crs"].tolist() == ["EPSG:4548", "EPSG:4549", ""]
    ratio = result.site_verdict["area_planar_m2"] / result.site_verdict["area_ellipsoid_m2"]
    assert ((ratio[:2] > 1) & (ratio[:2] < 1.0007)).all()


def test_a_region_without_sites_has_empty_tables():
    result = check(sites(), [(entry(), numbered(rect(0, 0, 9, 9)))], rule())
    assert [len(t) for t in result.contract_tables if t.name != "run"] == [0] * 6
    assert only(result.run, key="sites.count")["value"] == "0"


def test_a_poisoned_site_spoils_only_itself(monkeypatch):
    # GEOS fails on whatever comes near the third of five yards
    measure = measuring.find_overlaps
    bad = sites(rect(2_000, 0, 50, 50)).geometries[0]

    def fragile(geometries, layer):
        if shapely.intersects(geometries, bad).any():
            raise GEOSException("TopologyException: side location conflict")
        return measure(geometries, layer)

    monkeypatch.setattr(measuring, "find_overlaps", fragile)
    yards = [rect(1_000 * k, 0, 50, 50) for k in range(5)]
    result = check(sites(*yards), [(entry(), numbered(rect(0, 0, 9, 9)))], rule())
    assert result.site_layer["status"].tolist() == ["hit", "no_hit", "failed", "no_hit", "no_hit"]
    verdict = result.site_verdict["verdict"].tolist()
    assert verdict == ["prohibited", "clear", "no_data", "clear", "clear"]
    told = only(result.not_evaluated)
    assert (told["site_id"], told["what"]) == ("s3", "layer:zones")
    assert "side location conflict" in told["why"]
    assert not result.is_complete


def test_the_run_is_recorded():
    record = {row["key"]: row["value"] for row in TRUTH["run"]}
    assert record["as_of"] == "2026-11-23"
    assert record["rings_m"] == "500,1000,2500"
    assert record["sites.count"] == "6"
    assert record["pack.test.version"] == "1"
    assert record["layer.zones.features"] == "2"
    assert record["layer.zones.sha256"] == "0" * 64
    assert record["layer.risk.sha256"] == "3" * 64
    assert "l.shp" in record["layer.lost.problem"]
    for package in ("eco_onemap", "python", "numpy", "shapely", "geos", "pyproj", "proj"):
        assert re.match(r"\d+\.\d+", record[f"{package}.version"]), package
    assert not any("/data" in value for value in record.values())  # no folder of this computer


class Shelf:
    """A cache in memory."""

    def __init__(self):
        self.layers, self.found = {}, 0

    def find(self, layer, fingerprint):
        kept = self.layers.get(layer.id)
        if kept is None or kept.fingerprint != fingerprint:
            return None
        self.found += 1
        return kept

    def store(self, layer, compiled):
        self.layers[layer.id] = compiled
        return True


def test_a_cached_layer_gives_the_same_and_a_changed_one_is_compiled_anew():
    class Source(MemorySource):
        def fingerprint(self, layer):
            return {**self.files, **self.tables}[layer.id].fingerprint

    def find(features, cache):
        source = Source({"zones": features}, {}, {REGION: table([AROUND], LONLAT)})
        yard = sites(rect(0, 0, 100, 100))
        return assess(
            yard, catalogue(entry()), [pack(rule())], Options(as_of=DAY), source, None, cache
        ).in_language("en")

    shelf, features = Shelf(), numbered(rect(50, 50, 80, 80))
    first, second = find(features, shelf), find(features, shelf)
    assert shelf.found == 2  # the zones and the region
    assert everything(first) == everything(second) == everything(find(features, None))
    moved = dataclasses.replace(numbered(rect(500, 50, 80, 80)), fingerprint="4" * 64)
    assert find(moved, shelf).site_verdict["verdict"].tolist() == ["clear"]
    assert shelf.found == 3  # the region only
