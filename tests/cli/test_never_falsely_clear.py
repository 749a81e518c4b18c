# SPDX-License-Identifier: GPL-2.0-or-later
"""A site beside which something is wrong with a needed layer is never clear, seen from outside.

One site of a hundred metres lies in a city of units, red line and water zones, and is clear. Then
one thing at a time goes wrong with the data, as it does in offices, and the command is run again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fiona
import numpy as np
import pytest
import rasterio
import shapely
import yaml
from rasterio.transform import from_origin

pytestmark = pytest.mark.slow

X, Y = 600_000.0, 2_711_000.0  # in the plane of CGCS2000, 3° zone on 117° E
SITE = shapely.box(X, Y, X + 100, Y + 100)
AROUND = shapely.box(X - 3000, Y - 3000, X + 3000, Y + 3000)
FAR = shapely.box(X + 2000, Y + 2000, X + 2100, Y + 2100)
PLANE = "EPSG:4548"
DAY = "2026-11-23"
RULES = """
pack: test
version: "1"
jurisdiction: nowhere
language: en
rules:
  - {id: T1, title: In the red line, roles: [eco_redline], verdict: prohibited, basis: [BASIS]}
  - {id: T2, title: In a high class, roles: [sea_risk], where: {class: "3"}, verdict: restricted,
     basis: [BASIS]}
