# SPDX-License-Identifier: GPL-2.0-or-later
"""The walk-through of docs/rules.md is run as it stands: files, commands, and what they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from eco_onemap.core.law import rule_reading, when_reading

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r"(?:<!-- (?P<how>file|append): (?P<name>\S+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)```", re.S
)
DOCUMENTS = {"en": "rules.md", "zh": "rules.zh.md"}


@dataclass(frozen=True)
class Step:
    kind: str
    text: str
    how: str = ""
    name: str = ""


def steps_of(document: str) -> list[Step]:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return [
        Step(m["kind"], m["text"], m["how"] or "", m["name"] or "") for m in BLOCK.finditer(text)
    ]


@pytest.fixture
def folder(tmp_path):
    for name in ("sample_layers", "resources"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def run(line: str, folder: Path, language: str) -> str:
    words = shlex.split(line)
    assert words[0] == "eco-onemap", line
    command = [sys.executable, "-m", "eco_onemap", *words[1:], "--language", language]
    env = os.environ | {"PYTHONPATH": str(ROOT), "ECO_ONEMAP_CACHE": str(folder / "cache")}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, cwd=folder, timeout=300
    )
    assert done.returncode != 2, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


@pytest.mark.parametrize("language", list(DOCUMENTS))
def test_the_walk_through_does_what_it_says(folder, language):
    said, commands, outputs = "", 0, 0
    for step in steps_of(DOCUMENTS[language]):
        if step.how:
            with (folder / step.name).open("w" if step.how == "file" else "a") as stream:
                stream.write(step.text)
        elif step.kind == "sh":
            lines = step.text.splitlines()
            said = "".join(run(line, folder, language) for line in lines)
            commands += len(lines)
        elif step.kind == "text":
            for line in step.text.splitlines():
                assert line in said, (line, said)
                outputs += 1
    assert commands >= 9
    assert outputs >= 8


@pytest.mark.parametrize("language", list(DOCUMENTS))
def test_every_block_takes_part(language):
    for step in steps_of(DOCUMENTS[language]):
        assert step.kind in {"sh", "text", "yaml"}
        assert bool(step.how) == (step.kind == "yaml"), step.text


def test_both_languages_teach_the_same_commands():
    first, second = ([s.text for s in steps_of(d) if s.kind == "sh"] for d in DOCUMENTS.values())
    assert [re.sub(r'"[^"]*"', "…", one) for one in first] == [
        re.sub(r'"[^"]*"', "…", one) for one in second
    ]


def test_the_reference_names_every_key_and_question():
    for document in DOCUMENTS.values():
        text = (ROOT / "docs" / document).read_text(encoding="utf-8")
        keys = {*rule_reading.PACK_KEYS, *rule_reading.RULE_KEYS, *when_reading.ASKS}
        assert {key for key in keys if f"`{key}`" not in text} == set(), document
