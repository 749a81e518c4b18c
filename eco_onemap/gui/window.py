# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin in QGIS's window: its parts, made together and taken out together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eco_onemap.gui.builder.part import BuilderPart
from eco_onemap.gui.desk import Desk, WindowPart
from eco_onemap.gui.help.part import HelpPart
from eco_onemap.gui.one_map.part import OneMapPart
from eco_onemap.gui.settings.part import SettingsPart
from eco_onemap.gui.siting.part import SitingPart
from eco_onemap.gui.verifying.part import VerifyingPart

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

PARTS: tuple[Callable[[Desk], WindowPart], ...] = (
    OneMapPart,
    SitingPart,
    VerifyingPart,
    BuilderPart,
    SettingsPart,
    HelpPart,
)
"""In the order of the menu."""


class Window:
    """All that the plugin adds to a QGIS window."""

    def __init__(self, iface: QgisInterface) -> None:
        self._desk = Desk(iface)
        self._parts = [make(self._desk) for make in PARTS]

    def close(self) -> None:
        """Take all of it out again."""
        for part in reversed(self._parts):
            part.remove()
        self._desk.clear()
