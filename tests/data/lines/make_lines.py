# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the line projects of this folder: two long ones through the fictional sample city.

Routes are corners rounded twice (Chaikin 1974), as a planner draws them; degrees of CGCS2000.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent

PIPELINE = [
    (118.3180, 24.4940), (118.3560, 24.5030), (118.4000, 24.5350), (118.4300, 24.5850),
    (118.4520, 24.6400), (118.5000, 24.6750), (118.5450, 24.7000), (118.5770, 24.7210),
    (118.6100, 24.7220),
]  # fmt: skip
ROAD = [
    [(118.3560, 24.5180), (118.3720, 24.5240), (118.3960, 24.5220), (118.4120, 24.5300)],
    [(118.4180, 24.5320), (118.4300, 24.5240), (118.4420, 24.5260)],
]
"""In two parts, with a bridge between them that another project builds."""


def rounded(corners: list[tuple[float, float]]) -> list[list[float]]:
    """Return a line with its corners cut off three times, its ends kept."""
    points = np.array(corners)
    for _ in range(3):
        ahead, behind = points[:-1], points[1:]
        cut = np.stack((0.75 * ahead + 0.25 * behind, 0.25 * ahead + 0.75 * behind), axis=1)
        points = np.vstack((points[:1], cut.reshape(-1, 2)[1:-1], points[-1:]))
    found: list[list[float]] = np.round(points, 7).tolist()
    return found


def feature(
    site_id: str, name: str, geometry: dict[str, object], **facts: str
) -> dict[str, object]:
    """Return a site as GeoJSON has it."""
    told = {"site_id": site_id, "name": name, "stage": "siting", **facts}
    return {"type": "Feature", "properties": told, "geometry": geometry}


def main() -> None:
    """Write ``lines.geojson``."""
    pipeline = {"type": "LineString", "coordinates": rounded(PIPELINE)}
    road = {"type": "MultiLineString", "coordinates": [rounded(part) for part in ROAD]}
    collection = {
        "type": "FeatureCollection",
        "name": "lines",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}},
        "features": [
            feature(
                "G01", "砂河至岚溪成品油管道", pipeline,
                tags="new,linear,hazardous_substances", industry="G5720",
            ),
            feature("G02", "汐城环线公路", road, tags="new,linear", industry="E4812"),
        ],
    }  # fmt: skip
    text = json.dumps(collection, ensure_ascii=False, indent=1)
    (HERE / "lines.geojson").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
