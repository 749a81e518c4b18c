# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures how exact the numbers of a check are and writes ``docs/accuracy.md``.

::

    .venv/bin/python benchmarks/accuracy.py [--scale 1] [--out docs/accuracy.md]

Every error is measured against a truth that shares nothing with what is measured. Ends with 1
where an error exceeds what is allowed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]  # the truths are those of the tests

import accuracy_areas as areas  # noqa: E402 (found by the line above)
import accuracy_distances as distances  # noqa: E402
import accuracy_whole as whole  # noqa: E402
import shapely  # noqa: E402
from accuracy_measures import Measure, Measured, as_array  # noqa: E402

from eco_onemap.core.geometry.crs import MAX_PLANE_EDGE_M, gauss_kruger_3_degrees  # noqa: E402
from eco_onemap.core.geometry.geodesy import areas_m2, trapezoid_area  # noqa: E402
from eco_onemap.core.measures.site_sizes import plane_areas_in  # noqa: E402
from eco_onemap.core.results.run_record import versions  # noqa: E402
from tests.core.truth import GEOD, unprojected  # noqa: E402

CHAPTERS: dict[str, tuple[Measure, ...]] = {
    "Areas": (
        areas.zones_closed_form,
        areas.zones_by_the_standard,
        areas.surveyed_plots,
        areas.small_plots,
        areas.geodesic_plots,
        areas.degree_plots,
    ),
    "Edges and borders": (areas.surveyed_edges, areas.shared_borders),
    "Distances and rings": (
        distances.point_distances,
        distances.plot_distances,
        distances.ring_members,
    ),
    "Over zones and provinces": (whole.zones_together, whole.province_and_parts),
    "Plane areas": (areas.plane_areas,),
}

VECTORS = {
    "rectangle 118.10–118.11° E, 24.50–24.51° N": (
        [(118.10, 24.50), (118.11, 24.50), (118.11, 24.51), (118.10, 24.51), (118.10, 24.50)],
        1_122_617.633,
    ),
    "triangle (118.10, 24.50), (118.1123, 24.5031), (118.1057, 24.5112)": (
        [(118.10, 24.50), (118.1123, 24.5031), (118.1057, 24.5112), (118.10, 24.50)],
        674_069.486,
    ),
}
"""Rings with the area that the formula of TD/T 1055-2019 gives them, in m²."""


def document(scale: float) -> tuple[str, bool]:
    """Return the document and whether all errors are within what is allowed."""
    parts, kept = [INTRODUCTION.format(versions=_versions())], True
    for title, measures in CHAPTERS.items():
        found = [measure(scale) for measure in measures]
        kept &= all(measured.is_kept for measured in found)
        parts.append(f"## {title}\n\n{_table(found)}\n")
        parts += [EXTRA[title]()] if title in EXTRA else []
    return "\n".join(parts), kept


INTRODUCTION = """# Accuracy

Made by `make accuracy`; every number below was measured in that run, with {versions}.

Each row draws a sample by a fixed seed, computes with the functions that a check uses, and
compares with a truth computed another way. *Allowed* is the bound that the same measurement must
keep as a test (`tests/benchmarks/test_accuracy.py`, smaller samples).
"""


def _versions() -> str:
    names = ("eco_onemap", "python", "numpy", "shapely", "geos", "pyproj", "proj")
    found = versions()
    return ", ".join(f"{name} {found[f'{name}.version']}" for name in names)


