# SPDX-License-Identifier: GPL-2.0-or-later
"""Siting checks on plain data: numpy, shapely and pyproj, no QGIS, no GDAL."""
