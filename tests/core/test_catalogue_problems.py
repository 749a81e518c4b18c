# SPDX-License-Identifier: GPL-2.0-or-later
"""Each problem of a catalogue is found, says what is wrong, and goes when its cure is applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eco_onemap.core.law.needs import needed_attributes
from eco_onemap.core.law.rule_reading import read_unchecked
from eco_onemap.core.layers.building.description import FieldDescription, Form, LayerDescription
from eco_onemap.core.layers.building.draft import draft_layer, entry_of, new_id, title_of
from eco_onemap.core.layers.building.problem import Problem, Seen, Surroundings, Weight
from eco_onemap.core.layers.building.problems import find_problems
from eco_onemap.core.layers.building.source_problems import crs_of_bounds
from eco_onemap.core.layers.catalogue import parse_catalogue
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.core.messages import message
from eco_onemap.paths import resource

FOLDER = Path("/data")
ENTRY = {
    "id": "zones",
    "role": "drinking_zone",
    "title": "水源",
    "source": "zones.shp",
    "fields": {"id": "BHQBM", "name": "BHQMC", "level": "BHQJB"},
    "coverage": "complete",
    "version": "2024",
}
FIELDS = (
    FieldDescription("BHQBM", ("A1", "A2")),
    FieldDescription("BHQMC", ("甲", "乙")),
    FieldDescription("BHQJB", ("1", "2")),
)
GOOD = LayerDescription(
    "水源", "/data/zones.shp", form=Form.POLYGON, fields=FIELDS, crs="EPSG:4490"
)
NEEDS = {"drinking_zone": ("level",)}
AROUND = Surroundings(FOLDER, {0: Seen(GOOD)}, NEEDS, exists=lambda path: True)


def catalogue(*entries: dict, **top: object) -> CatalogueText:
    found = CatalogueText("onemap: 1\ntitle: T\nregion: r.gpkg\nlayers: []\n", "onemap.yaml")
    for entry in entries:
        found = found.with_entry(entry)
    for key, value in top.items():
        found = found.with_value((key,), value)
    return found


def without(entry: dict, *keys: str) -> dict:
    return {key: value for key, value in entry.items() if key not in keys}


def problems(found: CatalogueText, around: Surroundings = AROUND) -> list[Problem]:
    return list(find_problems(found, around))


def only(found: CatalogueText, around: Surroundings = AROUND) -> Problem:
    (problem,) = problems(found, around)
    for language in ("en", "zh"):
        assert "{" not in problem.text.text(language)
        assert all("{" not in cure.text.text(language) for cure in problem.cures)
    return problem


def test_a_good_catalogue_has_no_problem() -> None:
    assert problems(catalogue(ENTRY)) == []


CURED = {
    "issued in another form": ({**ENTRY, "issued": "2024年6月3日"}, "issued", date(2024, 6, 3)),
    "issued with slashes": ({**ENTRY, "issued": "2024/6/30"}, "issued", date(2024, 6, 30)),
    "secrecy in Chinese": ({**ENTRY, "secrecy": "涉密"}, "secrecy", "sensitive"),
    "required in words": ({**ENTRY, "required": "是"}, "required", True),
    "accuracy with unit": ({**ENTRY, "accuracy_m": "5 m"}, "accuracy_m", 5),
    "no id": (without(ENTRY, "id"), "id", "drinking_zone"),
    "no title": (without(ENTRY, "title"), "title", "饮用水水源保护区"),
    "misspelt key": ({**ENTRY, "autority": "某局"}, "authority", "某局"),
    "unknown field": (
        {**ENTRY, "fields": {**ENTRY["fields"], "level": "JB"}},
        "fields",
        ENTRY["fields"],
    ),
    "needed field": (
        {**ENTRY, "fields": {"id": "BHQBM", "name": "BHQMC"}},
        "fields",
        ENTRY["fields"],
    ),
    "no name": (
        {**ENTRY, "fields": {"id": "BHQBM", "level": "BHQJB"}},
        "fields",
        ENTRY["fields"],
    ),
}


@pytest.mark.parametrize(("entry", "key", "value"), CURED.values(), ids=CURED)
def test_the_first_cure_of_an_entry_does_away_with_its_problem(
    entry: dict, key: str, value: object
) -> None:
    found = catalogue(entry)
    cured = only(found).cures[0].apply(found)
    assert cured.layers[0][key] == value
    assert problems(cured) == []


def test_several_faults_of_an_entry_are_told_at_once() -> None:
    found = catalogue({**ENTRY, "issued": "soon", "secrecy": "?", "accuracy_m": [1]})
    places = {problem.text.args["place"] for problem in problems(found)}
    assert places == {"layers[0].issued", "layers[0].secrecy", "layers[0].accuracy_m"}
    for problem in problems(found):
        found = problem.cures[0].apply(found)
    assert problems(found) == []


def test_days_in_the_wrong_order_are_swapped() -> None:
    found = catalogue({**ENTRY, "valid_from": date(2025, 1, 1), "valid_to": date(2024, 1, 1)})
    cured = only(found).cures[0].apply(found)
    entry = cured.layers[0]
    assert (entry["valid_from"], entry["valid_to"]) == (date(2024, 1, 1), date(2025, 1, 1))


def test_the_same_id_twice() -> None:
    other = {**ENTRY, "source": "other.shp"}
    around = replace(AROUND, seen={})
    found = catalogue(ENTRY, other)
    problem = only(found, around)
    assert (problem.weight, problem.layer) == (Weight.ERROR, 1)
    assert [e["id"] for e in problem.cures[0].apply(found).layers] == ["zones", "zones_2"]


def test_the_same_source_twice() -> None:
    around = replace(AROUND, seen={})
    problem = only(catalogue(ENTRY, {**ENTRY, "id": "again"}), around)
    assert (problem.text.key, problem.layer) == ("problem.same_source", 1)


def test_a_missing_file_that_lies_elsewhere() -> None:
    failure = message("reader.missing_file", path="/data/zones.shp")
    around = replace(AROUND, seen={0: Seen(None, failure, "/data/new/zones.shp")})
    found = catalogue(ENTRY)
    problem = only(found, around)
    assert problem.text == failure
    assert problem.cures[0].apply(found).layers[0]["source"] == "new/zones.shp"


@pytest.mark.parametrize(
    ("bounds", "crs"),
    [
        ((118.1, 24.4, 118.3, 24.6), "EPSG:4490"),
        ((39_500_000.0, 2_700_000.0, 39_520_000.0, 2_720_000.0), "EPSG:4527"),  # zone 39, 117°E
        ((20_500_000.0, 2_700_000.0, 20_520_000.0, 2_720_000.0), "EPSG:4498"),  # 6° zone 20
        ((500_000.0, 2_700_000.0, 520_000.0, 2_720_000.0), ""),
        (None, ""),
    ],
)
def test_a_missing_crs_is_proposed_where_the_numbers_tell_it(bounds: tuple, crs: str) -> None:
    assert crs_of_bounds(bounds) == crs
    around = replace(AROUND, seen={0: Seen(replace(GOOD, crs=None, bounds=bounds))})
    found = catalogue(ENTRY)
    problem = only(found, around)
    assert problem.text.key == "problem.no_crs"
    assert [cure.apply(found).layers[0]["crs"] for cure in problem.cures] == ([crs] if crs else [])


def test_a_coverage_file_that_is_not_there() -> None:
    around = replace(AROUND, exists=lambda path: path.name != "cover.gpkg")
    found = catalogue({**ENTRY, "coverage": "cover.gpkg"})
    problem = only(found, around)
    assert problem.text.key == "problem.no_coverage_file"
    assert problem.cures[0].apply(found).layers[0]["coverage"] == "unknown"


@pytest.mark.parametrize(("required", "weight"), [(True, Weight.WARNING), (False, Weight.HINT)])
def test_unknown_coverage_weighs_more_where_a_layer_is_required(required, weight) -> None:
    problem = only(catalogue({**ENTRY, "coverage": "unknown", "required": required}))
    assert problem.weight is weight


def test_a_layer_that_looks_like_another_role() -> None:
    found = catalogue({**ENTRY, "role": "grid", "fields": {"id": "BHQBM", "name": "BHQMC"}})
    problem = next(p for p in problems(found) if p.text.key == "problem.other_role")
    assert problem.cures[0].apply(found).layers[0]["role"] == "drinking_zone"


def test_complete_needs_a_region() -> None:
    admin = {**ENTRY, "id": "admin", "role": "admin", "source": "admin.gpkg"}
    around = replace(AROUND, seen={}, needs={})
    found = catalogue(ENTRY, admin, region=None)
    problem = only(found, around)
    assert problem.text.key == "catalogue.no_region"
    assert problem.cures[0].apply(found).data["region"] == "admin.gpkg"


@pytest.mark.parametrize(
    ("top", "key"),
    [
        ({"title": None}, "problem.no_title"),
        ({"planar_crs": "EPSG:4490"}, "problem.planar_crs"),
        ({"planar_crs": "nonsense"}, "problem.planar_crs"),
        ({"regoin": "x"}, "yaml.unknown_key"),
    ],
)
def test_problems_of_the_whole(top: dict, key: str) -> None:
    found = catalogue(ENTRY, **top)
    problem = only(found)
    assert (problem.text.key, problem.layer) == (key, None)
    for cure in problem.cures:
        assert problems(cure.apply(found)) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("bounds: [1, 2, 3]", "bounds"),
        ("access_lists: [{id: a}]", "access_lists[0].source"),
    ],
)
def test_whatever_keeps_a_check_from_reading_is_an_error(line: str, place: str) -> None:
    found = catalogue(ENTRY)
    problem = only(CatalogueText(found.text + line + "\n", "onemap.yaml"))
    assert problem.weight is Weight.ERROR
    assert problem.text.args["place"] == place


def test_another_version_of_the_format_is_an_error() -> None:
    found = catalogue(ENTRY)
    problem = only(CatalogueText(found.text.replace("onemap: 1", "onemap: 2"), "onemap.yaml"))
    assert (problem.weight, problem.text.args["place"]) == (Weight.ERROR, "onemap")


def test_roles_that_rules_need_are_named_and_layers_at_hand_offered() -> None:
    redline = LayerDescription(
        "生态保护红线",
        "/data/hx.shp",
        form=Form.POLYGON,
        fields=(FieldDescription("HXMC", ("甲",)),),
    )
    needs = {**NEEDS, "eco_redline": ("in_core",)}
    around = replace(AROUND, needs=needs, offered=(draft_layer(redline),))
    found = catalogue(ENTRY)
    problem = only(found, around)
    assert (problem.weight, problem.text.key) == (Weight.HINT, "problem.absent_roles")
    cured = problem.cures[0].apply(found)
    assert cured.layers[1] == {
        "id": "eco_redline",
        "role": "eco_redline",
        "title": "生态保护红线",
        "source": "hx.shp",
        "fields": {"name": "HXMC"},
        "coverage": "unknown",
        "secrecy": "internal",
    }
    assert parse_catalogue(cured.text, FOLDER / "onemap.yaml").layers[1].role == "eco_redline"


def test_doubtful_fields_are_offered_as_doubtful_and_not_taken() -> None:
    fields = (FieldDescription("BHQMC", ("甲",)), FieldDescription("X", ("一级", "二级")))
    draft = draft_layer(replace(GOOD, fields=fields), "drinking_zone")
    assert "level" not in entry_of(draft, FOLDER, (), "zh")["fields"]
    found = catalogue({**ENTRY, "fields": {"name": "BHQMC"}})
    problem = only(found, replace(AROUND, seen={0: Seen(replace(GOOD, fields=fields))}))
    assert "存疑" in problem.cures[0].text.text("zh")


def test_what_the_national_pack_needs() -> None:
    needs = needed_attributes([read_unchecked(resource("rules", "cn-national.yaml"))])
    assert needs["drinking_zone"] == ("level",)
    assert needs["sea_risk"] == ("key_area", "level")
    assert set(needs["soil_suspect"]) == {"industry", "kind"}
    assert "stage" in needs["soil_register"]
    assert "failure" not in needs["soil_register"]
    assert not {"access_list", "intake_downstream"} & set(needs)


def test_identifiers_and_titles() -> None:
    assert new_id("eco_redline", ["eco_redline", "eco_redline_2"]) == "eco_redline_3"
    assert new_id("红线", []) == "layer"
    assert new_id("My Layer-1", []) == "my_layer_1"
    assert title_of(LayerDescription("图层", "/a.shp"), "pbf", "zh") == "图层"
    assert title_of(LayerDescription("a1", "/a.shp"), "pbf", "zh") == "永久基本农田"
    assert title_of(LayerDescription("", "/a.shp"), "", "zh") == "a"


@pytest.mark.parametrize(("where", "key"), [("", "layer.vacant"), ("a = 1", "layer.filtered")])
def test_a_layer_without_features_is_told_until_it_is_said_to_be_meant(
    where: str, key: str
) -> None:
    bare = replace(GOOD, fields=tuple(FieldDescription(field.name) for field in FIELDS))
    around = replace(AROUND, seen={0: Seen(bare)})
    found = catalogue({**ENTRY, **({"where": where} if where else {})})
    (told,) = [each for each in problems(found, around) if each.text.key == key]
    assert told.weight is Weight.WARNING
    (cure,) = told.cures
    cured = cure.apply(found)
    assert cured.layers[0]["empty"] is True
    assert key not in [each.text.key for each in problems(cured, around)]
    assert key not in [each.text.key for each in problems(found)]  # which has features