def _table(rows: list[Measured]) -> str:
    header = "| what | truth | sample | seed | median | 99 % | largest | allowed | unit |"
    lines = [header, "|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        median, most = np.quantile(row.errors, [0.5, 0.99])
        figures = " | ".join(f"{value:.2g}" for value in (median, most, row.worst, row.bound))
        about = f"{row.what} | {row.truth} | {row.sample} | {row.seed}"
        lines.append(f"| {about} | {figures} | {row.unit} |")
    return "\n".join(lines)


def _standard() -> str:
    """Return what the standard's own sum gives, and how far geodesic edges lie from straight."""
    rows = ["| test polygon | formula of TD/T 1055 | ours, same sum | ours | difference |"]
    rows.append("|---|---|---|---|---|")
    for name, (ring, published) in VECTORS.items():
        same = trapezoid_area(*np.array(ring).T)
        area = areas_m2(as_array([shapely.Polygon(ring)]))[0]
        rows.append(f"| {name} | {published:.3f} | {same:.3f} | {area:.3f} | {area - same:+.3f} |")
    return f"{STANDARD}\n" + "\n".join(rows) + f"\n\n{MEANING}\n" + _edges_in_degrees() + "\n"


STANDARD = """The standard's own sum takes one trapezoid an edge and depends on where a slanted edge
is subdivided; ours adds the next terms of the integral along the edge, which is what the sum
converges to (m²):
"""

MEANING = """An edge given in longitude and latitude is straight there, as the standard has it. A
geodesic between the same two corners is another line. That is a difference in meaning, not an
error; for right-angled triangles whose legs run east and north it is, of the area:
"""


def _edges_in_degrees() -> str:
    rows = ["| latitude | " + " | ".join(f"{edge:,} m" for edge in EDGES) + " |"]
    rows.append("|---|" + "---|" * len(EDGES))
    for latitude in (18, 24.5, 35, 45, 53):
        cells = [f"{_meaning(latitude, edge):.1e}" for edge in EDGES]
        rows.append(f"| {latitude}° | " + " | ".join(cells) + " |")
    return "\n".join(rows)


EDGES = (100, 1_000, 10_000)


def _meaning(latitude: float, edge: float) -> float:
    east, _, _ = GEOD.fwd(118, latitude, 90, edge)
    _, north, _ = GEOD.fwd(118, latitude, 0, edge)
    triangle = shapely.Polygon([(118, latitude), (east, latitude), (118, north)])
    geodesic = abs(GEOD.polygon_area_perimeter(*np.asarray(triangle.exterior.coords).T)[0])
    return abs(areas_m2(as_array([triangle]))[0] / geodesic - 1)


def _bows() -> str:
    """Return how far edges would lie off if they were not densified."""
    rows = ["| latitude | " + " | ".join(f"{edge:,} m" for edge in EDGES) + " |"]
    rows.append("|---|" + "---|" * len(EDGES))
    for latitude in (18, 24.5, 35, 45, 53):
        cells = [_millimetres(1000 * _bow(latitude, edge)) for edge in EDGES]
        rows.append(f"| {latitude}° | " + " | ".join(cells) + " |")
    return (
        f"Edges surveyed in a plane are densified to {MAX_PLANE_EDGE_M:g} m, those of plots below "
        "2,500 m² further. Left as they are, an edge running east would bow, in mm:\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _millimetres(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _bow(latitude: float, edge: float) -> float:
    """Distance in m of the middle of a plane edge from that of the edge straight in degrees."""
    east, north = 500_000.0, GEOD.inv(117, 0, 117, latitude)[2]
    ends = [(east - edge / 2, north), (east, north), (east + edge / 2, north)]
    start, middle, end = unprojected(ends, "EPSG:4548")
    return GEOD.inv(*middle, *((start + end) / 2))[2]


def _planes() -> str:
    """Return how plane area and ellipsoidal area differ across a zone."""
    rows = ["| degrees from the central meridian | CRS | ellipsoid, m² | plane, m² | difference |"]
    rows.append("|---|---|---|---|---|")
    for off in (0.0, 0.5, 1.0, 1.5, 3.0):
        square = as_array([shapely.box(117 + off, 24.5, 117.01 + off, 24.51)])
        crs = gauss_kruger_3_degrees(117)
        ground = areas_m2(square)[0]
        plane = plane_areas_in(square, np.array([crs], dtype=object))[0]
        more = f"{100 * (plane / ground - 1):+.3f} %"
        rows.append(f"| {off:g}° | {crs} | {ground:,.2f} | {plane:,.2f} | {more} |")
    return (
        "Results give the area on the ellipsoid, the plane area and the CRS of the plane side by "
        "side, and the report their difference. For a square of 0.01° at 24.5° N:\n\n"
        + "\n".join(rows)
        + "\n"
    )


EXTRA = {"Areas": _standard, "Edges and borders": _bows, "Plane areas": _planes}


def main() -> None:
    """Measure, write, and say whether all is within what is allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the samples")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy.md")
    arguments = parser.parse_args()
    text, kept = document(arguments.scale)
    arguments.out.write_text(text, encoding="utf-8")
    print(text)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
