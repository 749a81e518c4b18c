# SPDX-License-Identifier: GPL-2.0-or-later
"""How large sites are, and what share of one a part is: by area, by length, or all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.geometry.crs import CGCS2000, plane_crs_of, reproject
from eco_onemap.core.geometry.geodesy import areas_m2, lengths_m, plane_areas_m2
from eco_onemap.core.table import Geometries

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SiteSizes:
    """Sizes of sites, each array of shape (n,).

    dimensions: 0 point, 1 line, 2 polygon, -1 missing. area_m2, length_m: on the ellipsoid.
    planar_area_m2: in the plane of planar_crs.
    """

    dimensions: NDArray[np.int32]
    area_m2: Floats
    length_m: Floats
    planar_area_m2: Floats
    planar_crs: NDArray[np.object_]

    def shares(self, area_m2: Floats, length_m: Floats, met: NDArray[np.bool_]) -> Floats:
        """Return the share (0 to 1) of each site that a part of the given size is.

        Polygons go by area, lines by length, points are in or out (*met*).
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            by_area, by_length = area_m2 / self.area_m2, length_m / self.length_m
        share = np.where(self.dimensions == 1, by_length, met.astype(float))
        share = np.where(self.dimensions == 2, by_area, share)
        return np.minimum(np.nan_to_num(share), 1.0)

    def take(self, rows: NDArray[np.intp]) -> SiteSizes:
        """Return the sizes of the sites with the given numbers (repeats allowed)."""
        return SiteSizes(
            self.dimensions[rows],
            self.area_m2[rows],
            self.length_m[rows],
            self.planar_area_m2[rows],
            self.planar_crs[rows],
        )


def measure_sites(sites: Geometries, planar_crs: str) -> SiteSizes:
    """Return the sizes of sites; plane areas in *planar_crs*, or each in its own 3° zone."""
    crs = plane_crs_of(sites, planar_crs)
    missing = shapely.is_missing(sites)
    return SiteSizes(
        dimensions=np.where(missing, -1, shapely.get_dimensions(sites)),
        area_m2=areas_m2(sites),
        length_m=lengths_m(sites),
        planar_area_m2=plane_areas_in(sites, crs),
        planar_crs=crs,
    )


def plane_areas_in(geometries: Geometries, crs: NDArray[np.object_]) -> Floats:
    """Return the plane area in m² of each geometry (longitude, latitude) in its own CRS."""
    areas = np.zeros(len(geometries))
    for code in sorted(set(crs.tolist())):
        chosen = crs == code
        areas[chosen] = plane_areas_m2(reproject(geometries[chosen], CGCS2000, code))
    return areas
