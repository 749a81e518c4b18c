# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue and the reader of YAML beneath it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.layers import catalogue as catalogue_module
from eco_onemap.core.layers.catalogue import CoverageKind, Secrecy, parse_catalogue, read_catalogue
from eco_onemap.core.reading import Section, parse_yaml
from eco_onemap.paths import resource, sample

SCHEMA = json.loads(resource("schemas", "onemap.schema.json").read_text(encoding="utf-8"))
PATH = Path("/data/onemap.yaml")

# A catalogue that uses every key; the second layer only what it must.
FULL = """
onemap: 1
title: 海湾市生态环境一张图
planar_crs: EPSG:4527
region: region.gpkg
layers:
  - id: redline
    role: eco_redline
    title: 生态保护红线
    source: layers/redline.gpkg
    layer: redline
    where: "status = 'in force'"
    encoding: GB18030
    crs: EPSG:4490
    fields: {id: HJGKDYBM, name: HJGKDYMC}
    classes: {1: 低, 2: 较低}
    coverage: cover.gpkg
    version: 2024
    issued: 2024-06-30
    valid_from: 2024-07-01
    valid_to: "2026-12-31"
    authority: 海湾市自然资源局
    secrecy: sensitive
    accuracy_m: 5
    required: true
  - {id: wells, role: water_intake, title: 取水口, source: "postgresql://host/db"}
"""


def parse(text):
    return parse_catalogue(text, PATH)


def test_every_key_arrives():
    found = parse(FULL)
    assert (found.title, found.planar_crs) == ("海湾市生态环境一张图", "EPSG:4527")
    assert (found.path, found.region) == ("/data/onemap.yaml", "/data/region.gpkg")
    redline = found.layer("redline")
    assert (redline.id, redline.role, redline.title) == ("redline", "eco_redline", "生态保护红线")
    assert redline.source == "/data/layers/redline.gpkg"
    assert (redline.layer, redline.where) == ("redline", "status = 'in force'")
    assert (redline.encoding, redline.crs) == ("GB18030", "EPSG:4490")
    assert redline.fields == {"id": "HJGKDYBM", "name": "HJGKDYMC"}
    assert redline.classes == {1: "低", 2: "较低"}
    assert (redline.coverage.kind, redline.coverage.path) == (
        CoverageKind.FILE,
        "/data/cover.gpkg",
    )
    assert (redline.version, redline.issued) == ("2024", date(2024, 6, 30))
    assert (redline.valid_from, redline.valid_to) == (date(2024, 7, 1), date(2026, 12, 31))
    assert (redline.authority, redline.secrecy) == ("海湾市自然资源局", Secrecy.SENSITIVE)
    assert (redline.accuracy_m, redline.required) == (5.0, True)


def test_what_is_not_said_is_unknown_and_not_required():
    wells = parse(FULL).layer("wells")
    assert wells.source == "postgresql://host/db"  # not a path beside the catalogue
    assert wells.coverage.kind is CoverageKind.UNKNOWN
    assert (wells.secrecy, wells.required, wells.accuracy_m) == (Secrecy.INTERNAL, False, 0.0)


def test_a_layer_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        parse(FULL).layer("none")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_both_days_of_validity_count(day, expected):
    redline, wells = parse(FULL).layers
    assert redline.in_force(day) is expected
    assert wells.in_force(day)


@pytest.mark.parametrize("kind", ["complete", "extent", "unknown"])
def test_named_coverages_are_no_files(kind):
    coverage = parse(FULL.replace("cover.gpkg", kind)).layer("redline").coverage
    assert (coverage.kind.value, coverage.path) == (kind, "")


@pytest.mark.parametrize(
    ("old", "new", "place", "cause"),
    [
        ("onemap: 1", "onemap: 2", "at onemap", "use one of: 1"),
        ("title: 海湾市生态环境一张图", "title:", "at title", "missing"),
        ("id: redline", "id: wells", "at layers[1].id", "'wells' is used twice"),
        ("role: eco_redline", "role: [a]", "layers[0].role", "a text"),
        ("source: layers/redline.gpkg", "source: ''", "layers[0].source", "missing"),
        ("secrecy: sensitive", "secrecy: secret", "layers[0].secrecy", "public, internal"),
        ("accuracy_m: 5", "accuracy_m: 5 m", "layers[0].accuracy_m", "a number"),
        ("required: true", "required: 是", "layers[0].required", "true or false"),
        ("issued: 2024-06-30", "issued: June", "layers[0].issued", "a date like"),
        ('"2026-12-31"', '"2026-02-30"', "layers[0].valid_to", "a date like"),
        ("{1: 低, 2: 较低}", "{low: 低}", "layers[0].classes", "whole numbers"),
        ("{id: HJGKDYBM, name: HJGKDYMC}", "HJGKDYBM", "layers[0].fields", "a mapping"),
    ],
)
def test_a_wrong_catalogue_names_file_place_and_cause(old, new, place, cause):
    assert old in FULL
    with pytest.raises(CatalogueError) as caught:
        parse(FULL.replace(old, new))
    for part in (str(PATH), place, cause):
        assert part in str(caught.value)
    assert caught.value.message.text("zh")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("a: [1", r"line \d+: this is not valid YAML"),
        ("a: 1\nb: 2\na: 3", "line 3: .*'a' is given twice"),
        ("- 1", "a mapping"),
        ("", "a mapping"),
        ("onemap: 1\ntitle: x\nlayers: []", "at layers: a list with at least one"),
    ],
)
def test_what_is_no_catalogue_is_refused(text, cause):
    with pytest.raises(CatalogueError, match=cause):
        parse(text)


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "onemap.yaml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(FULL, encoding=encoding)
        found = read_catalogue(path)
        assert found.layer("redline").source == str(tmp_path / "layers" / "redline.gpkg")
    path.write_text(FULL, encoding="gb18030")
    for unreadable in (path, tmp_path / "none.yaml"):
        with pytest.raises(CatalogueError, match=unreadable.name):
            read_catalogue(unreadable)


