# SPDX-License-Identifier: GPL-2.0-or-later
"""The versions of all that takes part in a check in QGIS, by the names that people know."""

from __future__ import annotations

from collections.abc import Iterator

from osgeo import gdal
from qgis.core import Qgis
from qgis.PyQt.QtCore import qVersion

from eco_onemap.core.errors import EcoOneMapError
from eco_onemap.core.results.run_record import versions
from eco_onemap.qgis_bridge.check_request import read_known_pack
from eco_onemap.qgis_bridge.preferences import read_preferences
from eco_onemap.qgis_bridge.translation import tr, user_language

NAMES = {
    "python.version": "Python",
    "numpy.version": "numpy",
    "shapely.version": "shapely",
    "geos.version": "GEOS",
    "pyproj.version": "pyproj",
    "proj.version": "PROJ",
}


def named_versions() -> Iterator[tuple[str, str]]:
    """Yield name and version of the plugin, QGIS and the libraries."""
    told = versions()
    yield tr("Eco One Map"), told["eco_onemap.version"]
    yield "QGIS", Qgis.version()
    yield "Qt", qVersion()
    yield "GDAL", gdal.__version__
    yield from ((name, told[key]) for key, name in NAMES.items())


def pack_versions() -> Iterator[tuple[str, str, bool]]:
    """Yield name and version of each rule pack of the settings, and whether it can be read.

    One that cannot is told by its file, with the sentence that says why.
    """
    for path in read_preferences().pack_paths:
        try:
            pack = read_known_pack(path)
        except EcoOneMapError as error:
            yield path.name, error.message.text(user_language()), False
        else:
            yield pack.name, f"{pack.version} ({pack.jurisdiction})", True
