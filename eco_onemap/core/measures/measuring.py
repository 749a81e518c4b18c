# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures one layer at all sites: overlaps, distances, rings, coverage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.geometry.local_frames import Frames, frame_sites
from eco_onemap.core.geometry.spots import Spots
from eco_onemap.core.geometry.star_building import build_ring_stars
from eco_onemap.core.geometry.stars import Stars
from eco_onemap.core.layers.accuracy import search_reach_m
from eco_onemap.core.layers.catalogue import FULL_COVERAGE_ROLES, LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.coverage import Coverage, is_stated, mapped_ground, mapped_shares
from eco_onemap.core.layers.loading import LoadedRaster, LoadedVector
from eco_onemap.core.layers.prints import FeaturePrints
from eco_onemap.core.layers.raster import RasterStats, measure_raster
from eco_onemap.core.measures.candidates import Meetings
from eco_onemap.core.measures.hits import Hits, sort_hits
from eco_onemap.core.measures.measurement import Distances, Features, Measurement, hit_counts
from eco_onemap.core.measures.name_matches import NamedPairs, match_names
from eco_onemap.core.measures.nearest import Neighbours
from eco_onemap.core.measures.overlap import Overlaps, dissolve, find_overlaps, plane_overlaps
from eco_onemap.core.measures.ring_areas import measure_ground
from eco_onemap.core.measures.site_sizes import SiteSizes, measure_sites
from eco_onemap.core.options import Options, Tolerances
from eco_onemap.core.progress import Progress, steps, stop_if_cancelled
from eco_onemap.core.table import Geometries
from eco_onemap.core.vocabulary import HitKind, LayerStatus

Floats = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Subject:
    """The sites of a check with what every layer needs of them, computed once."""

    geometries: Geometries
    names: NDArray[np.object_]
    planar_crs: str
    options: Options
    addresses: NDArray[np.object_] | None = None

    def __len__(self) -> int:
        return len(self.geometries)

    @cached_property
    def sizes(self) -> SiteSizes:
        """Areas, lengths and plane CRS of the sites."""
        return measure_sites(self.geometries, self.planar_crs)

    @cached_property
    def spots(self) -> Spots:
        """The sites as the measuring of distances sees them."""
        return Spots(self.geometries)

    @cached_property
    def frames(self) -> Frames:
        """The sites in plane frames of their own."""
        return frame_sites(self.geometries)

    @cached_property
    def _made(self) -> dict[tuple[Any, ...], Any]:
        """What was measured once for all layers, by what was asked; it goes with the block."""
        return {}

    def _once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def ring(self, distance_m: float) -> Stars:
        """Return the ground within a distance of each site."""
        key = ("ring", distance_m)
        return self._once(key, lambda: build_ring_stars(self.frames, distance_m))

    def mapped_shares(self, coverage: Coverage) -> Floats:
        """Return the share of each site on mapped ground."""
        key = ("mapped", id(coverage.area))
        return self._once(key, lambda: mapped_shares(coverage, self.geometries, self.sizes))

    def mapped_ring(self, coverage: Coverage, distance_m: float) -> Floats:
        """Return the share of mapped ground within a distance of each site."""
        key = ("mapped", id(coverage.area), distance_m)
        return self._once(key, lambda: mapped_ground(coverage, self.ring(distance_m)))


