# SPDX-License-Identifier: GPL-2.0-or-later
"""Gives layers of results their style when Processing has loaded them into the project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from eco_onemap.processing.result_styles import STYLES


class _Styler(QgsProcessingLayerPostProcessorInterface):  # type: ignore[misc]  # QGIS has no types
    """Styles the layer of one result table."""

    def __init__(self, table: str, language: str) -> None:
        super().__init__()
        self._table, self._language = table, language

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        _context: QgsProcessingContext,
        _feedback: QgsProcessingFeedback,
    ) -> None:
        """Style the layer; QGIS calls this on the main thread."""
        if isinstance(layer, QgsVectorLayer):
            STYLES[self._table](layer, self._language)


_STYLERS: dict[tuple[str, str], _Styler] = {}
"""They must outlive the algorithm, whose layers QGIS loads after it ended."""


def style_when_loaded(
    results: Mapping[str, Any],
    tables: Mapping[str, str],
    language: str,
    context: QgsProcessingContext,
) -> None:
    """Let the layers of *results* that the user wants loaded arrive styled.

    results: output to layer. tables: output to the result table that it holds.
    """
    for output, table in tables.items():
        layer = results.get(output)
        if table in STYLES and layer and context.willLoadLayerOnCompletion(str(layer)):
            styler = _STYLERS.setdefault((table, language), _Styler(table, language))
            context.layerToLoadOnCompletionDetails(str(layer)).setPostProcessor(styler)
