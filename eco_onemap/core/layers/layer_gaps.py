# SPDX-License-Identifier: GPL-2.0-or-later
"""What loaded layers lack everywhere: boundaries, usable geometries, a place that is sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shapely

from eco_onemap.core.geometry.repair import RepairRecord
from eco_onemap.core.law.gaps import ALL_SITES, Gap
from eco_onemap.core.layers.catalogue import FULL_COVERAGE_ROLES, LayerEntry
from eco_onemap.core.layers.compiled import lost_features
from eco_onemap.core.layers.coverage import Coverage
from eco_onemap.core.layers.grid import bounds_of_raster
from eco_onemap.core.layers.loading import Loaded, LoadedRaster, LoadedVector
from eco_onemap.core.messages import Message, message


def incomplete_gaps(layers: Sequence[Loaded], is_needed: Callable[[Loaded], bool]) -> list[Gap]:
    """Return the gaps of layers that were loaded, but not as a whole or not as they were drawn.

    Features whose geometry is broken beyond use may lie anywhere, so no site can be clear of a
    layer that is needed. Repaired ones block nothing: a repair keeps all ground that outlines
    enclose by any reading, so it hides no conflict; a large change is told, as it may feign one.
    A layer in an older datum may lie elsewhere as a whole. One without any feature on the ground
    that it is said to map was left empty by an export or a filter, or lies elsewhere by its
    coordinate reference system, unless the catalogue states that it is ``empty``.
    Rows without a geometry are compared by name.
    """
    gaps = []
    for layer in layers:
        if layer.entry.datum:
            gaps.append(_datum_gap(layer.entry, is_needed(layer)))
        if isinstance(layer, LoadedVector):
            gaps += _gaps(layer, is_needed(layer))
        elif isinstance(layer, LoadedRaster):
            gaps += _raster_gaps(layer, is_needed(layer))
    return gaps


def _datum_gap(entry: LayerEntry, is_needed: bool) -> Gap:
    """Return the gap of a layer in an older datum; where nobody knows how far off, none is clear.

    A known offset blocks nothing: it counts as the layer's error, so that what passes by less
    needs a survey.
    """
    args = {"layer": entry.title, "datum": entry.datum}
    if entry.datum_error_m:
        why = message("layer.datum", metres=f"{entry.datum_error_m:g}", **args)
        return Gap(ALL_SITES, f"layer:{entry.id}", why, blocks=False)
    why = message("layer.datum_unknown", **args)
    return Gap(ALL_SITES, f"layer:{entry.id}", why, is_needed)


def _gaps(loaded: LoadedVector, is_needed: bool) -> list[Gap]:
    title, record = loaded.entry.title, loaded.layer.repair
    boundless = int((loaded.layer.dimensions < 0).sum()) - record.lost
    gaps = []
    vacant = _vacant(loaded)
    if vacant is not None:
        gaps.append((vacant, is_needed))
    if boundless:
        gaps.append((message("layer.no_geometry", layer=title, count=boundless), False))
    if record.lost:
        gaps.append((lost_features(title, record), is_needed))
    if record.is_large:
        gaps.append((_changed("layer.repair_changed", title, record), False))
    if loaded.coverage.area is not None and loaded.coverage.area.repair.is_large:
        gaps.append(
            (_changed("coverage.repair_changed", title, loaded.coverage.area.repair), False)
        )
    return [Gap(ALL_SITES, f"layer:{loaded.entry.id}", why, blocks) for why, blocks in gaps]


def _vacant(loaded: LoadedVector) -> Message | None:
    """Return that a layer has no feature on the ground that it maps, None where it has.

    Of layers that tile the region, and of those read from a part of a database, nothing follows.
    """
    entry, layer = loaded.entry, loaded.layer
    if entry.empty or entry.bounds is not None or entry.role in FULL_COVERAGE_ROLES:
        return None
    if len(layer) and not len(layer.pieces):
        return None  # rows without a geometry are compared by name
    if not len(layer.pieces):
        key = "layer.filtered" if entry.where else "layer.vacant"
        return message(key, layer=entry.title, where=entry.where)
    return _elsewhere(entry, layer.bounds, loaded.coverage, layer.crs)


def _elsewhere(
    entry: LayerEntry, bounds: Sequence[float], coverage: Coverage, crs: str | None
) -> Message | None:
    """Return that all of a layer lies outside the ground that it is said to map, None if not."""
    ground = coverage.area
    if entry.empty or ground is None or not len(ground.pieces):
        return None
    if shapely.intersects(shapely.box(*bounds), shapely.box(*ground.bounds)):
        return None
    return message("layer.elsewhere", layer=entry.title, crs=crs or "–")


def _raster_gaps(loaded: LoadedRaster, is_needed: bool) -> list[Gap]:
    info = loaded.raster.info
    bounds = bounds_of_raster(info)
    if bounds is None:
        return []
    why = _elsewhere(loaded.entry, bounds.tolist(), loaded.coverage, info.crs)
    return [Gap(ALL_SITES, f"layer:{loaded.entry.id}", why, is_needed)] if why else []


def _changed(key: str, layer: str, record: RepairRecord) -> Message:
    return message(
        key,
        layer=layer,
        count=record.repaired,
        change=f"{record.change_m2:.2f}",
        largest=record.largest_id,
        share=f"{100 * record.largest_share:.3g}",
    )
