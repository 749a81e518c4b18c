# SPDX-License-Identifier: GPL-2.0-or-later
"""One version everywhere, and a metadata.txt that QGIS can use."""

from __future__ import annotations

import configparser
import re
import tomllib

import eco_onemap
from eco_onemap.paths import metadata_file

from .code import ROOT


def metadata():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(metadata_file(), encoding="utf-8")
    return parser["general"]


def changelog_head():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## \[?v?(\d+\.\d+\.\d+)\]?", text, re.MULTILINE)
    assert found, "CHANGELOG.md has no heading with a version"
    return found[1]


def test_there_is_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {
        "pyproject.toml": project["version"],
        "metadata.txt": metadata()["version"],
        "eco_onemap": eco_onemap.__version__,
        "CHANGELOG.md": changelog_head(),
    }
    assert set(versions.values()) == {eco_onemap.__version__}, versions


def test_the_plugins_changelog_begins_with_its_version():
    assert metadata()["changelog"].strip().startswith(eco_onemap.__version__)


def test_qgis_finds_what_it_asks_for():
    told = metadata()
    for key in ("name", "description", "about", "author", "email", "tracker", "repository"):
        assert told[key].strip(), key
    assert told["qgisMinimumVersion"] == "3.40"
    assert told.getboolean("supportsQt6")
    assert told.getboolean("hasProcessingProvider")
    icon = told["icon"]
    assert (ROOT / icon).is_file() or (ROOT / "eco_onemap" / icon).is_file(), icon


def test_the_licence_is_the_one_that_every_file_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == metadata()["license"] == "GPL-2.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")
