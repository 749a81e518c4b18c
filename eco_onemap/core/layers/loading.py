# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads the layers of a catalogue one by one; a broken one never stops the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from shapely.errors import GEOSException

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.accuracy import with_datum
from eco_onemap.core.layers.catalogue import Catalogue, CoverageKind, LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer, compile_layer
from eco_onemap.core.layers.contaminated_land import derived_attributes
from eco_onemap.core.layers.coverage import Coverage, extent_of, rectangle, within_bounds
from eco_onemap.core.layers.prints import FeaturePrints
from eco_onemap.core.layers.shared_raster import SharedRaster
from eco_onemap.core.layers.sources import LayerCache, LayerSource
from eco_onemap.core.measures.measurement import LostLayer, Matches
from eco_onemap.core.measures.nearest import DistanceIndex
from eco_onemap.core.messages import message
from eco_onemap.core.progress import NoProgress, Progress, steps, stop_if_cancelled
from eco_onemap.core.vocabulary import LayerStatus


@dataclass(frozen=True)
class LoadedVector:
    """A vector layer ready to be checked."""

    entry: LayerEntry
    layer: CompiledLayer
    index: DistanceIndex
    coverage: Coverage

    @cached_property
    def prints(self) -> FeaturePrints:
        """Prints of the features, made when they are asked for."""
        return FeaturePrints(self.layer)

    @cached_property
    def known(self) -> dict[str, Matches]:
        """Which features fit which conditions, for all blocks of sites."""
        return {}


@dataclass(frozen=True)
class LoadedRaster:
    """A raster layer, open."""

    entry: LayerEntry
    raster: SharedRaster
    coverage: Coverage


Loaded = LoadedVector | LoadedRaster | LostLayer


def load_layers(
    catalogue: Catalogue,
    source: LayerSource,
    cache: LayerCache | None,
    day: date,
    progress: Progress,
) -> tuple[Loaded, ...]:
    """Return the layers of the catalogue in its order, lost ones with the reason.

    A layer that is not in force on *day* is not loaded. Raises Cancelled, with all rasters closed.
    """
    loader = _Loader(catalogue, source, cache, day)
    loaded: list[Loaded] = []
    try:
        for entry, part in steps(catalogue.layers, progress):
            part.report(0.0, message("step.loading", layer=entry.title))
            in_force = entry.in_force(day)
            loaded.append(loader.load(entry, part) if in_force else _not_in_force(entry, day))
    except BaseException:
        close_layers(loaded)
        raise
    return tuple(loaded)


def close_layers(loaded: Sequence[Loaded]) -> None:
    """Release the files of all rasters."""
    for layer in loaded:
        if isinstance(layer, LoadedRaster):
            layer.raster.close()


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
        stop_if_cancelled(progress)
        cache.store(entry, layer)
    return layer


def _not_in_force(entry: LayerEntry, day: date) -> LostLayer:
    problem = message(
        "layer.not_in_force",
        layer=entry.title,
        day=day.isoformat(),
        valid_from=entry.valid_from or "…",
        valid_to=entry.valid_to or "…",
    )
    return LostLayer(entry, LayerStatus.NOT_APPLICABLE.value, problem)


class _Loader:
    """Loads layers of one catalogue; reads its region and each coverage file once."""

    def __init__(
        self, catalogue: Catalogue, source: LayerSource, cache: LayerCache | None, day: date
    ) -> None:
        self._catalogue, self._source, self._cache, self._day = catalogue, source, cache, day
        self._region: Coverage | None = None
        self._files: dict[str, CompiledLayer] = {}

    def load(self, entry: LayerEntry, progress: Progress) -> Loaded:
        """Return the layer, or why it was lost."""
        try:
            if self._source.is_raster(entry):
                coverage = self._coverage(entry, None)
                raster = SharedRaster(self._source.open_raster(entry))
                return LoadedRaster(with_datum(entry, raster.info.crs), raster, coverage)
            layer = load_compiled(entry, self._source, self._cache, progress)
            derived = derived_attributes(entry.role, layer.attributes, self._day)
            if derived is not layer.attributes:  # a copy has to make its indexes anew
                layer = replace(layer, attributes=derived)
            coverage = within_bounds(self._coverage(entry, layer), entry.bounds)
            dated = with_datum(entry, layer.crs)
            return LoadedVector(dated, layer, DistanceIndex(layer), coverage)
        except LayerError as error:
            return LostLayer(entry, LayerStatus.NOT_LOADED.value, error.message)
        except GEOSException as error:
            problem = message("layer.failed", layer=entry.title, cause=str(error))
            return LostLayer(entry, LayerStatus.FAILED.value, problem)

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
        if path not in self._files:
            entry = LayerEntry(id=path, role="coverage", title=path, source=path)
            self._files[path] = self._compiled_polygons(entry)
        return self._files[path]

    def _compiled_polygons(self, entry: LayerEntry) -> CompiledLayer:
        """Return the polygons of a file, compiled; the cache holds no others under its path."""
        if self._cache is None:
            return compile_layer(self._source.read_polygons(entry.source), entry)
        layer = self._cache.find(entry, self._source.fingerprint(entry))
        if layer is None:
            layer = compile_layer(self._source.read_polygons(entry.source), entry)
            self._cache.store(entry, layer)
        return layer

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
        west, south, east, north = shapely.total_bounds(np.array(boxes, dtype=object)).tolist()
        return Coverage(rectangle((west, south, east, north)), assumed=True)

    def _extent(self, entry: LayerEntry) -> shapely.Geometry | None:
        """Return the rectangle around a vector layer, None for one that cannot be read."""
        try:
            if self._source.is_raster(entry):
                return None
            layer = load_compiled(entry, self._source, self._cache, NoProgress())
        except LayerError:
            return None
        return shapely.box(*layer.bounds) if len(layer.pieces) else None
