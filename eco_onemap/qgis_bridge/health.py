# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether this QGIS has what the plugin needs, computes right, and can read the one map."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path

from qgis.PyQt.QtGui import QFontDatabase

from eco_onemap.core.errors import LayerError
from eco_onemap.core.layers.catalogue import Catalogue, LayerEntry
from eco_onemap.core.layers.sources import LayerSource
from eco_onemap.core.messages import message
from eco_onemap.core.self_check import run_self_checks
from eco_onemap.qgis_bridge.fonts import installed_families
from eco_onemap.qgis_bridge.translation import tr, user_language
from eco_onemap.qgis_bridge.versions import named_versions, pack_versions

OPTIONAL_PACKAGES = ("rasterio", "fiona", "openpyxl", "xlrd", "docx", "psycopg2")


class Health(Enum):
    """How well a thing is."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class HealthLine:
    """One thing that was looked at, how it is, and what that means."""

    name: str
    health: Health
    detail: str


def check_health(
    cache_folder: Path, catalogue: Catalogue | None, source: LayerSource
) -> Iterator[HealthLine]:
    """Yield what was looked at, one by one, so that a window can show each at once.

    catalogue: the one map that is open, whose layers are opened through *source*.
    """
    for name, version in named_versions():
        yield HealthLine(name, Health.GOOD, version)
    for name, version, is_good in pack_versions():
        yield HealthLine(name, Health.GOOD if is_good else Health.WRONG, version)
    yield from map(_package, OPTIONAL_PACKAGES)
    yield _chinese_fonts()
    yield _cache(cache_folder)
    yield from _computations()
    for entry in catalogue.layers if catalogue else ():
        yield _layer(entry, source)


def _package(name: str) -> HealthLine:
    if find_spec(name) is not None:
        return HealthLine(name, Health.GOOD, tr("installed"))
    return HealthLine(name, Health.NOTE, tr("not installed; only what needs it is missing"))


def _chinese_fonts() -> HealthLine:
    families = installed_families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if families:
        return HealthLine(tr("Chinese fonts"), Health.GOOD, families[0])
    lack = tr("none: Chinese on maps would be empty boxes; install Noto Sans CJK or the like")
    return HealthLine(tr("Chinese fonts"), Health.WRONG, lack)


def _cache(folder: Path) -> HealthLine:
    """Say whether the cache can be written to, or made in the first folder above that exists."""
    name = tr("Cache of compiled layers")
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        return HealthLine(name, Health.GOOD, str(folder))
    lack = tr("{folder} cannot be written to: layers are cut anew at each check")
    return HealthLine(name, Health.NOTE, lack.format(folder=folder))


def _computations() -> Iterator[HealthLine]:
    for check in run_self_checks():
        name = message(f"self_check.{check.name}").text(user_language())
        detail = tr("{measured} where {expected} is right").format(
            measured=f"{check.measured:.10g}", expected=f"{check.expected:.10g}"
        )
        yield HealthLine(name, Health.GOOD if check.passed else Health.WRONG, detail)


def _layer(entry: LayerEntry, source: LayerSource) -> HealthLine:
    try:
        if source.is_raster(entry):
            raster = source.open_raster(entry)
            raster.close()
            size = f"{raster.info.columns} × {raster.info.rows}"
            return HealthLine(entry.title, Health.GOOD, size)
        count = len(source.read_features(entry).geometries)
    except LayerError as error:
        return HealthLine(entry.title, Health.WRONG, error.message.text(user_language()))
    return HealthLine(entry.title, Health.GOOD, tr("Features: {count}").format(count=count))
