# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads and measures the layers of a catalogue one by one; a broken one never stops the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.errors import GEOSException

from eco_onemap.core.catalogue import Catalogue, CoverageKind, LayerEntry
from eco_onemap.core.compiled import CompiledLayer, compile_layer
from eco_onemap.core.coverage import Coverage, extent_of, ground
from eco_onemap.core.errors import LayerError
from eco_onemap.core.measurement import LostLayer, Measurement
from eco_onemap.core.measuring import Subject, measure_grid, measure_vector
from eco_onemap.core.messages import message
from eco_onemap.core.progress import NoProgress, Progress, steps
from eco_onemap.core.rules import Rule
from eco_onemap.core.sources import LayerCache, LayerSource
from eco_onemap.core.vocabulary import LayerStatus


@dataclass(frozen=True)
class Measured:
    """The layers of a catalogue after measuring, each list in catalogue order."""

    layers: tuple[Measurement, ...]
    lost: tuple[LostLayer, ...]


def measure_layers(
    subject: Subject,
    catalogue: Catalogue,
    rules: dict[str, tuple[Rule, ...]],
    source: LayerSource,
    cache: LayerCache | None,
    progress: Progress,
) -> Measured:
    """Return what is measured of each layer; *rules* are those of each layer by its id."""
    loader = _Loader(subject, catalogue, source, cache)
    layers: list[Measurement] = []
    lost: list[LostLayer] = []
    for entry, part in steps(catalogue.layers, progress):
        part.report(0.0, message("step.measuring", count=len(subject), layer=entry.title))
        result = loader.measure(entry, _reach(rules[entry.id]), part)
        (layers if isinstance(result, Measurement) else lost).append(result)  # type: ignore[arg-type]
    return Measured(tuple(layers), tuple(lost))


def load_compiled(
    entry: LayerEntry, source: LayerSource, cache: LayerCache | None, progress: Progress
) -> CompiledLayer:
    """Return a vector layer ready to be checked: from the cache, or compiled and kept there.

    Raises LayerError where the source cannot be read.
    """
    if cache is None:
        return compile_layer(source.read_features(entry), entry, progress)
    layer = cache.find(entry, source.fingerprint(entry))
    if layer is None:
        layer = compile_layer(source.read_features(entry), entry, progress)
        cache.store(entry, layer)
    return layer


def _reach(rules: Sequence[Rule]) -> float:
    """Return the largest distance that the rules of a layer ask about, 0 if none does."""
    return max((rule.reach_m for rule in rules), default=0.0)


class _Loader:
    """Reads and measures layers of one catalogue; reads the region once."""

    def __init__(
        self,
        subject: Subject,
        catalogue: Catalogue,
        source: LayerSource,
        cache: LayerCache | None,
    ) -> None:
        self._subject, self._catalogue, self._source = subject, catalogue, source
        self._cache = cache
        self._region: Coverage | None = None

    def measure(
        self, entry: LayerEntry, reach_m: float, progress: Progress
    ) -> Measurement | LostLayer:
        """Return what is measured of the layer, or why it was lost."""
        if not entry.in_force(self._subject.options.as_of):
            return self._not_in_force(entry)
        try:
            if self._source.is_raster(entry):
                return self._measure_raster(entry, progress)
            return self._measure_vector(entry, reach_m, progress)
        except LayerError as error:
            return LostLayer(entry, LayerStatus.NOT_LOADED.value, error.message)
        except GEOSException as error:
            problem = message("layer.failed", layer=entry.title, cause=str(error))
            return LostLayer(entry, LayerStatus.FAILED.value, problem)

    def _not_in_force(self, entry: LayerEntry) -> LostLayer:
        problem = message(
            "layer.not_in_force",
            layer=entry.title,
            day=self._subject.options.as_of.isoformat(),
            valid_from=entry.valid_from or "…",
            valid_to=entry.valid_to or "…",
        )
        return LostLayer(entry, LayerStatus.NOT_APPLICABLE.value, problem)

    def _measure_vector(self, entry: LayerEntry, reach_m: float, progress: Progress) -> Measurement:
        layer = load_compiled(entry, self._source, self._cache, progress)
        coverage = self._coverage(entry, layer)
        return measure_vector(self._subject, entry, layer, coverage, reach_m)

    def _measure_raster(self, entry: LayerEntry, progress: Progress) -> Measurement:
        raster = self._source.open_raster(entry)
        try:
            coverage = self._coverage(entry, None)
            return measure_grid(self._subject, entry, raster, coverage, progress)
        finally:
            raster.close()

    def _coverage(self, entry: LayerEntry, layer: CompiledLayer | None) -> Coverage:
        kind = entry.coverage.kind
        if kind is CoverageKind.FILE:
            return Coverage(self._polygons(entry.coverage.path))
        if kind is CoverageKind.COMPLETE:
            return self._whole_region()
        if kind is CoverageKind.EXTENT and layer is not None:
            return Coverage(extent_of(layer), assumed=True)
        return Coverage(None)

    def _polygons(self, path: str) -> CompiledLayer:
        entry = LayerEntry(id=path, role="coverage", title=path, source=path)
        return compile_layer(self._source.read_polygons(path), entry)

    def _whole_region(self) -> Coverage:
        if self._region is None:
            self._region = self._read_region()
        return self._region

    def _read_region(self) -> Coverage:
        """Return the catalogue's region, or the rectangle around all its layers as assumed."""
        if self._catalogue.region:
            return Coverage(self._polygons(self._catalogue.region))
        boxes = [box for box in map(self._extent, self._catalogue.layers) if box is not None]
        if not boxes:
            return Coverage(None)
        around = shapely.box(*shapely.total_bounds(np.array(boxes, dtype=object)))
        return Coverage(ground(np.array([around], dtype=object)), assumed=True)

    def _extent(self, entry: LayerEntry) -> shapely.Geometry | None:
        """Return the rectangle around a vector layer, None for one that cannot be read."""
        try:
            if self._source.is_raster(entry):
                return None
            layer = load_compiled(entry, self._source, self._cache, NoProgress())
        except LayerError:
            return None
        return shapely.box(*layer.bounds) if len(layer.pieces) else None
