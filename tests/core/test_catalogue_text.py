# SPDX-License-Identifier: GPL-2.0-or-later
"""Edits of a catalogue's text keep comments, order, quotes and unknown keys, and say what is meant.

The truth is kept beside: plain dictionaries that each edit changes too, and comments that are
numbered, so that each can be looked for.
"""

from __future__ import annotations

import copy
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eco_onemap.core.errors import CatalogueError
from eco_onemap.core.layers.building.draft import moved_catalogue
from eco_onemap.core.layers.building.yaml_scalars import flow_text
from eco_onemap.core.layers.catalogue_text import (
    CatalogueText,
    new_catalogue_text,
    read_catalogue_text,
)
from eco_onemap.outputs.catalogue_files import write_catalogue
from eco_onemap.paths import sample

KEYS = ("title", "source", "layer", "coverage", "version", "issued", "valid_to", "accuracy_m")
TEXTS = st.one_of(
    st.text("abc 海湾#:'\"-{}[],&*!|>%@`?\n\t\\", min_size=1, max_size=8),
    st.sampled_from(["yes", "2023", "2024-06-30", "null", "~", "1e3", "0x1F", "12:30", "=", "<<"]),
    st.text(min_size=1, max_size=5).filter(lambda text: text.isprintable()),
).filter(lambda text: text.strip() != "")
VALUES = st.one_of(
    TEXTS,
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.booleans(),
    st.integers(-5, 5000),
    st.sampled_from([0.5, 12.25]),
)
NAMES = st.sampled_from(["id", "name", "level", "kind", "county", "code"])


