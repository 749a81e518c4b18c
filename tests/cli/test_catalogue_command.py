# SPDX-License-Identifier: GPL-2.0-or-later
"""``eco-onemap catalogue`` on the sample city's files under names that tell nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from eco_onemap.cli.main import run
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.paths import sample

ENTRIES = yaml.safe_load(sample("onemap.yaml").read_text(encoding="utf-8"))["layers"]
VECTORS = [entry for entry in ENTRIES if entry["source"].endswith(".gpkg")]


@pytest.fixture(scope="module")
def disguised(tmp_path_factory) -> Path:
    """The city's layers as ``data_00.gpkg`` and so on: only fields and values can tell."""
    folder = tmp_path_factory.mktemp("disguised")
    for number, entry in enumerate(VECTORS):
        shutil.copy(sample(entry["source"]), folder / f"data_{number:02}.gpkg")
    for file in sample("sensitive.shp").parent.glob("sensitive.*"):
        shutil.copy(file, folder / f"data_99{file.suffix}")
    return folder


def test_the_disguised_city_is_found_out(disguised: Path, capsys) -> None:
    target = disguised / "onemap.yaml"
    assert run(["catalogue", str(disguised), "--out", str(target), "--language", "en"]) == 0
    found = {entry.source: entry for entry in read_catalogue(target).layers}
    assert len(found) == len(VECTORS) + 1
    expected = {f"data_{number:02}.gpkg": entry for number, entry in enumerate(VECTORS)}
    expected["data_99.shp"] = next(e for e in ENTRIES if e["source"] == "sensitive.shp")
    for name, entry in expected.items():
        guessed = found[str(disguised / name)]
        assert guessed.role == entry["role"], name
        assert guessed.fields.items() >= entry["fields"].items(), name
    out = capsys.readouterr().out
    assert "usual fields: XZQDM" in out
    assert "names no coordinate reference system" in out  # the shapefile without .prj


def test_a_catalogue_is_never_overwritten(tmp_path: Path, capsys) -> None:
    target = tmp_path / "onemap.yaml"
    target.write_text("mine", encoding="utf-8")
    code = run(["catalogue", str(sample("pbf.gpkg")), "--out", str(target), "--language", "en"])
    assert code == 2
    assert "--update" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"


def test_an_update_adds_what_is_new_and_keeps_the_rest(tmp_path: Path) -> None:
    for name in ("pbf.gpkg", "wetlands.gpkg"):
        shutil.copy(sample(name), tmp_path / name)
    target = tmp_path / "onemap.yaml"
    before = (
        "# by hand\nonemap: 1\ntitle: T\nlayers:\n  - id: mine  # my own\n    role: pbf\n"
        "    title: P\n    source: pbf.gpkg\n    house: x\n"
    )
    target.write_text(before, encoding="utf-8")
    command = ["catalogue", str(tmp_path), "--out", str(target), "--update"]
    assert run([*command, "--language", "zh"]) == 0
    after = target.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [entry.role for entry in read_catalogue(target).layers] == ["pbf", "wetland"]
    assert (tmp_path / "onemap.yaml.bak").read_text(encoding="utf-8") == before


def test_doubtful_guesses_are_taken_only_where_asked(tmp_path: Path, capsys) -> None:
    shutil.copy(sample("coverage_soil_register.gpkg"), tmp_path / "coverage_soil_register.gpkg")
    target = tmp_path / "onemap.yaml"
    assert run(["catalogue", str(tmp_path), "--out", str(target), "--language", "en"]) == 0
    assert yaml.safe_load(target.read_text(encoding="utf-8"))["layers"] == []
    assert "doubtful" in capsys.readouterr().out
    again = ["catalogue", str(tmp_path), "--out", str(target), "--update", "--accept-doubtful"]
    assert run([*again, "--language", "en"]) == 0
    assert [entry.role for entry in read_catalogue(target).layers] == ["soil_register"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, capsys) -> None:
    (tmp_path / "broken.gpkg").write_bytes(b"no database")
    target = tmp_path / "onemap.yaml"
    assert run(["catalogue", str(tmp_path), "--out", str(target), "--language", "en"]) == 1
    assert "broken.gpkg" in capsys.readouterr().out


def test_a_missing_folder_is_named(tmp_path: Path, capsys) -> None:
    command = ["catalogue", str(tmp_path / "none"), "--out", str(tmp_path / "o.yaml")]
    assert run([*command, "--language", "en"]) == 2
    assert "none" in capsys.readouterr().err
