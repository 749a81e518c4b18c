# SPDX-License-Identifier: GPL-2.0-or-later
"""Compiled layers kept on disk: found again exactly, made anew when anything changed."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from contextlib import contextmanager
from dataclasses import replace

import fiona
import numpy as np
import pytest
import shapely

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.loading import load_compiled
from eco_onemap.core.progress import NoProgress
from eco_onemap.readers.compiled_cache import CompiledCache, default_folder
from eco_onemap.readers.files import FileLayers

# a ring of 400 vertices (is cut), a square with a hole, a row without geometry
CIRCLE = shapely.Point(118.0, 24.5).buffer(0.01, quad_segs=100)
SQUARE = shapely.box(118.1, 24.5, 118.2, 24.6).difference(shapely.box(118.12, 24.52, 118.14, 24.54))
ROWS = [(CIRCLE, "圆", 1), (SQUARE, None, 2), (None, "无图形", None)]


@pytest.fixture
def entry(tmp_path):
    path = tmp_path / "zones.gpkg"
    write(path, ROWS)
    return LayerEntry("zones", "r", "Zones", str(path), fields={"name": "mc", "level": "jb"})


@pytest.fixture
def cache(tmp_path):
    return CompiledCache(tmp_path / "cache")


def write(path, rows):
    path.unlink(missing_ok=True)
    schema = {"geometry": "Polygon", "properties": {"mc": "str", "jb": "int"}}
    with fiona.open(path, "w", "GPKG", schema=schema, crs="EPSG:4490") as sink:
        for geometry, name, level in rows:
            shape = None if geometry is None else shapely.geometry.mapping(geometry)
            sink.write({"geometry": shape, "properties": {"mc": name, "jb": level}})


class Counting(FileLayers):
    """Counts how often features are read."""

    def __init__(self):
        super().__init__()
        self.reads = 0

    def read_features(self, entry):
        self.reads += 1
        return super().read_features(entry)


def load(entry, source, cache):
    return load_compiled(entry, source, cache, NoProgress())


def test_the_second_load_reads_no_features_and_gives_the_same_layer(entry, cache):
    source = Counting()
    first, second = load(entry, source, cache), load(entry, source, cache)
    assert source.reads == 1
    assert shapely.equals_exact(first.pieces, second.pieces, 0.0).all()
    for name in ("owners", "dimensions", "areas_m2", "lengths_m", "overlapping"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert first.feature_ids.tolist() == second.feature_ids.tolist()
    assert first.feature_names.tolist() == second.feature_names.tolist()
    assert {n: a.tolist() for n, a in first.attributes.items()} == {
        n: a.tolist() for n, a in second.attributes.items()
    }
    assert [note.text("zh") for note in first.notes] == [note.text("zh") for note in second.notes]
    assert (second.source, second.fingerprint) == (entry.source, first.fingerprint)


def test_a_changed_source_is_compiled_anew(entry, cache, tmp_path):
    source = Counting()
    load(entry, source, cache)
    write(tmp_path / "zones.gpkg", ROWS[:2])
    assert len(load(entry, source, cache)) == 2
    assert source.reads == 2


@pytest.mark.parametrize("change", [{"where": "jb = 1"}, {"fields": {"name": "mc"}}])
def test_another_way_of_reading_is_another_layer(entry, cache, change):
    source = Counting()
    load(entry, source, cache)
    load(replace(entry, **change), source, cache)
    assert source.reads == 2


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.95])
def test_a_damaged_file_is_made_anew_never_trusted(entry, cache, place):
    source = Counting()
    whole = load(entry, source, cache)
    path = cache.files()[0].path
    content = bytearray(path.read_bytes())
    at = int(len(content) * place)
    content[at : at + 40] = bytes(byte ^ 0xFF for byte in content[at : at + 40])
    path.write_bytes(content)
    again = load(entry, source, cache)
    assert source.reads == 2
    assert shapely.equals_exact(whole.pieces, again.pieces, 0.0).all()


@pytest.mark.parametrize("content", [b"", b"no cache", b"PK\x03\x04"])
def test_a_file_that_is_no_cache_is_made_anew(entry, cache, content):
    source = Counting()
    load(entry, source, cache)
    cache.files()[0].path.write_bytes(content)
    load(entry, source, cache)
    assert source.reads == 2


def test_what_was_not_used_for_longest_makes_room(entry, cache):
    layer = load(entry, Counting(), cache)
    size = cache.files()[0].size
    small = CompiledCache(cache.folder, max_bytes=int(2.5 * size))
    cache.clear()
    for age, where in ((300, "jb = 1"), (200, "jb = 2"), (100, "jb = 3")):
        small.store(replace(entry, where=where), layer)
        path = small._path(replace(entry, where=where), layer.fingerprint)
        os.utime(path, (path.stat().st_atime - age, path.stat().st_mtime - age))
    kept = [
        where
        for where in ("jb = 1", "jb = 2", "jb = 3")
        if small.find(replace(entry, where=where), layer.fingerprint)
    ]
    assert kept == ["jb = 2", "jb = 3"]


def test_a_folder_that_cannot_be_made_costs_speed_only(entry, tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = CompiledCache(tmp_path / "file" / "cache")
    source = Counting()
    load(entry, source, cache)
    load(entry, source, cache)
    assert source.reads == 2


@contextmanager
def files_no_larger_than(size):
    """Let the system refuse to write more into a file, half way, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_full_disk_costs_speed_only_and_leaves_nothing(entry, cache, share):
    whole = load(entry, Counting(), cache)
    size = cache.files()[0].size
    cache.clear()
    source = Counting()
    with files_no_larger_than(int(size * share)):
        first = load(entry, source, cache)
        assert list(cache.folder.iterdir()) == []
    again = load(entry, source, cache)
    assert source.reads == 2
    assert len(cache.files()) == 1
    for layer in (first, again):
        assert shapely.equals_exact(whole.pieces, layer.pieces, 0.0).all()


