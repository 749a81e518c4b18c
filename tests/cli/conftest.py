# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line as a process of its own, with QGIS out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eco_onemap.paths import sample


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(cache, tmp_path):
    """Runs ``python -m eco_onemap`` with qgis and osgeo out of reach."""
    blocked = tmp_path / "blocked"
    for name in ("qgis", "osgeo", "PyQt5"):
        (blocked / name).mkdir(parents=True)
        (blocked / name / "__init__.py").write_text(f"raise ImportError('{name} is blocked')")

    def call(*arguments, language="en"):
        env = os.environ | {
            "PYTHONPATH": os.pathsep.join((str(blocked), str(sample().parent))),
            "ECO_ONEMAP_CACHE": str(cache),
            "LC_ALL": "C.UTF-8",
        }
        command = [sys.executable, "-m", "eco_onemap", *map(str, arguments)]
        command += ["--language", language]
        return subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path
        )

    return call
