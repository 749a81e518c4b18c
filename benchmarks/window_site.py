# SPDX-License-Identifier: GPL-2.0-or-later
"""How long one site takes in the open QGIS window: from *Check* to the result on the screen.

::

    .venv/bin/python benchmarks/window_site.py [--windows 3]

Each window opens the sample city, checks its sites, draws a site by mouse and checks that five
times. The first check after the start compiles or loads layers; what counts are those after it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "qgis")]

import package  # noqa: E402 (found by the line above)
from windows import in_window  # noqa: E402

from eco_onemap.paths import sample  # noqa: E402

CORNERS = [[118.05, 24.55], [118.06, 24.55], [118.06, 24.56]]


def single_checks(windows: int) -> list[float]:
    """Return the seconds of all checks of one drawn site, five in each window."""
    taken: list[float] = []
    for _ in range(windows):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            plugins = folder / "plugins"
            package.stage_plugin(plugins)
            given = {"sample": "Sample city", "sites": str(sample("sites.gpkg"))}
            given |= {"corners": CORNERS, "pictures": name}
            taken += in_window("siting.py", plugins, folder, given=given, locale="en")["single"]
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=3)
    taken = single_checks(parser.parse_args().windows)
    print(
        f"one site, 21 layers: best {min(taken):.2f} s, median {statistics.median(taken):.2f} s, "
        f"slowest {max(taken):.2f} s of {len(taken)} checks"
    )


if __name__ == "__main__":
    main()
