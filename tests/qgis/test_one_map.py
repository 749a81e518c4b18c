# SPDX-License-Identifier: GPL-2.0-or-later
"""The one map in the layer tree: what is there, in which order, and what is not."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsSettings

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.gui.one_map.recent import MOST, keep_maps, recent_maps, remember_map
from eco_onemap.gui.one_map.tree import (
    CATALOGUE_PROPERTY,
    LAYER_PROPERTY,
    PROBLEM_PROPERTY,
    build_tree,
    find_groups,
    remove_tree,
    restyle_tree,
)
from eco_onemap.layout.style_table import role_style
from eco_onemap.layout.themes import by_theme, theme_of, themes
from eco_onemap.paths import sample
from tests.qgis.world import make_world

DAY = date(2026, 11, 23)


@pytest.fixture
def project():
    made = QgsProject()
    yield made
    made.clear()


def built(project, path: Path, day: date = DAY):
    said: list[str] = []
    tree = build_tree(read_catalogue(path), path, project, day, said.append)
    return tree, said


def test_every_role_with_a_style_stands_in_one_theme():
    named = [role for theme in themes() for role in theme.roles]
    assert len(named) == len(set(named))
    assert theme_of("a role of their own").name == "other"


def test_each_layer_of_the_catalogue_is_in_the_tree_once(project):
    catalogue = read_catalogue(sample("onemap.yaml"))
    tree, said = built(project, sample("onemap.yaml"))
    nodes = [node.layer().customProperty(LAYER_PROPERTY) for node in tree.group.findLayers()]
    drawn = {entry.id for entry in catalogue.layers}
    assert set(nodes) <= drawn
    boundless = drawn - set(nodes)
    assert boundless <= {"soil_register"}  # at most a register without geometry
    assert sorted(said) == sorted(entry.title for entry in catalogue.layers)
    assert tree.problems == {}
    assert tree.shown == len(catalogue.layers)


def test_groups_are_themes_and_layers_lie_in_the_order_of_the_map(project):
    catalogue = read_catalogue(sample("onemap.yaml"))
    tree, _ = built(project, sample("onemap.yaml"))
    expected = [theme.titles["en"] for theme in by_theme(catalogue.layers)]
    assert [group.name() for group in tree.group.findGroups()] == expected
    roles = {entry.id: entry.role for entry in catalogue.layers}
    for group in tree.group.findGroups():
        ids = [node.layer().customProperty(LAYER_PROPERTY) for node in group.findLayers()]
        ranks = [role_style(roles[layer]).rank for layer in ids]
        assert ranks == sorted(ranks, reverse=True)


def test_a_missing_layer_is_in_its_place_and_says_why(project, tmp_path):
    world = make_world(tmp_path)
    tree, _ = built(project, world.catalogue)
    assert list(tree.problems) == ["丢失的湿地"]
    layers = [node.layer() for node in tree.group.findLayers()]
    lost = next(each for each in layers if each.customProperty(LAYER_PROPERTY) == "lost")
    assert not lost.isValid()
    assert "nowhere.gpkg" in lost.customProperty(PROBLEM_PROPERTY)
    assert "nowhere.gpkg" in lost.serverProperties().abstract()


def test_what_is_not_in_force_is_not_shown_but_said(project):
    tree, _ = built(project, sample("onemap.yaml"), date(1999, 1, 1))
    assert tree.problems
    assert all(
        not node.layer().isValid()
        for node in tree.group.findLayers()
        if node.layer().customProperty(PROBLEM_PROPERTY)
    )


def test_layers_are_read_only_and_files_stay_as_they_are(project, tmp_path):
    world = make_world(tmp_path)
    before = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()
    }
    tree, _ = built(project, world.catalogue)
    for node in tree.group.findLayers():
        layer = node.layer()
        if layer.isValid() and hasattr(layer, "startEditing"):
            assert not layer.startEditing()
    remove_tree(project)
    after = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()
    }
    assert after == before


def test_opening_again_replaces_and_closing_removes(project, tmp_path):
    world = make_world(tmp_path)
    built(project, world.catalogue)
    count = len(project.mapLayers())
    built(project, world.catalogue)
    assert len(project.mapLayers()) == count
    groups = find_groups(project)
    assert [group.customProperty(CATALOGUE_PROPERTY) for group in groups] == [str(world.catalogue)]
    remove_tree(project)
    assert project.mapLayers() == {}
    assert find_groups(project) == []


def test_a_saved_project_knows_its_one_map(project, tmp_path):
    world = make_world(tmp_path)
    built(project, world.catalogue)
    stored = str(tmp_path / "city.qgz")
    assert project.write(stored)
    other = QgsProject()
    assert other.read(stored)
    (group,) = find_groups(other)
    assert group.customProperty(CATALOGUE_PROPERTY) == str(world.catalogue)
    other.clear()


def test_the_last_maps_are_remembered_newest_first():
    QgsSettings().remove("eco_onemap")
    paths = [Path(f"/maps/{number}/onemap.yaml") for number in range(MOST + 2)]
    for path in paths:
        remember_map(path)
    assert recent_maps() == paths[::-1][:MOST]
    remember_map(paths[5])
    assert recent_maps()[0] == paths[5]
    assert len(recent_maps()) == len(set(recent_maps()))
    keep_maps(())
    assert recent_maps() == []


def test_classes_that_cannot_be_told_apart_are_said(project, tmp_path):
    world = make_world(tmp_path)
    catalogue = read_catalogue(world.catalogue)
    zones = next(entry for entry in catalogue.layers if entry.id == "zones")
    other = replace(zones, fields={**zones.fields, "level": "stufe"})
    changed = replace(catalogue, layers=(other,))
    tree = build_tree(changed, world.catalogue, project, DAY, lambda _: None)
    (node,) = tree.group.findLayers()
    assert "stufe" in node.layer().serverProperties().abstract()


def redline_colour(tree) -> str:
    layer = next(
        node.layer()
        for node in tree.group.findLayers()
        if node.layer().customProperty(LAYER_PROPERTY) == "redline"
    )
    return layer.renderer().symbol().color().name()


def test_another_colour_scheme_is_shown_at_once_and_keeps_the_rest(project):
    catalogue = read_catalogue(sample("onemap.yaml"))
    tree, _ = built(project, sample("onemap.yaml"))
    layers = [node.layer() for node in tree.group.findLayers()]
    before = [(layer.id(), layer.labelsEnabled(), layer.minimumScale()) for layer in layers[:8]]
    red = redline_colour(tree)
    assert restyle_tree(catalogue, project, "planning") == len(layers)
    green = redline_colour(tree)
    assert green != red
    after = [(layer.id(), layer.labelsEnabled(), layer.minimumScale()) for layer in layers[:8]]
    assert after == before
    assert restyle_tree(catalogue, project, "planning") == 0  # own styles stay
    restyle_tree(catalogue, project, "redline")
    assert redline_colour(tree) == red


def test_a_map_is_opened_in_the_preferred_colours(project):
    path = sample("onemap.yaml")
    catalogue = read_catalogue(path)
    usual = redline_colour(build_tree(catalogue, path, project, DAY, lambda _: None))
    tree = build_tree(catalogue, path, project, DAY, lambda _: None, "planning")
    assert redline_colour(tree) != usual


def test_dense_layers_and_names_are_shown_from_a_scale_on(project):
    catalogue = read_catalogue(sample("onemap.yaml"))
    roles = {entry.id: role_style(entry.role) for entry in catalogue.layers}
    tree, _ = built(project, sample("onemap.yaml"))
    scaled = named = 0
    for node in tree.group.findLayers():
        layer, style = node.layer(), roles[node.layer().customProperty(LAYER_PROPERTY)]
        assert layer.isInScaleRange(10_000.0)
        if style.shown_from:
            assert not layer.isInScaleRange(style.shown_from * 1.01)
            assert f"1:{style.shown_from:,.0f}" in layer.serverProperties().abstract()
            scaled += 1
        if hasattr(layer, "labeling") and layer.labeling() is not None:
            settings = layer.labeling().settings()
            assert (settings.scaleVisibility, settings.minimumScale) == (True, style.names_from)
            named += 1
    assert scaled >= 3
    assert named >= 5


@pytest.mark.parametrize(
    ("broken", "cause", "cure"),
    [
        ({"source": "nowhere.gpkg"}, "nowhere.gpkg", "Put the file back"),
        ({"source": "onemap.yaml"}, "onemap.yaml", "The file is there"),
        ({"where": "no such column > 3"}, "no such column > 3", "Correct the filter"),
        ({"valid_to": date(2020, 1, 1)}, "not in force", "valid_to"),
        ({"source": "postgresql://db.invalid/x"}, "db.invalid", "server"),
    ],
)
def test_what_is_not_shown_tells_cause_and_cure(project, tmp_path, broken, cause, cure):
    world = make_world(tmp_path)
    catalogue = read_catalogue(world.catalogue)
    zones = next(entry for entry in catalogue.layers if entry.id == "zones")
    if "source" in broken and "://" not in broken["source"]:
        broken = {**broken, "source": str(tmp_path / broken["source"]), "layer": ""}
    changed = replace(catalogue, layers=(replace(zones, **broken),))
    tree = build_tree(changed, world.catalogue, project, DAY, lambda _: None)
    (node,) = tree.group.findLayers()
    told = node.layer().customProperty(PROBLEM_PROPERTY)
    assert cause in told
    assert cure in told
    assert not node.layer().isValid()
