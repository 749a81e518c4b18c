# SPDX-License-Identifier: GPL-2.0-or-later
"""All that docs/accuracy.md states is kept, on smaller samples; the document is whole."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load():
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ACCURACY = _load()
MEASURES = [measure for measures in ACCURACY.CHAPTERS.values() for measure in measures]
SMALL = 0.03


@pytest.mark.slow
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.__name__)
def test_errors_are_within_what_is_allowed(measure):
    measured = measure(SMALL)
    assert len(measured.errors) >= 3
    assert np.isfinite(measured.errors).all()
    assert measured.worst <= measured.bound, measured.what


def test_the_document_states_what_is_measured_and_allowed():
    text = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    for chapter, measures in ACCURACY.CHAPTERS.items():
        part = text.split(f"## {chapter}\n")[1].split("\n## ")[0]
        cells = [row.split("|")[1:-1] for row in part.splitlines()]
        rows = [row for row in cells if len(row) == 9 and row[3].strip().isdecimal()]
        assert len(rows) == len(measures), chapter
        for row in rows:
            assert float(row[6]) <= float(row[7]), row  # the largest and what is allowed
    for name in ("python", "numpy", "shapely", "geos", "pyproj", "proj"):
        assert re.search(rf"{name} \d+\.\d+", text), name


def test_a_measurement_can_fail():
    measured = ACCURACY.Measured("x", "y", "z", 1, np.array([1.0, 3.0]), "m", 2.0)
    assert not measured.is_kept
    assert not ACCURACY.Measured("x", "y", "z", 1, np.zeros(0), "m", 2.0).is_kept
