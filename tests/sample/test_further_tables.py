# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample city shows units, clauses, intakes, sources, neighbours, candidates and passes."""

from __future__ import annotations

import csv
import re
import sqlite3
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml

from eco_onemap.cli.main import run
from eco_onemap.core.layers.catalogue import parse_catalogue
from eco_onemap.paths import sample

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Results of the command line, as GeoPackage and CSV."""
    target = tmp_path_factory.mktemp("further")
    arguments = ["check", "--sites", str(sample("sites.gpkg")), "--as-of", "2026-11-23",
                 "--catalogue", str(sample("onemap.yaml")), "--out", str(target / "results.gpkg"),
                 "--csv", str(target), "--no-cache", "--terms", "three_lines"]  # fmt: skip
    assert run([*arguments, "--language", "zh"]) == 1  # some sites cannot be checked
    return target


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


TABLES = ["site_unit", "clause", "site_intake", "site_source", "site_target",
          "site_population", "neighbour", "candidate",
          "crossing", "pass"]  # fmt: skip


def test_they_follow_the_tables_of_every_run(folder):
    with sqlite3.connect(folder / "results.gpkg") as database:
        names = [name for (name,) in database.execute(
            "SELECT table_name FROM gpkg_contents ORDER BY rowid")]  # fmt: skip
        counts = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                  for name in TABLES}  # fmt: skip
    assert names[-len(TABLES) - 1 :] == [*TABLES, "input"]  # what the run was given is kept last
    assert counts == {name: len(rows(folder, name)) for name in TABLES}


def clauses(folder, site):
    return {
        (row["level"], row["clause_no"]): row
        for row in rows(folder, "clause")
        if row["site_id"] == site
    }


def test_the_clause_of_the_coast_is_broken_near_it_and_kept_inland(folder):
    near, inland = (clauses(folder, site)["市级", "1-1"] for site in ("P71", "P72"))
    assert (near["answer"], inland["answer"]) == ("不符合", "符合")
    assert float(near["measured"]) < 1000 < float(inland["measured"])
    assert "C2614" in near["facts"]


def test_every_clause_of_a_site_has_its_row_and_most_wait_for_a_person(folder):
    said = clauses(folder, "P72")  # a general unit: four of the province, four of the city, four
    assert len(said) == 12
    assert {row["answer"] for row in said.values()} == {"符合", "不涉及", "待人工判定"}
    readable = [row for row in said.values() if row["answer"] != "待人工判定"]
    assert len(readable) == 2  # the coast, and the farms of which the project is none


def test_units_are_named_in_the_chosen_words(folder):
    units = [row for row in rows(folder, "site_unit") if row["site_id"] == "P62"]
    assert [row["what"] for row in units] == ["环境管控单元"] * 2
    assert sum(float(row["share_pct"]) for row in units) == pytest.approx(100, abs=1e-3)


def test_the_register_entry_in_words_is_a_candidate(folder):
    (found,) = rows(folder, "candidate")
    assert (found["site_id"], found["matched_by"]) == ("P46", "name")
    assert "农药厂" in found["feature_name"]
    assert found["bounds_text"]


def test_the_intake_of_the_river_lies_below_the_works_upstream(folder):
    found = {row["site_id"]: row for row in rows(folder, "site_intake")}
    assert found["P03"]["relation"] == "upstream"
    assert float(found["P03"]["along_m"]) > float(found["P03"]["straight_m"])


def test_the_road_across_two_counties_is_to_be_discussed_with_both(folder):
    both = {row["code"] for row in rows(folder, "neighbour")
            if row["site_id"] == "L01" and row["consult"]}  # fmt: skip
    assert both == {"990101", "990102"}


def test_passes_say_what_lies_nearest(folder):
    found = {row["rule_id"]: row for row in rows(folder, "pass") if row["site_id"] == "P60"}
    near = found["R7"]
    assert float(near["headroom"]) == pytest.approx(float(near["nearest_m"]) - 500, abs=1e-3)
    assert "生态保护红线" in near["nearest_name"]


def test_a_workbook_gives_the_same_clauses_as_the_csv(folder, tmp_path):
    book = openpyxl.Workbook()
    with sample("access_list.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            book.active.append(row)
    book.save(tmp_path / "access_list.xlsx")
    text = sample("onemap.yaml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    for layer in said["layers"]:
        layer["source"] = str(sample(layer["source"]))
        if layer.get("coverage", "").endswith(".gpkg"):
            layer["coverage"] = str(sample(layer["coverage"]))
    said["region"] = str(sample("admin.gpkg"))
    said["access_lists"][0]["source"] = "access_list.xlsx"
    (tmp_path / "onemap.yaml").write_text(
        yaml.safe_dump(said, allow_unicode=True), encoding="utf-8"
    )
    arguments = ["check", "--sites", str(sample("sites.gpkg")), "--as-of", "2026-11-23",
                 "--catalogue", str(tmp_path / "onemap.yaml"), "--csv", str(tmp_path),
                 "--out", str(tmp_path / "results.gpkg"), "--no-cache"]  # fmt: skip
    assert run([*arguments, "--language", "zh"]) == 1
    assert rows(tmp_path, "clause") == rows(folder, "clause")


@pytest.mark.parametrize("name", ["further-checks.md", "further-checks.zh.md"])
def test_the_documented_entry_is_read(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    layer = "layers:\n  - {id: a, role: b, title: c, source: d.gpkg}\n"
    catalogue = parse_catalogue(
        f"onemap: 1\ntitle: t\nregion: r.gpkg\n{layer}{block}", Path("onemap.yaml")
    )
    (entry,) = catalogue.access_lists
    assert (entry.level, entry.scope, entry.valid_from) == ("单元", "990100", date(2024, 7, 1))
    assert catalogue.notes == ()


def test_the_pipeline_crosses_the_second_class_zone_by_chainage(folder):
    """As L02 is routed: in the zone for as long as its overlap says, and nowhere in class one."""
    found = [
        row for row in rows(folder, "crossing")
        if row["site_id"] == "L02" and row["layer_id"] == "drinking_zones"
    ]  # fmt: skip
    inside = [row for row in found if row["feature_id"].endswith("-2")]
    (hit,) = [
        row for row in rows(folder, "hit")
        if row["site_id"] == "L02" and row["feature_id"] == inside[0]["feature_id"]
    ]  # fmt: skip
    assert float(inside[0]["length_m"]) == pytest.approx(float(hit["overlap_length_m"]), abs=1e-3)
    assert inside[0]["chainage"] == "K0+037–K2+735"
    assert {row["passage"] for row in found if row["feature_id"].endswith("-1")} == {"near"}


def test_only_lines_have_crossings(folder):
    assert {row["site_id"][0] for row in rows(folder, "crossing")} == {"L"}
