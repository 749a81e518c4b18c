# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line as a process of its own, with QGIS out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eco_onemap.paths import sample
from tests.cli.forking import WAIT_S, Forks

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def search_path(tmp_path_factory) -> str:
    """Where Python finds modules: the program, but neither qgis nor osgeo."""
    blocked = tmp_path_factory.mktemp("blocked")
    for name in ("qgis", "osgeo", "PyQt5"):
        (blocked / name).mkdir()
        (blocked / name / "__init__.py").write_text(f"raise ImportError('{name} is blocked')")
    return os.pathsep.join((str(blocked), str(sample().parent)))


@pytest.fixture(scope="session")
def forks(search_path) -> Iterator[Forks]:
    forks = Forks(os.environ | {"PYTHONPATH": search_path, "LC_ALL": "C.UTF-8"})
    yield forks
    forks.end()


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def variables(search_path, cache) -> Callable[[], dict[str, str]]:
    """The variables of a call, with what a test changed until then."""
    own = {"PYTHONPATH": search_path, "ECO_ONEMAP_CACHE": str(cache), "LC_ALL": "C.UTF-8"}
    return lambda: os.environ | own


@pytest.fixture
def run(forks, variables, tmp_path, tmp_path_factory) -> Run:
    """Runs ``eco-onemap`` in a process of its own, see :class:`Forks`."""

    def call(*arguments, language="en", pasted=""):
        command = [*map(str, arguments), "--language", language]
        streams = tmp_path_factory.mktemp("streams")
        return forks.call(command, variables(), tmp_path, streams, pasted)

    return call


@pytest.fixture
def start(variables, tmp_path) -> Run:
    """Starts ``python -m eco_onemap`` as users do; one test of each command asks for it."""

    def call(*arguments, language="en", pasted=""):
        command = [sys.executable, "-m", "eco_onemap", *map(str, arguments)]
        command += ["--language", language]
        return subprocess.run(
            *(command,),
            env=variables(),
            input=pasted,
            capture_output=True,
            text=True,
            timeout=WAIT_S,
            check=False,
            cwd=tmp_path,
        )

    return call
