# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user prefers, kept in QGIS's settings and read by panels, algorithms and maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsSettings

from eco_onemap.paths import resource

GROUP = "eco_onemap"
NATIONAL_PACK = resource("rules", "cn-national.yaml")
MEBIBYTE = 1 << 20
SEPARATOR = "\n"
"""Between paths in one setting: no name of a file holds it on any system that QGIS runs on."""


class AreaUnit(Enum):
    """The units in which lists tell areas."""

    M2 = "m2"
    HECTARE = "hectare"
    MU = "mu"


@dataclass(frozen=True)
class Preferences:
    """What the settings page shows.

    area_units: the units of areas in the lists of the window, in the order of their columns. Maps
        and papers keep those that offices ask for.
    area_decimals: places after the point of areas in hectares and mu (公顷, 亩).
    scheme: the colour scheme of the one map, by its name in ``resources/styles/schemes.yaml``.
    catalogue: the one map that a new dialog proposes, "" for none.
    packs: rule packs that are stacked on the national one, in this order.
    cache_mib: how large the cache of compiled layers may grow, in MiB.
    organisation, maker: who makes maps, as it stands at their foot; "" leaves a line to fill in.
    """

    area_units: tuple[AreaUnit, ...] = tuple(AreaUnit)
    area_decimals: int = 4
    scheme: str = "redline"
    catalogue: str = ""
    packs: tuple[str, ...] = ()
    cache_mib: int = 4096
    organisation: str = ""
    maker: str = ""

    @property
    def pack_paths(self) -> list[Path]:
        """The national pack and those stacked on it."""
        return [NATIONAL_PACK, *map(Path, self.packs)]

    @property
    def cache_bytes(self) -> int:
        """The largest size of the cache in bytes."""
        return self.cache_mib * MEBIBYTE


def read_preferences() -> Preferences:
    """Return the stored preferences; what is missing or unusable is as it was at first."""
    settings = QgsSettings()
    stored: dict[str, Any] = {}
    for each in fields(Preferences):
        text = settings.value(f"{GROUP}/{each.name}")
        if text is not None:
            stored[each.name] = str(text)
    return _parsed(stored)


def write_preferences(preferences: Preferences) -> None:
    """Store all preferences."""
    settings = QgsSettings()
    for each in fields(Preferences):
        settings.setValue(f"{GROUP}/{each.name}", _written(getattr(preferences, each.name)))


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return SEPARATOR.join(str(getattr(each, "value", each)) for each in value)
    return str(value)


def _parsed(stored: Mapping[str, str]) -> Preferences:
    usual = Preferences()
    found: dict[str, Any] = {}
    for name, text in stored.items():
        try:
            parse = _units if name == "area_units" else partial(_like, getattr(usual, name))
            found[name] = parse(text)
        except ValueError:
            continue
    return Preferences(**found)


def _units(text: str) -> tuple[AreaUnit, ...]:
    """Return units, each once and in the usual order; ValueError where there is none."""
    chosen = {AreaUnit(part) for part in text.split(SEPARATOR)}
    return tuple(unit for unit in AreaUnit if unit in chosen)


def _like(usual: Any, text: str) -> Any:
    """Return *text* as a value of the same kind as *usual*; ValueError where it is none."""
    if isinstance(usual, tuple):
        return tuple(part for part in text.split(SEPARATOR) if part)
    if isinstance(usual, int) and int(text) < 0:
        raise ValueError(text)
    return type(usual)(text)
