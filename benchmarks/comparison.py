# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares our overlaps with other engines', each in its own process, and words the tables.

::

    .venv/bin/python benchmarks/comparison.py [--sites 1000] [--layers redline water ...]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import workload
from engines.running import ENGINES, ONE_MAP, Engine, Measured, measure
from engines.sharing import MOST_TURNS, QUICK_S

LAYERS = ("redline", "units", "water", "parcels", "sea", "points")
MAIN, MAIN_TITLE = "redline", "A red line of 431 features, 1.72 million vertices"
LONGEST_ELSEWHERE_S = 120.0
"""An engine that needs longer for one of the other layers cannot afford it."""

EXPLAINED = """\
Each engine runs on one core in a process of its own and gets the same {count:,} sites; of what
takes less than {quick:g} s the best of {turns} is told. The others are asked for less than ours
does: what each pair of site and feature shares. Ours also unites it per site and measures it on the
ellipsoid; for the others that is done afterwards, untimed and with one function, so that areas can
be compared. *Preparation* is done once for a layer: compiling, cutting, indexing, loading into the
engine (in PostGIS the tables are there already). *Peak* is the memory of the process that works,
with what it was given; for PostGIS the server's process, shared buffers included. GeoPandas
overlay and QGIS get the polygons only, 90 % of the sites."""


@dataclass(frozen=True)
class Comparison:
    """What engines made of one layer."""

    layer: str
    measured: Mapping[Engine, Measured]

    @property
    def ours(self) -> Measured:
        """What ours made of it."""
        return self.measured[ONE_MAP]

    def difference_m2(self, engine: Engine) -> float:
        """Return the largest difference of a site's area from ours, NaN where there is none."""
        theirs, ours = self.measured[engine].areas_m2, self.ours.areas_m2
        if engine is ONE_MAP or theirs is None or ours is None or np.isnan(theirs).all():
            return np.nan
        return float(np.abs(theirs - ours).max())


def compare(
    layer: str, count: int, engines: Sequence[Engine] = ENGINES, longest_s: float = 900.0
) -> Comparison:
    """Return what engines make of *count* sites and a layer of the workload."""
    sites, features = workload.sites(count), getattr(workload, layer)()
    found: dict[Engine, Measured] = {}
    for engine in engines:
        made = found[engine] = measure(engine, sites, features, longest_s)
        said = made.problem or f"{made.seconds:.3f} s"
        print(f"{layer}: {engine.name}: {said}", file=sys.stderr, flush=True)
    return Comparison(layer, found)


def layer_table(comparison: Comparison) -> list[list[str]]:
    """Return one row per engine: time, preparation, ratio, memory and difference in area."""
    ours = comparison.ours.seconds
    header = ["engine", "version", "seconds", "ratio to ours", "preparation, s"]
    rows = [[*header, "ratio with preparation", "peak, MiB", "largest difference in area, m²"]]
    for engine, made in comparison.measured.items():
        if made.problem:
            rows.append([engine.name, made.problem, *["–"] * 6])
            continue
        whole = (made.seconds + made.preparation_s) / (ours + comparison.ours.preparation_s)
        difference = comparison.difference_m2(engine)
        rows.append(
            [
                engine.name,
                made.version,
                f"{made.seconds:.3g}",
                f"{made.seconds / ours:.3g}",
                f"{made.preparation_s:.3g}" if made.preparation_s else "–",
                f"{whole:.3g}",
                f"{made.peak_mib:.0f}",
                "–" if np.isnan(difference) else f"{difference:.2g}",
            ]
        )
    return rows


def layers_table(comparisons: Sequence[Comparison]) -> list[list[str]]:
    """Return one row per engine, one column per layer: seconds, and the ratio to ours."""
    rows = [["seconds (ratio to ours)", *(comparison.layer for comparison in comparisons)]]
    for engine in comparisons[0].measured:
        rows.append([engine.name, *(_cell(comparison, engine) for comparison in comparisons)])
    return rows


def _cell(comparison: Comparison, engine: Engine) -> str:
    made = comparison.measured.get(engine)
    if made is None:
        return "–"
    if made.problem:
        return made.problem
    return f"{made.seconds:.3g} ({made.seconds / comparison.ours.seconds:.3g})"


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return a table with its header in the first row."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def report(count: int, layers: Sequence[str] = LAYERS) -> str:
    """Return the comparison as Markdown: the red line in full, then all layers."""
    made = [
        compare(layer, count, longest_s=900.0 if layer == MAIN else LONGEST_ELSEWHERE_S)
        for layer in layers
    ]
    sections = [EXPLAINED.format(count=count, quick=QUICK_S, turns=MOST_TURNS)]
    titled = "### A red line of 431 features, 1.72 million vertices"
    sections += [
        f"{titled}\n\n{as_markdown(layer_table(one))}" for one in made if one.layer == MAIN
    ]
    sections += ["### Each layer", as_markdown(layers_table(made))]
    sections += [_say_differences(made)]
    return "\n\n".join(sections) + "\n"


def _say_differences(comparisons: Sequence[Comparison]) -> str:
    """Return each engine's largest difference of a site's area from ours, over all layers."""
    said = []
    for engine in comparisons[0].measured:
        found = [one.difference_m2(engine) for one in comparisons if engine in one.measured]
        known = [difference for difference in found if not np.isnan(difference)]
        if known:
            said.append(f"{engine.name} {max(known):.2g} m²")
    return f"Largest difference of a site's area from ours in any layer: {', '.join(said)}."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--layers", nargs="+", choices=LAYERS, default=LAYERS)
    arguments = parser.parse_args()
    print(report(arguments.sites, arguments.layers))


if __name__ == "__main__":
    main()
