# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs in a writer's own process: reads the tables, writes them, tells how long it took."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main(name: str, given: str, target: str) -> None:
    """Write the tables in the file *given* to the GeoPackage *target* by the module *name*."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from engines.sharing import Clock, peak_mib

    from writing.plain_tables import load_tables

    clock = Clock()
    tables = load_tables(Path(given))
    before = peak_mib(anew=True)
    import_module(f"writing.{name}").write(Path(target), tables, clock)
    told = {"seconds": clock.working_s, "peak_mib": peak_mib(), "given_mib": before}
    print(json.dumps({**told, "version": clock.version}))


if __name__ == "__main__":
    main(*sys.argv[1:])