def measure_vector(
    subject: Subject,
    loaded: LoadedVector,
    progress: Progress,
    reaches_m: Sequence[float],
    ring_areas_m: Sequence[float] = (),
) -> Measurement:
    """Return what is measured of a vector layer.

    reaches_m: the distances that rules ask about. ring_areas_m: those of them within which rules
    ask for the layer's area. Raises Cancelled.
    """
    entry, layer = loaded.entry, loaded.layer
    sites, sizes, count = subject.geometries, subject.sizes, len(subject)
    overlaps = find_overlaps(sites, layer)
    stop_if_cancelled(progress)
    whole = dissolve(overlaps, count, layer.overlapping)
    distances = _measure_distances(subject, loaded, progress, overlaps, reaches_m, ring_areas_m)
    hits = _hits(subject, layer, overlaps, distances.neighbours)
    area = np.where(sizes.dimensions == 2, np.minimum(whole.area_m2, sizes.area_m2), 0.0)
    share = sizes.shares(area, whole.length_m, whole.met)
    if entry.role in FULL_COVERAGE_ROLES:
        mapped = tiled_shares(share, subject)
    else:
        mapped = subject.mapped_shares(loaded.coverage)
    if layer.is_boundless:
        area, share = np.full(count, np.nan), np.full(count, np.nan)
        mapped = np.where(sizes.dimensions < 0, np.nan, 0.0)
    return Measurement(
        entry=entry,
        named=_named(subject, layer),
        features=_features(loaded),
        status=status_of(hit_counts(hits, count), mapped, sizes.dimensions),
        mapped_share=mapped,
        hits=hits,
        overlap_area_m2=area,
        overlap_planar_m2=plane_overlaps(overlaps, whole, sizes.planar_crs),
        overlap_length_m=whole.length_m,
        overlap_share=share,
        distances=distances,
    )


def _named(subject: Subject, layer: CompiledLayer) -> NamedPairs:
    """Return the features without a geometry whose name or address a site bears."""
    return match_names(
        subject.names,
        layer.feature_names,
        layer.dimensions < 0,
        subject.addresses,
        layer.attributes.get("address"),
    )


def _features(loaded: LoadedVector) -> Features:
    layer = loaded.layer
    return Features(
        layer.feature_ids, layer.feature_names, layer.attributes, loaded.prints, loaded.known
    )


def tiled_shares(share: Floats, subject: Subject) -> Floats:
    """Return the mapped share of sites under a layer that tiles the region: what a tile covers.

    Gaps between tiles that are no larger than a sliver count as covered.
    """
    sizes, tolerances = subject.sizes, subject.options.tolerances
    gap = np.where(sizes.dimensions == 1, sizes.length_m, sizes.area_m2) * (1.0 - share)
    limit = np.where(sizes.dimensions == 1, tolerances.sliver_m, tolerances.sliver_m2)
    mapped = np.where((share > 0) & (gap <= limit), 1.0, share)
    return np.where(sizes.dimensions < 0, np.nan, mapped)


def _hits(subject: Subject, layer: CompiledLayer, overlaps: Overlaps, near: Neighbours) -> Hits:
    tolerances = subject.options.tolerances
    close = near.distance_m <= tolerances.touch_m
    touching = Neighbours(near.site[close], near.feature[close], near.distance_m[close])
    return sort_hits(subject.geometries, subject.sizes, layer, overlaps, touching, tolerances)


def _measure_distances(
    subject: Subject,
    loaded: LoadedVector,
    progress: Progress,
    overlaps: Overlaps,
    reaches_m: Sequence[float],
    ring_areas_m: Sequence[float],
) -> Distances:
    rings = subject.options.rings_m
    reach = search_reach_m(reaches_m, loaded.entry, subject.options)
    meetings = Meetings(overlaps.site, overlaps.feature)
    near = loaded.index.measure(subject.spots, meetings, rings, reach)
    stop_if_cancelled(progress)
    return Distances(
        nearest=near.nearest,
        within=near.within,
        ring_area_m2=_ring_areas(subject, loaded.layer, progress, ring_areas_m),
        neighbours=near.neighbours,
        mapped_within={
            distance: subject.mapped_ring(loaded.coverage, distance) for distance in reaches_m
        },
    )


def _ring_areas(
    subject: Subject, layer: CompiledLayer, progress: Progress, asked_m: Sequence[float]
) -> Mapping[float, Floats]:
    if not (layer.dimensions == 2).any():
        return {}
    rings = {*subject.options.rings_m, *asked_m}
    return {
        ring: measure_ground(subject.ring(ring), layer.surface)
        for ring, _ in steps(sorted(rings), progress)
    }


