# SPDX-License-Identifier: GPL-2.0-or-later
"""Which packages are missing or too old, and that pyproject.toml asks for the same ones."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from eco_onemap.core import dependencies
from eco_onemap.core.dependencies import CORE_PACKAGES, Package, find_missing_packages

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_missing_here() -> None:
    assert find_missing_packages() == []


def test_package_that_is_not_there() -> None:
    (lack,) = find_missing_packages([Package("no_such_module", "no-such", "1.2")])
    assert (lack.requirement, lack.found) == ("no-such>=1.2", "")


@pytest.mark.parametrize(
    ("installed", "minimum", "is_missing"),
    [
        ("1.8.5", "2.1", True),
        ("2.0.7", "2.1", True),
        ("2.1", "2.1", False),
        ("2.1.0rc1", "2.1", False),
        ("2.10.0", "2.9", False),
        ("6.0", "6", False),
        ("10", "9.1", False),
    ],
)
def test_versions_compare_as_numbers(monkeypatch, installed, minimum, is_missing) -> None:
    monkeypatch.setattr(dependencies.metadata, "version", lambda name: installed)
    lacks = find_missing_packages([Package("json", "json", minimum)])
    assert [lack.found for lack in lacks] == ([installed] if is_missing else [])


def test_unknown_version_is_accepted() -> None:
    assert find_missing_packages([Package("json", "no-such-distribution", "99")]) == []


def test_pyproject_asks_for_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = dict(re.split(r">=", text) for text in project["dependencies"])
    for package in CORE_PACKAGES:
        assert asked[package.name] == package.minimum


def test_looking_needs_none_of_the_packages() -> None:
    # a new interpreter without the environment's packages still says what is missing
    code = "from eco_onemap.core.dependencies import find_missing_packages as f; print(len(f()))"
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]; {code}",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout) == len(CORE_PACKAGES)