def test_a_part_that_a_killed_program_left_is_not_trusted_and_goes_in_time(entry, cache):
    load(entry, Counting(), cache)
    (whole,) = cache.files()
    parts = [cache.folder / f"tmp{age}.part" for age in (60, 7200)]
    for part, age in zip(parts, (60, 7200), strict=True):
        part.write_bytes(whole.path.read_bytes()[: whole.size // 2])
        os.utime(part, (time.time() - age, time.time() - age))
    source = Counting()
    load(replace(entry, where="jb = 1"), source, cache)
    assert source.reads == 1
    assert [part.exists() for part in parts] == [True, False]  # the younger may be in the making
    assert all(file.path.suffix == ".npz" for file in cache.files())


def test_clear_removes_all_files(entry, cache):
    load(entry, Counting(), cache)
    assert cache.clear() == 1
    assert cache.files() == []


def test_the_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("ECO_ONEMAP_CACHE", str(tmp_path))
    assert default_folder() == tmp_path


def load_at_once(entry, folder, barrier, answers):
    """Load a layer again and again, with the cache cleared in between, beside other processes."""
    cache = CompiledCache(folder)
    for _ in range(5):
        barrier.wait(60)
        layer = load(entry, FileLayers(), cache)
        answers.put([shapely.to_wkb(layer.pieces).tolist(), layer.areas_m2.tolist()])
        barrier.wait(60)
        cache.clear()


def test_two_processes_share_a_cache(entry, cache):
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(2), context.Queue()
    given = (entry, cache.folder, barrier, answers)
    both = [context.Process(target=load_at_once, args=given) for _ in range(2)]
    for process in both:
        process.start()
    found = [answers.get(timeout=120) for _ in range(10)]
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    alone = load(entry, FileLayers(), cache)
    assert found == [[shapely.to_wkb(alone.pieces).tolist(), alone.areas_m2.tolist()]] * 10
    assert list(cache.folder.iterdir()) == [only.path for only in cache.files()]