class Writer:
    """Writes lines as a person might: with remarks anywhere, each with a number of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.lines, self.remarks = draw, [], 0

    def remark(self) -> str:
        self.remarks += 1
        return f"# remark {self.remarks}" if self.draw(st.booleans()) else ""

    def line(self, indent: int, text: str) -> None:
        if remark := self.remark():
            self.lines.append(" " * indent + remark)
        self.lines.append(" " * indent + text + ("  " if (own := self.remark()) else "") + own)

    def scalar(self) -> str:
        value = self.draw(VALUES)
        style = self.draw(st.sampled_from(["'", '"', None])) if isinstance(value, str) else None
        if isinstance(value, str) and "\n" in value:
            style = '"'
        dumped = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=10**6)
        return dumped.removesuffix("\n...\n").rstrip("\n")

    def fields(self, indent: int) -> None:
        names = self.draw(st.lists(NAMES, unique=True, min_size=1, max_size=3))
        form = self.draw(st.sampled_from(["none", "flow", "flow lines", "block"]))
        if form == "flow":
            self.line(indent, f"fields: {{{', '.join(f'{name}: BM' for name in names)}}}")
        elif form == "flow lines":
            self.line(indent, "fields: {")
            for name in names[:-1]:
                self.line(indent + 2, f"{name}: BM,")
            self.line(indent + 2, f"{names[-1]}: BM" + self.draw(st.sampled_from(["", ","])))
            self.line(indent + 2, "}")
        elif form == "block":
            self.line(indent, "fields:")
            for name in names:
                self.line(indent + 2, f"{name}: BM")

    def entry(self, indent: int, number: int) -> None:
        self.line(indent, f"- id: l{number}")
        for key in self.draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4)):
            self.line(indent + 2, f"{key}: {self.scalar()}")
        self.line(indent + 2, f"unknown_{number}: [1, two]")
        self.fields(indent + 2)
        self.lines += [""] * self.draw(st.integers(0, 1))


@st.composite
def catalogues(draw: st.DrawFn) -> str:
    """A file that a person wrote: comments anywhere, quotes as they came, keys nobody knows."""
    writer = Writer(draw)
    for line in ("onemap: 1", "title: 一张图", "house_key: {kept: true}", "layers:"):
        writer.line(0, line)
    indent = draw(st.sampled_from([0, 2, 4]))
    for number in range(draw(st.integers(1, 3))):
        writer.entry(indent, number)
    if draw(st.booleans()):
        writer.line(0, "access_lists:")
        writer.line(2, "- {id: a, source: a.csv}")
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return newline.join(writer.lines) + draw(st.sampled_from(["", newline]))


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 9), st.sampled_from(KEYS), VALUES),
        st.tuples(st.just("unset"), st.integers(0, 9), st.sampled_from(KEYS)),
        st.tuples(st.just("field"), st.integers(0, 9), NAMES, TEXTS),
        st.tuples(st.just("unfield"), st.integers(0, 9), NAMES),
        st.tuples(st.just("fields"), st.integers(0, 9), st.dictionaries(NAMES, TEXTS, max_size=4)),
        st.tuples(st.just("top"), st.sampled_from(["title", "planar_crs", "region"]), TEXTS),
        st.tuples(st.just("add"), st.dictionaries(NAMES, TEXTS, max_size=4), VALUES),
        st.tuples(st.just("drop"), st.integers(0, 9)),
        st.tuples(st.just("move"), st.integers(0, 9), st.integers(0, 9)),
    ),
    max_size=8,
)


def remarks(text: str) -> set[str]:
    return set(re.findall(r"# remark \d+", text))


def edited(found: CatalogueText, edit: tuple, model: dict) -> tuple[CatalogueText, set[str]]:
    """Apply an edit to the text and to the model; return the text and the remarks that may go."""
    kind, *rest = edit
    layers = model["layers"]
    if kind == "top":
        model[rest[0]] = rest[1]
        return found.with_value((rest[0],), rest[1]), set()
    if kind == "add":
        entry = {"id": f"new{len(layers)}", "fields": rest[0] or {"id": "BM"}, "version": rest[1]}
        layers.append(copy.deepcopy(entry))
        return found.with_entry(entry), set()
    if not layers:
        return found, set()
    number = rest[0] % len(layers)
    layer = layers[number]
    if kind == "drop":
        gone = remarks(found.text) - remarks(found.without_entry(number).text)
        del layers[number]
        return found.without_entry(number), gone
    if kind == "move":
        to = rest[1] % len(layers)
        layers.insert(to, layers.pop(number))
        return found.with_moved(number, to), set()
    if kind in ("set", "unset"):
        value = rest[2] if kind == "set" else None
        layer[rest[1]] = value
        if value is None:
            del layer[rest[1]]
        return found.with_value(("layers", number, rest[1]), value), set()
    fields = layer.setdefault("fields", {})
    if kind == "fields":
        fields.clear()
        fields.update(rest[1])
        new = found.with_value(("layers", number, "fields"), rest[1])
    elif kind == "field":
        fields[rest[1]] = rest[2]
        place = ("layers", number, "fields")
        exists = "fields" in found.layers[number]
        new = found.with_value(
            (*place, rest[1]) if exists else place, rest[2] if exists else {rest[1]: rest[2]}
        )
    else:
        fields.pop(rest[1], None)
        new = found.with_value(("layers", number, "fields", rest[1]), None)
    if not fields:
        del layer["fields"]
    return new, set()


@settings(max_examples=400, deadline=None)
@given(catalogues(), EDITS)
def test_any_edits_keep_comments_and_unknown_keys(text: str, edits: list[tuple]) -> None:
    found = CatalogueText(text, "onemap.yaml")
    model = yaml.safe_load(text)
    kept = remarks(text)
    for edit in edits:
        found, gone = edited(found, edit, model)
        kept -= gone
        assert yaml.safe_load(found.text) == model
        assert remarks(found.text) == kept
    assert found.text.count("\r\n") in (0, found.text.count("\n"))


def test_a_dropped_layer_takes_only_its_own_comments() -> None:
    text = "onemap: 1\ntitle: t\nlayers:\n  # above one\n  - id: one  # in one\n\n  # above two\n"
    text += "  - id: two\n    role: r  # in two\n# below\n"
    found = CatalogueText(text).without_entry(0).text
    assert found == (
        "onemap: 1\ntitle: t\nlayers:\n  # above one\n  # above two\n  - id: two\n"
        "    role: r  # in two\n# below\n"
    )


def test_an_entry_takes_the_comments_above_it_along() -> None:
    one = "# about one\n- id: one\n  note: |\n    # text\n"
    two = "# about two\n- id: two  # in two\n"
    text = f"layers:\n{one}\n{two}"
    found = CatalogueText(text).with_moved(0, 1)
    assert found.text == f"layers:\n{two}\n{one}"
    assert found.with_moved(0, 1).text == text


def test_an_entry_moves_past_several_and_blank_lines_stay_between_groups() -> None:
    one, two = "# about one\n- id: one\n", "- {id: two}  # in two\n"
    three, four = "# about three\n# and more\n- id: three\n  role: r\n", "- id: four"
    text = f"# all\n\nlayers:\n{one}{two}\n# ---- a group\n\n{three}{four}\n"
    found = CatalogueText(text).with_moved(2, 0)
    assert found.text == f"# all\n\nlayers:\n{three}{one}\n# ---- a group\n\n{two}{four}\n"
    assert found.with_moved(0, 2).text == text
    last = CatalogueText(text.rstrip("\n")).with_moved(0, 3)
    assert last.text == f"# all\n\nlayers:\n{two}{three}\n# ---- a group\n\n{four}\n{one}"


def test_an_entry_moves_within_brackets() -> None:
    text = "layers: [{id: one}, {id: two},\n  {id: three}]\n"
    found = CatalogueText(text).with_moved(0, 2)
    assert found.text == "layers: [{id: two}, {id: three},\n  {id: one}]\n"


def test_an_access_list_is_an_entry_of_its_own_list() -> None:
    text = "onemap: 1\ntitle: t  # kept\nlayers: []\n"
    one = CatalogueText(text).with_entry({"id": "a", "source": "a.csv"}, "access_lists")
    two = one.with_entry({"id": "b", "source": "b.csv"}, "access_lists")
    assert [entry["id"] for entry in two.entries("access_lists")] == ["a", "b"]
    assert two.layers == []
    assert two.without_entry(1, "access_lists").data == one.data
    assert "# kept" in two.with_value(("access_lists", 0, "level"), "市").text


@pytest.mark.parametrize(
    ("before", "place", "value", "after"),
    [
        ("version: '2023'  # old", "version", "2024", "version: '2024'  # old"),
        ("version: 2023", "version", "2024", 'version: "2024"'),
        ("version: 2023", "version", 2024, "version: 2024"),
        ("title: 红线 # a", "title", "it's #1", 'title: "it\'s #1" # a'),
        ("coverage:   # later", "coverage", "extent", "coverage: extent   # later"),
        ("coverage: >\n      folded\n      text", "coverage", "extent", "coverage: extent"),
        ("required: false", "required", True, "required: true"),
        ("fields: {a: A, b: B}", "fields", {"a": "A", "c": "C"}, "fields: {a: A, c: C}"),
        ("fields: {a: A}", "fields", {"c": "C"}, "fields: {c: C}"),
        ("bounds: [1, 2, 3, 4]", "bounds", [1, 2, 3, 5], "bounds: [1, 2, 3, 5]"),
    ],
)
def test_a_single_place_changes(before: str, place: str, value: object, after: str) -> None:
    head = "onemap: 1\nlayers:\n  - id: one\n    "
    tail = "\n    house: x\n"
    found = CatalogueText(head + before + tail).with_value(("layers", 0, place), value)
    assert found.layers[0] == {"id": "one", place: value, "house": "x"}
    if place != "coverage" or ">" not in before:
        assert found.text == head + after + tail


def test_a_new_key_stands_where_the_format_has_it() -> None:
    found = CatalogueText("layers:\n- id: one\n  role: r  # why\n  required: true\n")
    found = found.with_value(("layers", 0, "issued"), date(2024, 6, 30))
    found = found.with_value(("layers", 0, "title"), "T")
    assert found.text == (
        "layers:\n- id: one\n  role: r  # why\n  title: T\n  issued: 2024-06-30\n  required: true\n"
    )


def test_the_same_value_changes_nothing() -> None:
    found = read_catalogue_text(sample("onemap.yaml"))
    for number, layer in enumerate(found.layers):
        for key, value in layer.items():
            assert found.with_value(("layers", number, key), value) is found


def test_the_sample_city_survives_an_edit_of_each_value() -> None:
    found = read_catalogue_text(sample("onemap.yaml"))
    lines = found.text.splitlines()
    for number, layer in enumerate(found.layers):
        for key in layer:
            new = found.with_value(("layers", number, key), "X" if key != "fields" else {"id": "X"})
            changed = [line for line in new.text.splitlines() if line not in lines]
            assert len(changed) == 1, (number, key, changed)


@pytest.mark.parametrize(
    "text",
    [
        "onemap: 1\nlayers:\n  - &a {id: one}\n  - *a\n",
        "onemap: 1\nlayers:\n  - !!map {id: one}\n",
    ],
)
def test_what_stands_for_several_places_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        CatalogueText(text, "o.yaml").with_value(("layers", 0, "title"), "T")
    assert caught.value.message.key == "catalogue_text.anchors"


def test_what_holds_nothing_else_is_refused() -> None:
    with pytest.raises(CatalogueError) as caught:
        CatalogueText("layers:\n  - id: one\n", "o.yaml").with_value(("layers", 0, "id"), None)
    assert "o.yaml, at layers.0.id" in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a\n", "just text", "42"])
def test_a_file_that_is_no_mapping_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="no catalogue"):
        read_catalogue_text(path)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_and_backup_are_those_of_the_file(mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / "onemap.yaml"
    before = mark + "onemap: 1\r\ntitle: 海湾\r\nlayers:\r\n  - id: a # b\r\n".encode()
    path.write_bytes(before)
    found = read_catalogue_text(path).with_value(("title",), "新")
    assert write_catalogue(found, path) == tmp_path / "onemap.yaml.bak"
    assert path.read_bytes() == before.replace("海湾".encode(), "新".encode())
    assert (tmp_path / "onemap.yaml.bak").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["onemap.yaml", "onemap.yaml.bak"]


def test_files_keep_their_places_when_a_catalogue_moves() -> None:
    text = "onemap: 1\ntitle: T\nregion: r.gpkg # r\nlayers:\n"
    text += "  - {id: a, source: in/a.gpkg, coverage: c.gpkg}\n"
    text += '  - {id: b, source: "postgresql://host/db", coverage: extent}\n'
    text += "  - {id: c, source: /elsewhere/c.tif}\naccess_lists:\n  - {source: ../l.csv}\n"
    found = moved_catalogue(CatalogueText(text), Path("/maps/old"), Path("/maps/new"))
    assert found.data["region"] == "../old/r.gpkg"
    assert [entry["source"] for entry in found.layers] == [
        "../old/in/a.gpkg",
        "postgresql://host/db",
        "/elsewhere/c.tif",
    ]
    assert [entry.get("coverage") for entry in found.layers] == ["../old/c.gpkg", "extent", None]
    assert found.entries("access_lists") == [{"source": "../l.csv"}]
    assert "# r" in found.text


def test_a_new_catalogue_reads_well() -> None:
    found = new_catalogue_text("海湾市一张图", "written by hand\ntwice")
    found = found.with_entry(
        {
            "id": "a",
            "role": "eco_redline",
            "title": "红线",
            "source": "a.shp",
            "fields": {"id": "BM"},
        }
    )
    found = found.with_entry({"id": "b", "role": "pbf", "title": "农田", "source": "b.shp"})
    assert found.text == (
        "# written by hand\n# twice\nonemap: 1\ntitle: 海湾市一张图\nlayers:\n"
        "  - id: a\n    role: eco_redline\n    title: 红线\n    source: a.shp\n"
        "    fields: {id: BM}\n"
        "\n  - id: b\n    role: pbf\n    title: 农田\n    source: b.shp\n"
    )


@pytest.mark.parametrize("text", ["a?", "a:", "?", "a?b", "{a", "a,b", "#a", "a #b"])
def test_no_text_breaks_the_braces_that_it_stands_in(text):
    written = flow_text({"id": text, "names": [text, text], "last": text})
    assert yaml.safe_load(written) == {"id": text, "names": [text, text], "last": text}
