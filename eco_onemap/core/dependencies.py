# SPDX-License-Identifier: GPL-2.0-or-later
"""Which Python packages the check needs, and which of them are missing; standard library only."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module, metadata, util
from types import ModuleType

from eco_onemap.paths import vendored


@dataclass(frozen=True)
class Package:
    """A Python package that is needed: what is imported, what pip installs, oldest version."""

    module: str
    name: str
    minimum: str


@dataclass(frozen=True)
class MissingPackage:
    """A package that is not installed (*found* is "") or older than needed."""

    package: Package
    found: str = ""

    @property
    def requirement(self) -> str:
        """What to ask pip for, such as ``shapely>=2.1``."""
        return f"{self.package.name}>={self.package.minimum}"


CORE_PACKAGES = (
    Package("numpy", "numpy", "1.24"),
    Package("shapely", "shapely", "2.1"),
    Package("pyproj", "pyproj", "3.4"),
    Package("yaml", "PyYAML", "6"),
    Package("jinja2", "Jinja2", "3.1"),
)
"""What every door needs. Files are read by fiona and rasterio, or inside QGIS by QGIS itself."""

DOCUMENT_PACKAGES = (
    Package("docx", "python-docx", "1.1"),
    Package("openpyxl", "openpyxl", "3.1"),
    Package("xlrd", "xlrd", "2.0"),
    Package("pypdf", "pypdf", "5.0"),
)
"""What reads and writes files of office programs; the zip of the plugin brings copies."""


def import_optional(module: str) -> ModuleType:
    """Return a package that only some work needs, from the plugin's copies where Python has none.

    ModuleNotFoundError names the package, or what it needs itself, where neither has it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        if not _offer_own_copies():
            raise
    return import_module(module)


def _offer_own_copies() -> bool:
    """Let Python find the plugin's copies after everything else; return whether that is new."""
    folder = str(vendored())
    if not vendored().is_dir() or folder in sys.path:
        return False
    sys.path.append(folder)
    return True


def find_missing_packages(packages: Iterable[Package] = CORE_PACKAGES) -> list[MissingPackage]:
    """Return the packages that are missing or too old, without importing any of them."""
    return [lack for package in packages if (lack := _lack_of(package))]


def _lack_of(package: Package) -> MissingPackage | None:
    if util.find_spec(package.module) is None:
        return MissingPackage(package)
    found = _installed_version(package.name)
    if found and _numbers(found) < _numbers(package.minimum):
        return MissingPackage(package, found)
    return None


def _installed_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""  # importable, so installed by other means: its version is not known


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
