# SPDX-License-Identifier: GPL-2.0-or-later
"""What loaded layers lack everywhere: boundaries, usable geometries, a place that is sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eco_onemap.core.geometry.repair import RepairRecord
from eco_onemap.core.law.gaps import ALL_SITES, Gap
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.compiled import lost_features
from eco_onemap.core.layers.loading import Loaded, LoadedVector
from eco_onemap.core.messages import Message, message


def incomplete_gaps(layers: Sequence[Loaded], is_needed: Callable[[Loaded], bool]) -> list[Gap]:
    """Return the gaps of layers that were loaded, but not as a whole or not as they were drawn.

    Features whose geometry is broken beyond use may lie anywhere, so no site can be clear of a
    layer that is needed. Repaired ones block nothing: a repair keeps all ground that outlines
    enclose by any reading, so it hides no conflict; a large change is told, as it may feign one.
    A layer in an older datum may lie elsewhere as a whole.
    Rows without a geometry are compared by name.
    """
    gaps = []
    for layer in layers:
        if layer.entry.datum:
            gaps.append(_datum_gap(layer.entry, is_needed(layer)))
        if isinstance(layer, LoadedVector):
            gaps += _gaps(layer, is_needed(layer))
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


def _changed(key: str, layer: str, record: RepairRecord) -> Message:
    return message(
        key,
        layer=layer,
        count=record.repaired,
        change=f"{record.change_m2:.2f}",
        largest=record.largest_id,
        share=f"{100 * record.largest_share:.3g}",
    )
