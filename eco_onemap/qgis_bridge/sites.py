# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites from a file or a layer that the user chose in QGIS."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from eco_onemap.core.errors import SiteError
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.qgis_bridge.crs import crs_text
from eco_onemap.qgis_bridge.features import Features, read_features
from eco_onemap.qgis_bridge.vector_files import open_vector
from eco_onemap.readers.sites.points import USUAL, is_of_points, read_points
from eco_onemap.readers.sites.tables.options import TableOptions
from eco_onemap.readers.sites.vector_sites import SiteOptions, read_vector_sites, sites_of_layers
from eco_onemap.readers.vector_files import VectorLayer

if TYPE_CHECKING:
    from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingFeatureSource


def read_site_file(path: Path, options: SiteOptions, table: TableOptions = USUAL) -> RawSites:
    """Return the sites of a file in its own CRS; SiteError says what cannot be used.

    table: how text and tables are read where they leave it open.
    """
    if not path.exists():
        raise SiteError("reader.missing_file", path=str(path))
    if is_of_points(path):
        return read_points(
            path,
            layer=options.layer,
            id_field=options.id_field,
            crs=options.crs,
            table=replace(table, fields=options.fields),
        )
    return read_vector_sites(path, open_vector, options)


def read_site_source(source: QgsProcessingFeatureSource, options: SiteOptions) -> RawSites:
    """Return the features of a layer, or the selected ones, as sites; on the layer's thread."""
    features = read_features(source.getFeatures(), list(source.fields()))
    return sites_of_features(features, source.sourceName(), source.sourceCrs(), options)


def sites_of_features(
    features: Features, name: str, crs: QgsCoordinateReferenceSystem, options: SiteOptions
) -> RawSites:
    """Return features that were read from a layer called *name* as sites."""
    layer = VectorLayer(
        name=name,
        geometries=features.geometries,
        columns=features.columns,
        feature_ids=features.ids,
        crs=crs_text(crs),
        has_z=features.has_z,
        curved=features.curved,
        closings=features.closings,
    )
    return sites_of_layers([layer], source=name, digest=_digest(features), options=options)


def _digest(features: Features) -> str:
    """Return the SHA-256 of geometries and attributes: a layer in QGIS need not have a file."""
    digest = hashlib.sha256()
    for blob in shapely.to_wkb(features.geometries, byte_order=1).tolist():
        digest.update(blob or b"-")
    for name, values in sorted(features.columns.items()):
        digest.update(f"\n{name}\n{values.tolist()!r}".encode())
    return digest.hexdigest()
