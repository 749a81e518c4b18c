# SPDX-License-Identifier: GPL-2.0-or-later
"""Parameters that choose among stable names, which dialogs show in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.core import QgsProcessingParameterEnum

WIDGET = "eco_onemap.gui.toolbox.choice.Choice"
"""Looked up by Processing where there is a window."""


def choice(
    name: str, label: str, titles: Mapping[str, str], default: str
) -> QgsProcessingParameterEnum:
    """Return a choice of one; titles: what each option is called in a dialog."""
    return _shown(QgsProcessingParameterEnum(name, label, list(titles), False, default), titles)


def choices(
    name: str, label: str, titles: Mapping[str, str], default: Sequence[str]
) -> QgsProcessingParameterEnum:
    """Return a choice of several; titles: what each option is called in a dialog."""
    chosen = list(default)
    return _shown(QgsProcessingParameterEnum(name, label, list(titles), True, chosen), titles)


def _shown(
    parameter: QgsProcessingParameterEnum, titles: Mapping[str, str]
) -> QgsProcessingParameterEnum:
    parameter.setUsesStaticStrings(True)
    shown = {"class": WIDGET, "titles": list(titles.values())}
    parameter.setMetadata({"widget_wrapper": shown})
    return parameter
