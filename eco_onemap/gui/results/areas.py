# SPDX-License-Identifier: GPL-2.0-or-later
"""Areas in the columns of lists, in the units and with the places that the user prefers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from eco_onemap.gui.results.listing import Entry
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import M2_PER_HECTARE, MU_PER_HECTARE, NO_VALUE
from eco_onemap.qgis_bridge.preferences import AreaUnit, read_preferences
from eco_onemap.qgis_bridge.translation import tr

M2_DECIMALS = 2
SQUARE_METRES = {
    AreaUnit.M2: 1.0,
    AreaUnit.HECTARE: M2_PER_HECTARE,
    AreaUnit.MU: M2_PER_HECTARE / MU_PER_HECTARE,
}


@dataclass(frozen=True)
class AreaColumns:
    """One column a unit; decimals: places of hectares and mu (公顷, 亩)."""

    units: tuple[AreaUnit, ...] = tuple(AreaUnit)
    decimals: int = 4

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns."""
        titles = {
            AreaUnit.M2: tr("m²"),
            AreaUnit.HECTARE: tr("ha"),
            AreaUnit.MU: tr("mu"),
        }
        return tuple(titles[unit] for unit in self.units)

    @property
    def tips(self) -> tuple[str, ...]:
        """What the headings mean."""
        meanings = {
            AreaUnit.M2: tr("Area in square metres, on the ellipsoid"),
            AreaUnit.HECTARE: tr("Area in hectares"),
            AreaUnit.MU: tr("Area in mu, of which fifteen are a hectare"),
        }
        return tuple(meanings[unit] for unit in self.units)

    def entries(self, area_m2: float) -> tuple[Entry, ...]:
        """Return the cells of an area in square metres."""
        return tuple(self._entry(area_m2 / SQUARE_METRES[unit], unit) for unit in self.units)

    def _entry(self, area: float, unit: AreaUnit) -> Entry:
        decimals = M2_DECIMALS if unit is AreaUnit.M2 else self.decimals
        shown = formatting.decimal_text(area, decimals) if area > 0 else NO_VALUE
        return Entry(shown, area if math.isfinite(area) else -1.0)


def preferred_areas() -> AreaColumns:
    """Return how the settings want areas to be listed."""
    preferences = read_preferences()
    return AreaColumns(preferences.area_units, preferences.area_decimals)