"""
BASIS = '{law: Law, article: "1", effective_from: 2020-01-01, text: forbidden, verified: true}'


def write(path: Path, shapes, crs=PLANE, **columns) -> None:
    schema = {"geometry": "Unknown", "properties": dict.fromkeys(["id", *columns], "str")}
    with fiona.open(path, "w", driver="GPKG", layer=path.stem, crs=crs, schema=schema) as target:
        for number, shape in enumerate(shapes):
            told = {
                "id": f"f{number + 1}",
                **{name: text[number] for name, text in columns.items()},
            }
            geometry = shape and shapely.geometry.mapping(shape)
            target.write({"type": "Feature", "geometry": geometry, "properties": told})


def write_grid(path: Path, values) -> None:
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "crs": PLANE, "nodata": 0}
    place = from_origin(X - 3000, Y + 3000, 100, 100)
    size = {"height": 60, "width": 60, "transform": place}
    with rasterio.open(path, "w", **profile, **size) as target:
        target.write(values, 1)


@dataclass
class City:
    """A folder with a one map; each situation changes files or the catalogue."""

    folder: Path

    def build(self) -> None:
        write(self.folder / "site.gpkg", [SITE])
        write(self.folder / "region.gpkg", [AROUND])
        write(self.folder / "redline.gpkg", [FAR], state=["in force"])
        halves = [shapely.box(X - 3000, Y - 3000, X + 500, Y + 3000),
                  shapely.box(X + 500, Y - 3000, X + 3000, Y + 3000)]  # fmt: skip
        write(self.folder / "units.gpkg", halves, code=["ZH99010130001", "ZH99010130002"])
        write_grid(self.folder / "risk.tif", np.ones((60, 60), dtype=np.uint8))
        self.rules(BASIS)
        self.catalogue(lambda layers: None)

    def rules(self, basis: str) -> None:
        (self.folder / "rules.yaml").write_text(RULES.replace("BASIS", basis), encoding="utf-8")

    def catalogue(self, change: Callable[[dict], None]) -> None:
        layers = {
            "redline": {"role": "eco_redline", "source": "redline.gpkg", "coverage": "complete"},
            "units": {"role": "control_unit", "source": "units.gpkg", "coverage": "complete",
                      "fields": {"id": "id", "unit_code": "code"}},
            "risk": {"role": "sea_risk", "source": "risk.tif", "classes": {1: "low", 3: "high"}},
        }  # fmt: skip
        change(layers)
        entries = [{"id": name, "title": name, **said} for name, said in layers.items()]
        said = {"onemap": 1, "title": "City", "region": "region.gpkg", "layers": entries}
        (self.folder / "onemap.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")

    def change(self, name: str, **more) -> None:
        self.catalogue(lambda layers: layers[name].update(more))


def missing_file(city: City) -> None:
    (city.folder / "redline.gpkg").unlink()


def empty_layer(city: City) -> None:
    write(city.folder / "redline.gpkg", [])


def empty_layer_of_unknown_extent(city: City) -> None:
    empty_layer(city)
    city.change("redline", coverage="extent")


def filter_that_drops_all(city: City) -> None:
    city.change("redline", where="state = '现行'")


def wrong_crs(city: City) -> None:
    """The coordinates of one zone with the name of the next: three degrees away."""
    write(city.folder / "redline.gpkg", [FAR], crs="EPSG:4549")


def no_crs(city: City) -> None:
    write(city.folder / "redline.gpkg", [FAR], crs=None)


def degrees_named_as_metres(city: City) -> None:
    write(city.folder / "redline.gpkg", [shapely.box(118.2, 24.4, 118.3, 24.5)])


def hole_in_coverage(city: City) -> None:
    hole = AROUND.difference(shapely.box(X + 40, Y + 40, X + 60, Y + 60))
    write(city.folder / "coverage.gpkg", [hole])
    city.change("redline", coverage="coverage.gpkg")


def coverage_file_lost(city: City) -> None:
    city.change("redline", coverage="coverage.gpkg")


def expired_layer(city: City) -> None:
    city.change("redline", valid_to="2025-12-31")


def layer_not_yet_in_force(city: City) -> None:
    city.change("redline", valid_from="2027-01-01")


def gap_between_units(city: City) -> None:
    halves = [shapely.box(X - 3000, Y - 3000, X + 40, Y + 3000),
              shapely.box(X + 45, Y - 3000, X + 3000, Y + 3000)]  # fmt: skip
    write(city.folder / "units.gpkg", halves, code=["ZH99010130001", "ZH99010130002"])


def no_unit(city: City) -> None:
    write(city.folder / "units.gpkg", [FAR], code=["ZH99010130001"])


def broken_geometry(city: City) -> None:
    """A feature whose coordinates are no numbers may lie anywhere."""
    broken = shapely.Polygon([(X, Y), (X + 10, np.nan), (X + 10, Y + 10), (X, Y)])
    write(city.folder / "redline.gpkg", [FAR, broken], state=["in force"] * 2)


def file_cut_short(city: City) -> None:
    path = city.folder / "redline.gpkg"
    path.write_bytes(path.read_bytes()[:20_000])


def nodata_below_the_site(city: City) -> None:
    values = np.ones((60, 60), dtype=np.uint8)
    values[28:31, 29:32] = 0
    write_grid(city.folder / "risk.tif", values)


def raster_that_ends_beside_the_site(city: City) -> None:
    with rasterio.open(
        city.folder / "risk.tif", "w", driver="GTiff", dtype="uint8", count=1, crs=PLANE, nodata=0,
        height=10, width=10, transform=from_origin(X - 3000, Y + 3000, 100, 100),
    ) as target:  # fmt: skip
        target.write(np.ones((10, 10), dtype=np.uint8), 1)


def raster_in_the_wrong_zone(city: City) -> None:
    city.change("risk", coverage="complete")
    with rasterio.open(city.folder / "risk.tif", "r+") as grid:
        grid.crs = "EPSG:4549"


def layer_renamed(city: City) -> None:
    city.change("redline", layer="redline_2024")


def role_without_a_layer_that_is_required(city: City) -> None:
    city.change("redline", source="nowhere.shp", required=True, role="free_role")


SITUATIONS = [
    *(missing_file, empty_layer, empty_layer_of_unknown_extent, filter_that_drops_all, wrong_crs),
    *(no_crs, degrees_named_as_metres, hole_in_coverage, coverage_file_lost, expired_layer),
    *(layer_not_yet_in_force, gap_between_units, no_unit, broken_geometry, file_cut_short),
    *(nodata_below_the_site, raster_that_ends_beside_the_site, raster_in_the_wrong_zone),
    *(layer_renamed, role_without_a_layer_that_is_required),
]


@pytest.fixture
def city(tmp_path):
    city = City(tmp_path)
    city.build()
    return city


def check(run, city: City, *more):
    """Return exit code, verdict and reasons of the site, as the files say."""
    out = city.folder / "results.gpkg"
    done = run("check", "--sites", city.folder / "site.gpkg", "--catalogue",
               city.folder / "onemap.yaml", "--rules", city.folder / "rules.yaml", "--as-of", DAY,
               "--out", out, *more)  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode == 2:
        return 2, "refused", done.stderr
    with sqlite3.connect(out) as database:
        ((verdict, reason),) = database.execute("SELECT verdict, reason FROM site_verdict")
        gaps = database.execute("SELECT what, why FROM not_evaluated").fetchall()
    return done.returncode, verdict, f"{reason} {gaps}"


def test_the_site_is_clear_while_nothing_is_wrong(run, city):
    assert check(run, city)[:2] == (0, "clear")


@pytest.mark.parametrize("happens", SITUATIONS, ids=lambda one: one.__name__)
def test_what_goes_wrong_with_a_layer_never_leaves_a_site_clear(run, city, happens):
    happens(city)
    code, verdict, why = check(run, city)
    assert verdict == "no_data", why
    assert code in (0, 1)


def test_a_layer_that_is_said_to_be_empty_lets_a_site_be_clear(run, city):
    empty_layer(city)
    city.change("redline", empty=True)
    assert check(run, city)[:2] == (0, "clear")


@pytest.mark.parametrize(
    ("basis", "verdict"),
    [
        (BASIS, "prohibited"),
        (BASIS.replace("2020-01-01", "2027-01-01"), "study"),  # not yet in force
        (BASIS.replace("2020-01-01", "2020-01-01, effective_to: 2026-11-22"), "study"),
        (BASIS.replace(", verified: true", ""), "study"),
    ],
    ids=["in force", "not yet", "repealed", "not verified"],
)
def test_a_conflict_without_law_in_force_is_to_be_studied(run, city, basis, verdict):
    write(city.folder / "redline.gpkg", [SITE.buffer(50)], state=["in force"])
    city.rules(basis)
    assert check(run, city)[1] == verdict
