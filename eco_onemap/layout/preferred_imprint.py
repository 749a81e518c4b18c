# SPDX-License-Identifier: GPL-2.0-or-later
"""The imprint of maps that are made today by whom the settings name."""

from __future__ import annotations

from datetime import date

from eco_onemap.layout.imprint import Imprint
from eco_onemap.qgis_bridge.preferences import read_preferences


def preferred_imprint(approval: str = "") -> Imprint:
    """Return the imprint of today; approval: the number (审图号) of these very maps."""
    preferences = read_preferences()
    return Imprint(preferences.organisation, preferences.maker, date.today(), approval)
