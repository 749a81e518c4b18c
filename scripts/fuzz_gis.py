#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads random mutations of the GIS and CAD files of the corpus, and says what went wrong.

    .venv/bin/python scripts/fuzz_gis.py --count 20000 --seed 1

Wrong is: an exception that is not the project's own, a sentence that cannot be said, more than
5 seconds for a file, a site without geometry and reason, and ground that is not valid or finite. A
crash of GDAL ends the run; the file that was read last stays in --keep.

Exit code 0: nothing was wrong.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from fuzz_sites import CHANGES, SECONDS, TooSlow  # noqa: E402 (the path comes first)

from eco_onemap.core.errors import EcoOneMapError  # noqa: E402
from eco_onemap.core.messages import LANGUAGES  # noqa: E402
from eco_onemap.core.sites.site import SiteSet  # noqa: E402
from eco_onemap.core.sites.site_building import build_site_set  # noqa: E402
from eco_onemap.readers.sites import read_sites  # noqa: E402

CORPUS = ROOT / "tests" / "data" / "sites" / "gis"


def main() -> int:
    """Run, print what came out, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz-gis")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _too_slow)
    chance = random.Random(options.seed)
    families = _families()
    outcomes: Counter[str] = Counter()
    faults, slowest, start = 0, 0.0, time.monotonic()
    for number in range(options.count):
        name, parts = chance.choice(families)
        path = _write(options.keep / "last", name, parts, chance)
        begun = time.monotonic()
        outcome, wrong = judge(path)
        slowest = max(slowest, time.monotonic() - begun)
        outcomes[outcome] += 1
        for what in wrong:
            faults += 1
            print(f"- {name}, {number}: {what}", flush=True)
            path.parent.rename(options.keep / f"{options.seed}-{number}")
    print(
        f"{options.count} mutations, seed {options.seed}: {time.monotonic() - start:.0f} s, ",
        end="",
    )
    print(f"slowest {slowest:.2f} s")
    for outcome, count in outcomes.most_common():
        print(f"  {count:6d} {outcome}")
    print(f"  {faults:6d} faults")
    return 1 if faults else 0


def _too_slow(*_: object) -> None:
    raise TooSlow


def _families() -> list[tuple[str, dict[str, bytes]]]:
    """Return the name of each file to read, and the content of all files that belong to it."""
    endings = (".shp", ".gpkg", ".geojson", ".kml", ".kmz", ".gml", ".gpx", ".dxf", ".tab", ".mif")
    heads = [path for path in sorted(CORPUS.iterdir()) if path.suffix in (*endings, ".zip")]
    return [
        (head.name, {one.name: one.read_bytes() for one in CORPUS.glob(f"{head.stem}.*")})
        for head in heads
    ]


def _write(folder: Path, name: str, parts: dict[str, bytes], chance: random.Random) -> Path:
    """Write a file with those that belong to it, one of them changed in one to five places."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    changed = name if chance.random() < 0.8 else chance.choice(list(parts))
    for part, content in parts.items():
        made = content
        for _ in range(chance.randint(1, 5) if part == changed else 0):
            made = chance.choice(CHANGES)(made, list(parts.values()), chance)
        (folder / part).write_bytes(made)
    return folder / name


def judge(path: Path) -> tuple[str, list[str]]:
    """Return the outcome in a word, and everything that is wrong with it."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return "read", list(_of_sites(build_site_set(read_sites(path))))
    except EcoOneMapError as error:
        said = all(error.message.text(language) for language in LANGUAGES)
        return f"refused: {error.message.key}", [] if said else ["nothing is said"]
    except TooSlow:
        return "too slow", [f"more than {SECONDS} s"]
    except Exception as error:  # noqa: BLE001 (this is what the script looks for)
        return "crashed", [repr(error)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _of_sites(sites: SiteSet) -> Iterator[str]:
    missing = shapely.is_missing(sites.geometries)
    if sorted(sites.problems) != np.flatnonzero(missing).tolist():
        yield "a site without geometry has no reason, or one with a geometry has"
    present = sites.geometries[~missing]
    if not shapely.is_valid(present).all() or shapely.is_empty(present).any():
        yield "ground that is not valid"
    if not np.isfinite(shapely.get_coordinates(present)).all():
        yield "coordinates that are not finite"
    if not all(note.text(language) for note in sites.notes for language in LANGUAGES):
        yield "nothing is said"


if __name__ == "__main__":
    raise SystemExit(main())
