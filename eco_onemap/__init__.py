# SPDX-License-Identifier: GPL-2.0-or-later
"""Eco One Map (生态环境一张图): a region's ecological constraints on one map, and site checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eco_onemap.plugin import EcoOneMapPlugin

__version__ = "0.1.0"


def classFactory(iface: Any) -> EcoOneMapPlugin:  # noqa: N802 (the name that QGIS calls)
    """Return the plugin for QGIS; *iface* is its ``QgisInterface``."""
    from eco_onemap.plugin import EcoOneMapPlugin  # noqa: PLC0415 (only inside QGIS)

    return EcoOneMapPlugin(iface)
