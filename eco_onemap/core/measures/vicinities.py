# SPDX-License-Identifier: GPL-2.0-or-later
"""The surroundings of the sites in each layer whose places are known to an error only."""

from __future__ import annotations

from collections.abc import Sequence

from eco_onemap.core.layers.accuracy import combined_error_m
from eco_onemap.core.layers.loading import Loaded, LoadedRaster, LoadedVector
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.measures.raster_vicinity import RasterVicinity
from eco_onemap.core.measures.vicinity import VectorVicinity, Vicinities, Vicinity


def find_vicinities(
    subject: Subject, layers: Sequence[Loaded], measured: Sequence[Measurement]
) -> Vicinities:
    """Return the vicinity of each measured layer with a positional error, by its id.

    Nothing is measured yet: that is done for the rules that ask.
    """
    loaded = {layer.entry.id: layer for layer in layers}
    found: dict[str, Vicinity] = {}
    for measurement in measured:
        name = measurement.entry.id
        error, layer = combined_error_m(measurement.entry, subject.options), loaded.get(name)
        if error <= 0:
            continue
        if isinstance(layer, LoadedVector):
            found[name] = VectorVicinity(subject, layer.layer, measurement, error)
        elif isinstance(layer, LoadedRaster):
            found[name] = RasterVicinity(subject, layer.raster, measurement, error)
    return found
