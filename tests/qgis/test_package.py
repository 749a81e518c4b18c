# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin's metadata and its zip, by the rules of plugins.qgis.org."""

from __future__ import annotations

import configparser
import os
import tomllib
import zipfile
from pathlib import Path
from urllib.parse import urlparse

import package
import pytest

from eco_onemap import __version__

REQUIRED = (
    *("name", "description", "version", "qgisMinimumVersion", "author", "email", "about"),
    *("tracker", "repository"),
)
LARGEST_BYTES = 25_000_000  # what plugins.qgis.org takes


@pytest.fixture(scope="module")
def general() -> configparser.SectionProxy:
    # as the site reads it, so a stray % in a text would be an error
    parser = configparser.ConfigParser()
    parser.optionxform = str
    parser.read_string((package.ROOT / "metadata.txt").read_text(encoding="utf-8"))
    return parser["general"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return package.write_zip(tmp_path_factory.mktemp("dist") / "plugin.zip")


def test_metadata_is_complete(general) -> None:
    assert [name for name in REQUIRED if not general.get(name)] == []
    assert general["hasProcessingProvider"] == "yes"
    assert (general["qgisMinimumVersion"], general["qgisMaximumVersion"]) == ("3.40", "4.99")
    for name in ("homepage", "tracker", "repository"):
        address = urlparse(general[name])
        assert address.scheme == "https"
        assert address.netloc
    for name in ("experimental", "deprecated", "server", "supportsQt6"):
        assert general[name] in ("True", "False")


def test_version_is_the_same_everywhere(general) -> None:
    project = tomllib.loads((package.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert general["version"] == __version__ == project["project"]["version"]
    assert general["license"] == project["project"]["license"]


def test_zip_is_what_the_site_takes(archive: Path, general) -> None:
    assert archive.stat().st_size < LARGEST_BYTES
    with zipfile.ZipFile(archive) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
        assert zipped.read("eco_onemap/metadata.txt").decode().startswith("[general]")
    assert {name.split("/")[0] for name in names} == {"eco_onemap"}
    needed = ("__init__.py", "metadata.txt", "LICENSE", "plugin.py", general["icon"])
    assert [name for name in needed if f"eco_onemap/{name}" not in names] == []
    parts = {part for name in names for part in name.split("/")}
    assert not [part for part in parts if part.startswith(".") or part.endswith((".pyc", ".part"))]
    assert not parts & {"tests", "__pycache__", "benchmarks", "..", "eco_onemap.egg-info"}
    assert not [n for n in names if n.startswith("eco_onemap/sample_layers/") and n.endswith(".py")]


def test_zip_has_all_resources_and_code(archive: Path) -> None:
    with zipfile.ZipFile(archive) as zipped:
        names = set(zipped.namelist())
    for folder, prefix in (("resources", "eco_onemap/resources/"), ("eco_onemap", "eco_onemap/")):
        for file in (package.ROOT / folder).rglob("*"):
            if file.suffix in {".py", ".yaml", ".svg", ".qml", ".j2"}:
                name = file.relative_to(package.ROOT / folder).as_posix()
                assert prefix + name in names or (file.suffix == ".py" and folder == "resources")


def test_same_files_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    source, _ = next(package.plugin_files())
    before = source.stat()
    os.utime(source, (before.st_atime + 100, before.st_mtime + 100))  # times do not count
    again = package.write_zip(tmp_path / "again.zip")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert again.read_bytes() == archive.read_bytes()


def test_stage_is_what_the_zip_holds(archive: Path, tmp_path: Path) -> None:
    stale = tmp_path / "eco_onemap" / "stale.py"
    stale.parent.mkdir()
    stale.write_text("", encoding="utf-8")
    staged = package.stage_plugin(tmp_path)
    with zipfile.ZipFile(archive) as zipped:
        packed = {name: zipped.read(name) for name in zipped.namelist()}
    laid_out = {
        file.relative_to(tmp_path).as_posix(): file.read_bytes()
        for file in staged.rglob("*")
        if file.is_file()
    }
    assert laid_out == packed
