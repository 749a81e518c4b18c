# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs in an engine's own process: reads sites and features, runs, writes what came out."""

from __future__ import annotations

import pickle
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import shapely


def main(name: str, given: str, made: str) -> None:
    """Run the engine of the module *name* on the file *given* and write the file *made*."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from engines.sharing import Clock, Parts, peak_mib

    with Path(given).open("rb") as stream:
        sites, features = (
            shapely.from_wkb(np.array(blobs, dtype=object)) for blobs in pickle.load(stream)
        )
    clock = Clock()
    found = import_module(f"engines.{name}").run(sites, features, clock)
    peak = max(peak_mib(), clock.other_peak_mib)
    content = (found.sites, found.blobs) if isinstance(found, Parts) else found.area_m2
    with Path(made).open("wb") as stream:
        pickle.dump((clock.working_s, clock.preparing_s, peak, clock.version, content), stream)


if __name__ == "__main__":
    main(*sys.argv[1:])
