# SPDX-License-Identifier: GPL-2.0-or-later
"""Compiled layers kept in memory between the checks of one QGIS session."""

from __future__ import annotations

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.layers.compiled import CompiledLayer
from eco_onemap.core.layers.sources import LayerCache


class KeptLayers:
    """A :class:`~eco_onemap.core.layers.sources.LayerCache` in front of another one.

    It holds the layers of the last check: the indexes that a check has made over them stay, which
    is what makes the next one fast.
    """

    def __init__(self, behind: LayerCache) -> None:
        self._behind = behind
        self._kept: dict[str, tuple[LayerEntry, str, CompiledLayer]] = {}

    def stand_before(self, behind: LayerCache) -> None:
        """Take layers that are not in memory from another cache from now on."""
        self._behind = behind

    def find(self, entry: LayerEntry, fingerprint: str) -> CompiledLayer | None:
        """Return the layer compiled from a source with this fingerprint, None if there is none."""
        kept = self._kept.get(entry.id)
        if kept is not None and kept[:2] == (entry, fingerprint):
            return kept[2]
        layer = self._behind.find(entry, fingerprint)
        if layer is not None:
            self._kept[entry.id] = entry, fingerprint, layer
        return layer

    def store(self, entry: LayerEntry, layer: CompiledLayer) -> bool:
        """Keep a layer, in memory in any case."""
        self._kept[entry.id] = entry, layer.fingerprint, layer
        return self._behind.store(entry, layer)

    def last(self, layer_id: str) -> CompiledLayer | None:
        """Return the layer as it was in the last check, None if it was in none."""
        kept = self._kept.get(layer_id)
        return kept[2] if kept else None

    def forget(self) -> None:
        """Keep nothing in memory."""
        self._kept.clear()
