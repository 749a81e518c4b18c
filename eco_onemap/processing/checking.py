# SPDX-License-Identifier: GPL-2.0-or-later
"""The check that the parameters of an algorithm ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingException

from eco_onemap.core.assess import assess
from eco_onemap.core.errors import InputError
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import message
from eco_onemap.core.progress import Progress, SubProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.raw_sites import RawSites
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.processing import siting_parameters as names
from eco_onemap.processing.check_options import check_options
from eco_onemap.processing.site_input import site_options, site_settings, table_options
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.preferences import NATIONAL_PACK, read_preferences
from eco_onemap.qgis_bridge.sites import read_site_file, read_site_source
from eco_onemap.readers.compiled_cache import CompiledCache

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

Parameters = dict[str, Any]

CHECKING_SHARE = 0.9
"""How much of the time goes into the check, the rest into writing."""


def site_snapshot(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> RawSites | None:
    """Return the features of the layer of sites, None where a file is given; on its thread."""
    if not parameters.get(names.SITES):
        return None
    source = algorithm.parameterAsSource(parameters, names.SITES, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, names.SITES))
    return read_site_source(source, site_options(algorithm, parameters, context))


def check_sites(
    algorithm: QgsProcessingAlgorithm,
    parameters: Parameters,
    context: QgsProcessingContext,
    snapshot: RawSites | None,
    progress: Progress,
) -> Assessment:
    """Check the sites of the snapshot, or else of the file; any thread."""
    stated = algorithm, parameters, context
    options = check_options(*stated)
    catalogue = read_catalogue(given_file(*stated, names.CATALOGUE))
    packs = rule_packs(*stated)
    progress.report(0.0, message("qgis.step.sites"))
    layers = QgisLayers()
    settings = site_settings(*stated, find_region(catalogue, layers))
    raw = _sites_of_file(*stated) if snapshot is None else snapshot
    sites = build_site_set(raw, settings)
    checking = SubProgress(progress, 0.0, CHECKING_SHARE)
    cache = CompiledCache(max_bytes=read_preferences().cache_bytes)
    return assess(sites, catalogue, packs, options, layers, checking, cache)


def given_file(
    algorithm: QgsProcessingAlgorithm,
    parameters: Parameters,
    context: QgsProcessingContext,
    name: str,
) -> Path:
    """Return the file of a parameter; InputError if it is not there."""
    path = Path(algorithm.parameterAsFile(parameters, name, context))
    if not path.exists():  # a geodatabase is a folder
        raise InputError("qgis.missing_file", path=str(path))
    return path


def _sites_of_file(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> RawSites:
    stated = algorithm, parameters, context
    path = given_file(*stated, names.SITES_FILE)
    return read_site_file(path, site_options(*stated), table_options(*stated))


def rule_packs(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> list[RulePack]:
    """Return the chosen rule packs, those of the settings where nothing is said of any.

    The toolbox gives one empty name where none is chosen.
    """
    if names.RULES not in parameters:  # QGIS does not look at the default of a list of files
        return [read_pack(path) for path in read_preferences().pack_paths]
    chosen = filter(None, algorithm.parameterAsFileList(parameters, names.RULES, context))
    paths = [Path(path) for path in chosen] or [NATIONAL_PACK]
    return [read_pack(path) for path in paths]
