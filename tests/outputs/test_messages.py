# SPDX-License-Identifier: GPL-2.0-or-later
"""The sentences of the outputs: complete in both languages, none missing, none idle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import eco_onemap
from eco_onemap.core.layers.catalogue import CoverageKind, Secrecy
from eco_onemap.core.messages import placeholders
from eco_onemap.core.vocabulary import HitKind, LayerStatus, Verdict
from eco_onemap.paths import resource

PACKAGE = Path(eco_onemap.__file__).parent
SOURCES = [path.read_text(encoding="utf-8") for path in (PACKAGE / "outputs").rglob("*.py")]
FREE_GROUPS = (
    *("tag", "role", "use", "stage", "relation", "source.zone"),
    *("neighbour", "matched_by", "certainty", "passage", "scope", "side"),
)
"""Words for values that data bring along; a value without a word is shown as it is."""


def sentences(language: str) -> dict[str, str]:
    path = resource("messages", f"outputs.{language}.yaml")
    found: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def used_keys() -> set[str]:
    """Return the keys that the code names, those of closed groups spelled out."""
    text = "\n".join(SOURCES)
    keys = {f"report.{key}" for key in re.findall(r"\bsay\(\s*[\"']([a-z_.]+)[\"']", text)}
    keys |= {f"report.{key}" for key in re.findall(r'"((?:fact|sentence)\.[a-z_]+)"', text)}
    keys |= set(re.findall(r'"((?:output|unit)\.[a-z_]+)"', text))
    keys |= {f"report.step.{step}" for step in re.findall(r'yield \(?\s*"([a-z]+)",', text)}
    keys |= {f"compass.{point}" for point in range(16)}
    keys |= {f"report.sentence.{verdict.value}" for verdict in Verdict}
    keys |= {f"report.kind.{kind.value}" for kind in HitKind}
    keys |= {f"report.coverage.{kind.value}" for kind in CoverageKind}
    keys |= {f"report.secrecy.{secrecy.value}" for secrecy in Secrecy}
    for status in LayerStatus:
        keys |= {f"report.status.{status.value}", f"report.status_meaning.{status.value}"}
    return keys


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    english, chinese = sentences("en"), sentences("zh")
    assert list(english) == list(chinese)
    for key, sentence in english.items():
        assert placeholders(sentence) == placeholders(chinese[key]), key


def test_no_sentence_is_missing_and_none_is_idle() -> None:
    free = tuple(f"report.{group}." for group in FREE_GROUPS)
    written = {key for key in sentences("en") if not key.startswith(free)}
    assert used_keys() - written == set()
    assert written - used_keys() == set()


@pytest.mark.parametrize("key", ["output.target_open", "output.unwritable"])
def test_errors_name_the_file_and_the_cure(key: str) -> None:
    for language in ("en", "zh"):
        assert "path" in placeholders(sentences(language)[key])
        assert len(sentences(language)[key]) > 20
