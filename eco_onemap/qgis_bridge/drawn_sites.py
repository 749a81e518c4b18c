# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites that a user draws in the window or picks in a layer, as a file would have them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)

from eco_onemap.core.columns import text_column
from eco_onemap.core.errors import SiteError
from eco_onemap.core.sites.joining import join_sites
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.qgis_bridge.features import read_features
from eco_onemap.qgis_bridge.sites import sites_of_features
from eco_onemap.readers.sites.vector_sites import SiteOptions

DRAWN = "drawing"
"""What results call the source of sites that come from no file."""
_NUMBERED = re.compile(r"D(\d+)")


def add_drawn(
    before: RawSites | None,
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    name: Callable[[int], str],
) -> RawSites:
    """Return the drawn sites with one more, behind those *before* if they were drawn, too.

    The first one's CRS holds for all; another one's corners are brought to it. name: of a site by
    its number. SiteError where the corners have no place in that CRS.
    """
    if before is None or before.source != DRAWN:
        return drawn_site(geometry, crs, "D1", name(1))
    taken = [int(found[1]) for text in before.ids.tolist() if (found := _NUMBERED.fullmatch(text))]
    number = max(taken, default=0) + 1
    moved = _moved(geometry, crs, QgsCoordinateReferenceSystem(str(before.crs)))
    more = drawn_site(moved, crs, f"D{number}", name(number))
    together = hashlib.sha256(f"{before.fingerprint}{more.fingerprint}".encode()).hexdigest()
    return replace(join_sites((before, more)), source=DRAWN, fingerprint=together)


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


def _moved(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, to: QgsCoordinateReferenceSystem
) -> QgsGeometry:
    """Return a geometry with its corners in another CRS."""
    moved = QgsGeometry(geometry)
    try:
        moved.transform(QgsCoordinateTransform(crs, to, QgsProject.instance()))
    except QgsCsException as error:
        raise SiteError("qgis.drawn_elsewhere", crs=to.userFriendlyIdentifier()) from error
    return moved
