# SPDX-License-Identifier: GPL-2.0-or-later
"""The algorithm ``buildcatalogue``: new catalogues, additions to one, what it leaves out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from eco_onemap.cli.main import run
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.paths import sample


def city_layers(folder: Path, *names: str) -> list[QgsVectorLayer]:
    for name in names:
        shutil.copy(sample(f"{name}.gpkg"), folder / f"{name}.gpkg")
    return [QgsVectorLayer(str(folder / f"{name}.gpkg"), name, "ogr") for name in names]


def test_it_writes_what_the_command_line_writes(processing_module, tmp_path: Path) -> None:
    layers = city_layers(tmp_path, "coastline", "pbf", "redline")
    target = tmp_path / "onemap.yaml"
    result = processing_module.run(
        "ecoonemap:buildcatalogue", {"LAYERS": layers, "TITLE": "T", "OUTPUT": str(target)}
    )
    assert result["ADDED_COUNT"] == 3
    other = tmp_path / "other.yaml"
    command = ["catalogue", str(tmp_path), "--out", str(other), "--title", "T"]
    assert run([*command, "--language", "en"]) == 0
    assert target.read_text(encoding="utf-8") == other.read_text(encoding="utf-8")


def test_it_adds_to_a_catalogue_in_another_folder(processing_module, tmp_path: Path) -> None:
    layers = city_layers(tmp_path, "pbf", "coverage_soil_register")
    layers.append(QgsVectorLayer("Point", "scratch", "memory"))
    existing = tmp_path / "onemap.yaml"
    existing.write_text(
        "# mine\nonemap: 1\ntitle: T\nlayers:\n"
        "  - {id: a, role: r, title: t, source: a.gpkg}  # a\n",
        encoding="utf-8",
    )
    (tmp_path / "new").mkdir()
    target = tmp_path / "new" / "onemap.yaml"
    given = {"LAYERS": layers, "EXISTING": str(existing), "OUTPUT": str(target)}
    assert processing_module.run("ecoonemap:buildcatalogue", given)["ADDED_COUNT"] == 1
    text = target.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# a" in text
    first, second = read_catalogue(target).layers
    assert Path(first.source).resolve() == (tmp_path / "a.gpkg").resolve()
    assert (second.role, Path(second.source).resolve()) == (
        "pbf",
        (tmp_path / "pbf.gpkg").resolve(),
    )
    again = {**given, "EXISTING": str(target), "ACCEPT_DOUBTFUL": True}
    assert processing_module.run("ecoonemap:buildcatalogue", again)["ADDED_COUNT"] == 1


def test_a_catalogue_that_cannot_be_read_is_said(processing_module, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [", encoding="utf-8")
    given = {
        "LAYERS": city_layers(tmp_path, "pbf"),
        "EXISTING": str(broken),
        "OUTPUT": str(tmp_path / "o.yaml"),
    }
    with pytest.raises(QgsProcessingException, match=r"broken\.yaml"):
        processing_module.run("ecoonemap:buildcatalogue", given)
