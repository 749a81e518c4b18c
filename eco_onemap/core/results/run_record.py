# SPDX-License-Identifier: GPL-2.0-or-later
"""What a result records of how it came about, so that it can be traced and repeated."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import numpy as np
import pyproj
import shapely

from eco_onemap import __version__
from eco_onemap.core.geometry.crs import MAX_PLANE_EDGE_M
from eco_onemap.core.geometry.local_frames import MAX_EDGE_DEG
from eco_onemap.core.geometry.repair import RepairRecord
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.addresses import is_database, without_credentials
from eco_onemap.core.layers.catalogue import Catalogue, LayerEntry
from eco_onemap.core.layers.loading import Loaded, LoadedRaster
from eco_onemap.core.measures.measurement import LostLayer
from eco_onemap.core.messages import Message, message
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteSet

LOST_FEATURES = "lost_features"
"""Key, below that of a layer, of how many of its features are broken beyond repair."""


def record_run(
    sites: SiteSet,
    catalogue: Catalogue,
    packs: Sequence[RulePack],
    options: Options,
    layers: Sequence[Loaded],
) -> dict[str, str]:
    """Return versions, options, rule packs and layers of a run by key."""
    record = {**versions(), **_options(options), **_inputs(sites, catalogue)}
    for pack in packs:
        prefix = f"pack.{pack.name}"
        record[f"{prefix}.version"] = pack.version
        record[f"{prefix}.jurisdiction"] = pack.jurisdiction
        record[f"{prefix}.sha256"] = pack.fingerprint
    for layer in layers:
        record.update(_layer(layer, catalogue))
    return record


def noted(sites: SiteSet, catalogue: Catalogue, layers: Sequence[Loaded]) -> dict[str, Message]:
    """Return what was noted while inputs were read, by the keys of the record of the run.

    The record itself has these in English: it must be the same in each language.
    """
    found = {"catalogue.notes": catalogue.notes, "sites.notes": sites.notes}
    if sites.crs_evidence:
        found["sites.crs_evidence"] = (sites.crs_evidence,)
    for layer in layers:
        prefix = f"layer.{layer.entry.id}"
        if isinstance(layer, LostLayer):
            found[f"{prefix}.problem"] = (layer.problem,)
        elif not isinstance(layer, LoadedRaster):
            found[f"{prefix}.notes"] = tuple(layer.layer.notes)
    return {key: reduce(_after, notes) for key, notes in found.items() if notes}


def _after(told: Message, note: Message) -> Message:
    return message("record.and", told=told, note=note)


def versions() -> dict[str, str]:
    """Return the versions of everything that computes, by name."""
    return {
        "eco_onemap.version": __version__,
        "python.version": platform.python_version(),
        "numpy.version": np.__version__,
        "shapely.version": shapely.__version__,
        "geos.version": shapely.geos_version_string,
        "pyproj.version": pyproj.__version__,
        "proj.version": pyproj.__proj_version__,
    }


def _options(options: Options) -> dict[str, str]:
    tolerances = options.tolerances
    return {
        "as_of": options.as_of.isoformat(),
        "rings_m": ",".join(f"{ring:g}" for ring in options.rings_m),
        "tags": ",".join(sorted(options.tags)),
        "overrides.file": Path(options.overrides.path).name,
        "overrides.count": str(len(options.overrides)),
        "overrides.sha256": options.overrides.fingerprint,
        "explain_sites": str(options.explain_sites),
        "tolerance.touch_m": f"{tolerances.touch_m:g}",
        "tolerance.sliver_m": f"{tolerances.sliver_m:g}",
        "tolerance.sliver_m2": f"{tolerances.sliver_m2:g}",
        "tolerance.narrow_m": f"{tolerances.narrow_m:g}",
        "method.area": "TD/T 1055-2019 on the CGCS2000 ellipsoid, edges straight in longitude "
        f"and latitude; edges of plane sources densified to at most {MAX_PLANE_EDGE_M:g} m",
        "method.distance": "geodesic on the CGCS2000 ellipsoid, boundary to boundary, edges "
        f"densified to {MAX_EDGE_DEG:g} degrees",
    }


def _inputs(sites: SiteSet, catalogue: Catalogue) -> dict[str, str]:
    return {
        "catalogue.title": catalogue.title,
        "catalogue.file": Path(catalogue.path).name,
        "catalogue.planar_crs": catalogue.planar_crs,
        "catalogue.notes": _texts(catalogue.notes),
        "sites.source": _without_folder(sites.source),
        "sites.crs": sites.crs,
        "sites.crs_evidence": sites.crs_evidence.text("en") if sites.crs_evidence else "",
        "sites.count": str(len(sites)),
        "sites.sha256": sites.fingerprint,
        "sites.notes": _texts(sites.notes),
    }


def _layer(layer: Loaded, catalogue: Catalogue) -> dict[str, str]:
    entry, prefix = layer.entry, f"layer.{layer.entry.id}"
    record = {
        f"{prefix}.title": entry.title,
        f"{prefix}.source": _relative(entry, catalogue),
        f"{prefix}.version": entry.version,
        f"{prefix}.issued": entry.issued.isoformat() if entry.issued else "",
        f"{prefix}.coverage": entry.coverage.kind.value,
    }
    if entry.accuracy_m:
        record[f"{prefix}.accuracy_m"] = f"{entry.accuracy_m:g}"
    if entry.datum:
        record[f"{prefix}.datum"] = entry.datum
        record[f"{prefix}.datum_error_m"] = (
            f"{entry.datum_error_m:g}" if entry.datum_error_m else "unknown"
        )
    if entry.bounds:
        record[f"{prefix}.bounds"] = ",".join(f"{degrees:.10g}" for degrees in entry.bounds)
    if isinstance(layer, LostLayer):
        return {**record, f"{prefix}.problem": layer.problem.text("en")}
    if isinstance(layer, LoadedRaster):
        return {**record, f"{prefix}.sha256": layer.raster.info.fingerprint}
    return {
        **record,
        f"{prefix}.features": str(len(layer.layer)),
        f"{prefix}.sha256": layer.layer.fingerprint,
        f"{prefix}.notes": _texts(layer.layer.notes),
        **{f"{prefix}.{key}": value for key, value in _repair(layer.layer.repair).items()},
    }


def _repair(record: RepairRecord) -> dict[str, str]:
    """Return what became of the broken geometries of a layer; shares are of the larger area."""
    told = {"repaired_features": str(record.repaired), LOST_FEATURES: str(record.lost)}
    if record.repaired:
        told["repair_change_m2"] = f"{record.change_m2:.3f}"
        told["repair_largest_pct"] = f"{100 * record.largest_share:.6g}"
        told["repair_largest_feature"] = record.largest_id
    return told


def _relative(entry: LayerEntry, catalogue: Catalogue) -> str:
    """Return a layer's source as the catalogue would write it: no folder of this computer."""
    if is_database(entry.source):
        table = f" ({entry.layer})" if entry.layer else ""
        return without_credentials(entry.source) + table
    folder = Path(catalogue.path).parent
    source = Path(entry.source)
    return str(source.relative_to(folder)) if source.is_relative_to(folder) else source.name


def _without_folder(source: str) -> str:
    return without_credentials(source) if is_database(source) else Path(source).name


def _texts(notes: Sequence[Message]) -> str:
    return " ".join(note.text("en") for note in notes)
