# SPDX-License-Identifier: GPL-2.0-or-later
"""How far a measured distance may be wrong, and how far a check must look because of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from eco_onemap.core.geometry.crs import CGCS2000, find_crs, transformer
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.options import Options
from eco_onemap.core.sites.datums import find_older_datum, offset_of

ADMIN_ROLE, INTAKE_ROLE, TARGET_ROLE = "admin", "water_intake", "sensitive"

INTAKE_REACH_M = 10_000.0
"""How far intakes are looked for along rivers, whose course is never shorter than the straight
distance: the reach of HJ 169-2018."""

WGS84_ERROR_M = 1.0
"""Accuracy of taking WGS 84 for CGCS2000, as the EPSG registry gives it (operation 15936)."""


def combined_error_m(entry: LayerEntry, options: Options) -> float:
    """Return the combined positional error in metres of a distance between a site and a layer.

    The errors of layer, survey and transformation are independent, so their squares add up (law
    of error propagation). A layer that states no accuracy adds nothing: its error is not known.
    What a layer in an older datum may be off counts as an error of its own.
    """
    of_layer = entry.accuracy_m, entry.datum_error_m
    return math.hypot(*of_layer, options.site_accuracy_m, options.transformation_m)


def with_datum(entry: LayerEntry, crs: str | None) -> LayerEntry:
    """Return a layer's entry with the datum of its source where that is older than CGCS2000.

    No parameters between datums are known, so its coordinates are taken over as they are.
    """
    found = find_crs(crs) if crs else None
    datum = find_older_datum(found) if found is not None else None
    if datum is None:
        return entry
    return replace(entry, datum=datum, datum_error_m=float(offset_of(datum) or 0))


def search_reach_m(reaches_m: Sequence[float], entry: LayerEntry, options: Options) -> float:
    """Return how far around a site features of a layer are looked for.

    As far as rules ask and a touch reaches, and the error beyond; to neighbouring divisions as
    far as they are to be consulted, to sensitive targets as far as their people are counted.
    """
    error = combined_error_m(entry, options)
    further = {
        ADMIN_ROLE: options.consult_m,
        INTAKE_ROLE: INTAKE_REACH_M,
        TARGET_ROLE: options.target_reach_m,
    }
    asked = (*reaches_m, options.tolerances.touch_m, further.get(entry.role, 0.0))
    return max(*asked, 0.0) + error


def transformation_error_m(source: str) -> float | None:
    """Return how far coordinates may be wrong when a CRS is brought to CGCS2000, None if unknown.

    0 on the same datum. Without the grids or parameters of the old datums (which are classified)
    their coordinates are taken over as they are, tens of metres wrong: unknown.
    """
    crs = find_crs(source)
    if crs is None:
        return None
    accuracy = transformer(source, CGCS2000).accuracy
    if accuracy >= 0:
        return float(accuracy)
    datum = crs.geodetic_crs and crs.geodetic_crs.datum
    is_wgs84 = datum is not None and datum.name.startswith("World Geodetic System 1984")
    return WGS84_ERROR_M if is_wgs84 else None