# --- sections


def section(text):
    return Section(parse_yaml(text, "f.yaml", CatalogueError), "f.yaml", "top", CatalogueError)


def test_sections_read_each_kind_of_value():
    read = section("t: 12.5\nl: [a, 1]\none: x\nd: 2024-02-29\nn: null\nm: {a: 1}\nf: false")
    assert read.text("t") == "12.5"
    assert (read.texts("l"), read.texts("one"), read.texts("none")) == (("a", "1"), ("x",), ())
    assert read.optional_date("d") == date(2024, 2, 29)
    assert ("t" in read, "n" in read, "none" in read) == (True, False, False)
    assert read.text_mapping("m") == {"a": "1"}
    assert read.optional_flag("f") is False
    assert read.optional_number("none", 3.0) == 3.0
    assert read.section("m").place == "top.m"
    assert read.section("n") is None
    assert read.keys == ("t", "l", "one", "d", "n", "m", "f")


def test_a_time_counts_as_its_day():
    stamp = Section({"d": datetime(2024, 2, 29, 12)}, "f", "", CatalogueError)
    assert stamp.optional_date("d") == date(2024, 2, 29)


@pytest.mark.parametrize("value", [".nan", "true", "'1'", "[1]"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(CatalogueError, match=r"f\.yaml, at top\.x: a number"):
        section(f"x: {value}").optional_number("x", 0.0)


# --- the published schema


def plain(text):
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_schema_accepts_the_full_catalogue_and_refuses_misspelt_keys():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(plain(FULL), SCHEMA)
    for right, wrong in (("required:", "requird:"), ("planar_crs:", "crs:"), ("role:", "rolle:")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(plain(FULL.replace(right, wrong)), SCHEMA)


class Watched(dict):
    """A mapping that remembers which keys were asked for."""

    def __init__(self, data, asked):
        super().__init__(data)
        self._asked = asked

    def get(self, key, default=None):
        self._asked.add(key)
        return super().get(key, default)


def test_the_schema_has_the_keys_that_the_parser_reads(monkeypatch):
    top, layer = set(), set()
    data = yaml.safe_load(FULL)
    data["layers"] = [Watched(entry, layer) for entry in data["layers"]]
    monkeypatch.setattr(catalogue_module, "parse_yaml", lambda *_: Watched(data, top))
    parse("")
    assert top == set(SCHEMA["properties"])
    assert layer == set(SCHEMA["$defs"]["layer"]["properties"])


def test_the_sample_catalogue_fits_schema_and_parser():
    path = sample("onemap.yaml")
    if not path.is_file():
        pytest.skip("the sample layers are not built yet")
    jsonschema.validate(plain(path.read_text(encoding="utf-8")), SCHEMA)
    assert read_catalogue(path).layers


def test_a_misspelt_key_is_noted_with_the_key_that_was_meant():
    text = FULL.replace("required:", "requierd:", 1)
    assert text != FULL
    notes = [note.text("en") for note in parse(text).notes]
    assert len(notes) == 1
    assert "'requierd'" in notes[0]
    assert "required" in notes[0]


def test_complete_without_a_region_is_noted():
    text = (
        "onemap: 1\ntitle: T\nlayers:\n  - {id: a, role: r, title: A, source: a.gpkg, coverage: %s}"
    )
    assert [note.key for note in parse(text % "complete").notes] == ["catalogue.no_region"]
    assert parse(text % "unknown").notes == ()
    assert parse((text % "complete") + "\nregion: r.gpkg").notes == ()


LISTS = """
onemap: 1
title: Town
region: region.gpkg
layers: [{id: a, role: b, title: c, source: d.gpkg}]
access_lists:
  - {source: list.xlsx, sheet: S, level: unit, scope: 990100, valid_from: 2024-07-01}
  - {id: more, source: /data/more.csv, levle: unit}
"""


def test_access_lists_are_read_with_numbers_for_names():
    catalogue = parse_catalogue(LISTS, Path("/town/onemap.yaml"))
    first, second = catalogue.access_lists
    assert (first.id, first.source, first.name) == ("access_list_1", "/town/list.xlsx", "list")
    assert (first.sheet, first.level, first.scope) == ("S", "unit", "990100")
    assert not first.in_force(date(2024, 6, 30))
    assert (second.id, second.source) == ("more", "/data/more.csv")
    assert [note.args["like"] for note in catalogue.notes] == ["level"]


def test_two_access_lists_cannot_have_one_id():
    twice = LISTS.replace("{source: list.xlsx", "{id: more, source: list.xlsx")
    with pytest.raises(CatalogueError, match=r"access_lists\[1\].id"):
        parse_catalogue(twice, Path("/town/onemap.yaml"))


def test_the_schema_knows_access_lists_and_refuses_misspelt_keys():
    jsonschema.validate(plain(LISTS.replace("levle", "level")), SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(LISTS), SCHEMA)
