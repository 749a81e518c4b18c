# SPDX-License-Identifier: GPL-2.0-or-later
"""The guide to catalogues: its example is read, its keys are all there are, its commands run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from eco_onemap.cli.main import run
from eco_onemap.core.layers.building.field_guess import guess_fields
from eco_onemap.core.layers.building.guess import Certainty
from eco_onemap.core.layers.building.role_guess import guess_role
from eco_onemap.core.layers.catalogue import (
    ACCESS_LIST_KEYS,
    CATALOGUE_KEYS,
    LAYER_KEYS,
    parse_catalogue,
    read_catalogue,
)
from eco_onemap.paths import sample
from tests.architecture.code import ROOT
from tests.core.described import described, realistic_layers

GUIDES = ("catalogue.md", "catalogue.zh.md")


def guide(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("name", GUIDES)
def test_the_example_is_a_catalogue_without_unknown_keys(name: str) -> None:
    (example,) = blocks(guide(name), "yaml")
    found = parse_catalogue(example, Path("/data/onemap.yaml"))
    assert found.notes == ()
    assert [entry.role for entry in found.layers] == ["eco_redline", "sea_risk_grid"]


@pytest.mark.parametrize("name", GUIDES)
def test_every_key_is_explained(name: str) -> None:
    text = guide(name)
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    explained = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert explained == {*CATALOGUE_KEYS, *LAYER_KEYS}
    assert all(f"`{key}`" in text for key in ACCESS_LIST_KEYS)


@pytest.mark.parametrize("name", GUIDES)
def test_its_pictures_and_pages_are_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", guide(name))
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize("name", GUIDES)
def test_its_hit_rates_are_those_that_are_measured(name: str) -> None:
    rows = realistic_layers()
    best = [next(iter(guess_role(described(row))), None) for row in rows]
    taken = [guess for guess in best if guess and guess.certainty.is_taken]
    sure = [guess for guess in taken if guess.certainty is Certainty.SURE]
    belonging = [row for row in rows if row["role"]]
    fields = [
        guess_fields(row["role"], described(row).fields)[attribute]
        for row in belonging
        for attribute in row["map"]
    ]
    mapped = [guess for guess in fields if guess.certainty.is_taken]
    figures = [len(rows), len(taken), len(sure), len(belonging) - len(taken)]
    figures += [len(rows) - len(belonging), len(fields), len(mapped), len(fields) - len(mapped)]
    paragraphs = guide(name).split("\n\n")
    (told,) = (one for one in paragraphs if "tests/data/catalogue/layers.yaml" in one)
    assert re.findall(r"\d+", told) == list(map(str, figures))


def test_its_commands_run(tmp_path: Path, monkeypatch) -> None:
    for folder, files in (("layers", ("redline", "pbf")), ("more", ("wetlands",))):
        (tmp_path / folder).mkdir()
        for file in files:
            shutil.copy(sample(f"{file}.gpkg"), tmp_path / folder / f"{file}.gpkg")
    monkeypatch.chdir(tmp_path)
    (commands,) = blocks(guide("catalogue.md"), "sh")
    for line in commands.strip().splitlines():
        words = shlex.split(line.replace("wetlands.shp", "wetlands.gpkg"))
        assert words[0] == "eco-onemap"
        assert run([*words[1:], "--language", "en"]) == 0
    found = read_catalogue(tmp_path / "onemap.yaml")
    assert sorted(entry.role for entry in found.layers) == ["eco_redline", "pbf", "wetland"]
    assert (found.title, found.notes) == ("海湾市生态环境一张图", ())
