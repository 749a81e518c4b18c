# SPDX-License-Identifier: GPL-2.0-or-later
"""No function of the project runs once for each site, hit, finding, gap or row that is written."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

import eco_onemap

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import digests  # found by the line above

from eco_onemap.core.assess import assess_into
from eco_onemap.core.options import Options
from eco_onemap.outputs.csv_tables import write_csv_tables
from eco_onemap.outputs.staging import StagedGeoPackage
from eco_onemap.readers.compiled_cache import CompiledCache
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.result_blocks import open_results

pytestmark = pytest.mark.slow

OURS = str(Path(eco_onemap.__file__).parent)
FEW, MANY = 700, 1400


def calls(count: int, folder: Path) -> Counter[str]:
    """How often each of our functions runs in a check of one block, written and turned to CSV."""
    catalogue, packs = digests.city()
    sites = digests.city_sites(count)
    options = Options(
        as_of=digests.DAY, rings_m=digests.RINGS, explain_sites=count, block_sites=count
    )
    target = folder / f"{count}.gpkg"
    staged, cache = StagedGeoPackage(target, "City", "zh"), CompiledCache(folder / "cache")
    found: Counter[str] = Counter()

    def note(frame, event, _):
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(OURS):
            found[f"{code.co_filename}:{code.co_firstlineno} {code.co_qualname}"] += 1

    sys.setprofile(note)
    try:
        assess_into(staged, sites, catalogue, packs, options, FileLayers(), None, cache)
        with open_results(target) as tables:
            write_csv_tables(folder / f"csv {count}", tables)
    finally:
        sys.setprofile(None)
    return found


def test_no_function_runs_once_for_each_site_or_row(tmp_path):
    calls(10, tmp_path)  # compiles the layers
    few, many = calls(FEW, tmp_path), calls(MANY, tmp_path)
    more = {name: many[name] - few[name] for name in many if not name.endswith("__len__")}
    assert {name: grown for name, grown in more.items() if grown >= MANY - FEW} == {}
    assert any("check_block" in name for name in many)
