# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites that a user draws in the window or picks in a layer, as a file would have them."""

from __future__ import annotations

import hashlib

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsVectorLayer

from eco_onemap.core.columns import text_column
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.qgis_bridge.features import read_features
from eco_onemap.qgis_bridge.sites import sites_of_features
from eco_onemap.readers.sites.vector_sites import SiteOptions

DRAWN = "drawing"
"""What results call the source of sites that come from no file."""


def drawn_site(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, site_id: str, name: str
) -> RawSites:
    """Return one drawn site in the CRS that it was drawn in."""
    blob = bytes(geometry.asWkb())
    made = shapely.force_2d(shapely.from_wkb(blob))
    return RawSites(
        geometries=np.array([made], dtype=object),
        crs=crs_text(crs),
        ids=text_column([site_id]),
        names=text_column([name]),
        columns={},
        source=DRAWN,
        fingerprint=hashlib.sha256(blob).hexdigest(),
    )


def picked_sites(layer: QgsVectorLayer, options: SiteOptions) -> RawSites:
    """Return the selected features of a layer, or all where none is selected; on its thread."""
    chosen = layer.getSelectedFeatures() if layer.selectedFeatureCount() else layer.getFeatures()
    features = read_features(chosen, list(layer.fields()))
    return sites_of_features(features, layer.name(), layer.crs(), options)