def status_of(
    hits: NDArray[np.int64],
    mapped: Floats,
    dimensions: NDArray[np.int32],
) -> NDArray[np.object_]:
    """Return what is known of the layer at each site; "no hit" only where it is mapped."""
    missing = dimensions < 0
    whole = mapped == 1.0
    return np.select(
        [missing, hits > 0, whole, np.nan_to_num(mapped) > 0],
        [
            LayerStatus.FAILED.value,
            LayerStatus.HIT.value,
            LayerStatus.NO_HIT.value,
            LayerStatus.PARTLY_MAPPED.value,
        ],
        LayerStatus.NOT_MAPPED.value,
    ).astype(object)


def measure_grid(subject: Subject, loaded: LoadedRaster, progress: Progress) -> Measurement:
    """Return what is measured of a raster layer; its classes take the place of features."""
    entry = loaded.entry
    stats = measure_raster(subject.geometries, loaded.raster, progress, bool(entry.classes))
    features = replace(
        class_features(entry, stats.class_value),
        prints=FeaturePrints(None, loaded.raster.info.fingerprint),
    )
    hits = _class_hits(subject, stats, features)
    mapped = _mapped_grid(subject, entry, loaded.coverage, stats)
    valid = np.nan_to_num(1.0 - stats.nodata_share)
    return Measurement(
        entry=entry,
        features=features,
        status=status_of((valid > 0).astype(np.int64), mapped, subject.sizes.dimensions),
        mapped_share=mapped,
        hits=hits,
        overlap_area_m2=valid * subject.sizes.area_m2,
        overlap_planar_m2=valid * subject.sizes.planar_area_m2,
        overlap_length_m=valid * subject.sizes.length_m,
        overlap_share=valid,
        raster=stats,
    )


def _mapped_grid(
    subject: Subject, entry: LayerEntry, coverage: Coverage, stats: RasterStats
) -> Floats:
    """Return the mapped share: as stated, or else where the raster has values."""
    if is_stated(entry.coverage):
        return subject.mapped_shares(coverage)
    return 1.0 - stats.nodata_share


def class_features(entry: LayerEntry, found: Floats) -> Features:
    """Return the classes of a raster as features: those it declares, and those *found* in it."""
    values = np.unique(found) if entry.classes else np.zeros(0)
    values = np.unique(np.r_[values, np.array(list(entry.classes), dtype=float)])
    ids = np.array([_class_id(value) for value in values], dtype=object)
    names = np.array([entry.classes.get(int(value), "") for value in values], dtype=object)
    return Features(ids, names, {"class": ids, "id": ids, "name": names})


def _class_id(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _class_hits(subject: Subject, stats: RasterStats, features: Features) -> Hits:
    known = np.array([float(value) for value in features.ids])
    chosen = np.isin(stats.class_value, known)
    site, share = stats.class_site[chosen], stats.class_share[chosen]
    sizes = subject.sizes.take(site)
    nothing = np.full(len(site), np.nan)
    return Hits(
        site=site,
        feature=np.searchsorted(known, stats.class_value[chosen]),
        relation=np.where(share >= 1 - 1e-9, "within", "overlaps").astype(object),
        kind=_class_kinds(share, sizes, subject.options.tolerances),
        area_m2=share * sizes.area_m2,
        length_m=share * sizes.length_m,
        share_of_site=share,
        share_of_feature=nothing,
        distance_m=np.zeros(len(site)),
        bearing_deg=nothing,
        geometries=np.full(len(site), None, dtype=object),
    )


def _class_kinds(share: Floats, sizes: SiteSizes, tolerances: Tolerances) -> NDArray[np.object_]:
    """Return which classes a site only grazes: less of it than a sliver, and not its whole."""
    polygon, line = sizes.dimensions == 2, sizes.dimensions == 1
    little = np.select(
        [polygon, line],
        [
            share * sizes.area_m2 < tolerances.sliver_m2,
            share * sizes.length_m < tolerances.sliver_m,
        ],
        False,
    )
    grazes = little & (share < 1 - 1e-9)
    return np.where(grazes, HitKind.SLIVER.value, HitKind.REAL.value).astype(object)
