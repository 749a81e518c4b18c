# SPDX-License-Identifier: GPL-2.0-or-later
"""Which Python packages the check needs, and which of them are missing; standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata, util


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
