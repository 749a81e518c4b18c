# SPDX-License-Identifier: GPL-2.0-or-later
"""How a source's CRS is passed on: its EPSG code where it has one."""

from __future__ import annotations

from eco_onemap.core.geometry.crs import find_crs


def find_crs_name(wkt: str | None) -> str | None:
    """Return ``EPSG:…`` or the WKT of a source's CRS, None where it is on no known earth.

    GeoPackage's "Undefined geographic SRS" and "Undefined Cartesian SRS" (ids 0 and −1) and the
    local systems of drawings count as none.
    """
    if not wkt:
        return None
    crs = find_crs(wkt)
    if crs is None or crs.name.lower().startswith("undefined"):
        return None
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else wkt
