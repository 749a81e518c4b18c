# SPDX-License-Identifier: GPL-2.0-or-later
"""What a worker of a cluster needs for checking blocks, as bytes and back."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, replace

from eco_onemap.core.blocks import Ground
from eco_onemap.core.errors import ClusterError
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.coverage import Coverage
from eco_onemap.core.layers.loading import Loaded, LoadedRaster
from eco_onemap.core.layers.shared_raster import SharedRaster
from eco_onemap.core.results.run_record import versions
from eco_onemap.readers.files import FileLayers

RESULTS_DEPEND_ON = ("eco_onemap.version", "shapely.version", "geos.version", "proj.version")
"""What must be the same on all machines if a result is not to depend on where it was computed."""


@dataclass(frozen=True)
class Shipment:
    """The ground of a check as bytes; key: their SHA-256."""

    key: str
    ground: bytes
    versions: dict[str, str]


@dataclass(frozen=True)
class _RasterTicket:
    """A raster that each worker opens itself: its file is not shipped."""

    entry: LayerEntry
    coverage: Coverage
    fingerprint: str


def pack(ground: Ground) -> Shipment:
    """Return what workers check against, rasters by their place."""
    layers = tuple(_ticket(layer) for layer in ground.layers)
    shipped = pickle.dumps(replace(ground, layers=layers), protocol=5)  # type: ignore[arg-type]
    return Shipment(hashlib.sha256(shipped).hexdigest(), shipped, _decisive(versions()))


def unpack(shipment: Shipment) -> Ground:
    """Return the ground on the worker that this runs on.

    Raises ClusterError where the worker has other versions or does not see a raster.
    """
    here = _decisive(versions())
    for name, version in shipment.versions.items():
        if here[name] != version:
            raise ClusterError("cluster.versions", what=name, here=here[name], there=version)
    ground: Ground = pickle.loads(shipment.ground)
    return replace(ground, layers=tuple(_opened(layer) for layer in ground.layers))


def _decisive(every: dict[str, str]) -> dict[str, str]:
    return {name: every[name] for name in RESULTS_DEPEND_ON}


def _ticket(layer: Loaded) -> Loaded | _RasterTicket:
    if isinstance(layer, LoadedRaster):
        fingerprint = layer.raster.info.fingerprint
        return _RasterTicket(layer.entry, layer.coverage, fingerprint)
    return layer


def _opened(layer: Loaded | _RasterTicket) -> Loaded:
    if not isinstance(layer, _RasterTicket):
        return layer
    raster = FileLayers().open_raster(layer.entry)
    if raster.info.fingerprint != layer.fingerprint:
        raise ClusterError("cluster.other_raster", layer=layer.entry.title)
    return LoadedRaster(layer.entry, SharedRaster(raster), layer.coverage)
