# SPDX-License-Identifier: GPL-2.0-or-later
"""Files to core types: layers through fiona, rasters through rasterio, sites of several formats."""
