# SPDX-License-Identifier: GPL-2.0-or-later
"""Every sentence is said in both languages, with the same values, and somebody says it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import yaml

from eco_onemap.core import errors
from eco_onemap.core.messages import LANGUAGES, placeholders
from eco_onemap.paths import resource

from .code import modules

PREFIXES = ("", "report.", "map.")
"""The report and the map put these before the keys that they say."""


def sentences_by_file() -> dict[str, dict[str, dict[str, str]]]:
    """Area to language to key to sentence."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(resource("messages").glob("*.yaml")):
        area, language, _ = path.name.split(".")
        text = path.read_text(encoding="utf-8")
        found.setdefault(area, {})[language] = yaml.safe_load(text) or {}
    return found


AREAS = sentences_by_file()
ENGLISH = {key: text for area in AREAS.values() for key, text in area["en"].items()}
ERRORS = {
    name
    for name, item in vars(errors).items()
    if isinstance(item, type) and issubclass(item, errors.EcoOneMapError)
}


@dataclass(frozen=True)
class Call:
    """A place where a sentence is said with a key that can be read in the code."""

    place: str
    key: str
    names: frozenset[str] | None  # of its values; None where they cannot be read

    def __str__(self) -> str:
        return f"{self.place} {self.key}"


def literal(node: ast.expr | None) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def calls() -> Iterator[Call]:
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            name, arguments = name_of(node.func), node.args
            if name == "error" and len(arguments) == 2:  # Section.error(place, key, values)
                arguments = arguments[1:]
            elif name not in {"message", *ERRORS}:
                continue
            key = literal(arguments[0]) if arguments else None
            if key is not None:
                given = {keyword.arg for keyword in node.keywords}
                named = None if None in given else frozenset(given - {"details"})
                yield Call(module.at(node.lineno), key, named)


CALLS = list(calls())


def test_sentences_are_said_at_all():
    assert len(CALLS) > 100
    assert {"CatalogueError", "LayerError", "SiteError"} <= ERRORS


@pytest.mark.parametrize("area", sorted(AREAS))
def test_both_languages_have_the_same_sentences_with_the_same_values(area):
    assert set(AREAS[area]) == set(LANGUAGES)
    english, chinese = AREAS[area]["en"], AREAS[area]["zh"]
    assert set(english) == set(chinese)
    for key, sentence in english.items():
        assert placeholders(sentence) == placeholders(chinese[key]), key
        assert bool(sentence.strip()) == bool(chinese[key].strip()), key


def test_no_key_stands_in_two_files():
    counted = [key for area in AREAS.values() for key in area["en"]]
    assert sorted(counted) == sorted(set(counted))


def test_every_sentence_that_the_code_says_is_written():
    assert [str(call) for call in CALLS if call.key not in ENGLISH] == []


def test_every_sentence_gets_the_values_that_it_mentions():
    wrong = [
        f"{call}: given {sorted(call.names)}, mentions {sorted(placeholders(ENGLISH[call.key]))}"
        for call in CALLS
        if call.names is not None
        and call.key in ENGLISH
        and call.names != placeholders(ENGLISH[call.key])
    ]
    assert wrong == []


def keys_in_code() -> Iterator[re.Pattern[str]]:
    """Everything in the code that can be a key: texts, texts with values in them, groups of words.

    ``say.word("role", value)`` finds the word for a value of a group in the report's sentences.
    """
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                pieces = [literal(value) for value in node.values]
                if pieces[0] and pieces[0] not in PREFIXES:
                    raw = "".join("[a-z0-9_]+" if p is None else re.escape(p) for p in pieces)
                    yield re.compile(raw)
            elif isinstance(node, ast.Call) and name_of(node.func) in ("word", "words"):
                yield re.compile(f"{literal(node.args[0])}[.].+")
            elif text := literal(node):
                yield re.compile(re.escape(text))


def test_no_sentence_is_idle():
    said = re.compile("|".join(sorted({pattern.pattern for pattern in keys_in_code()})))
    bare = {
        key: [key.removeprefix(prefix) for prefix in PREFIXES if key.startswith(prefix)]
        for key in ENGLISH
    }
    idle = [key for key, names in bare.items() if not any(map(said.fullmatch, names))]
    assert idle == []


def test_sentences_end_as_sentences_do():
    # what an error says is a whole sentence: it begins with a capital or a value and ends so
    said = {call.key for call in CALLS if call.key in ENGLISH}
    for area in AREAS.values():
        for key in said & set(area["en"]):
            if key.startswith(("site.", "layer.", "gap.", "catalogue.", "option.", "raster.")):
                assert area["en"][key].endswith("."), key
                assert area["zh"][key].endswith("。"), key
