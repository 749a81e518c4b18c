# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check finds beyond layers and rules: access lists, neighbours, rivers, crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from eco_onemap.core.further.candidate_table import CANDIDATE, candidate_table
from eco_onemap.core.further.cross_boundary import NEIGHBOUR_COLUMNS, neighbour_table
from eco_onemap.core.further.crossing_table import CROSSING, crossing_table, has_lines
from eco_onemap.core.further.sensitive_targets import SITE_POPULATION, SITE_TARGET, target_tables
from eco_onemap.core.further.upstream_intakes import (
    SITE_INTAKE,
    Intakes,
    check_intakes,
    place_intakes,
)
from eco_onemap.core.further.water_sources import SITE_SOURCE, source_table
from eco_onemap.core.law.gaps import ALL_SITES, NO_GAPS, Gap, Gaps
from eco_onemap.core.law.pass_tables import PASS
from eco_onemap.core.layers.accuracy import transformation_error_m
from eco_onemap.core.layers.catalogue import Catalogue, LayerEntry
from eco_onemap.core.layers.loading import Loaded, LoadedVector
from eco_onemap.core.layers.sources import LayerSource, RasterSource
from eco_onemap.core.measures.measurement import Measurement
from eco_onemap.core.measures.measuring import Subject
from eco_onemap.core.measures.vicinity import Vicinities
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Column, ResultTable
from eco_onemap.core.zoning.checking import check_zoning
from eco_onemap.core.zoning.loading import Zoning, load_zoning
from eco_onemap.core.zoning.schema import CLAUSE, SITE_UNIT

FURTHER_TABLES: Mapping[str, tuple[Column, ...]] = {
    "site_unit": SITE_UNIT,
    "clause": CLAUSE,
    "site_intake": SITE_INTAKE,
    "site_source": SITE_SOURCE,
    "site_target": SITE_TARGET,
    "site_population": SITE_POPULATION,
    "neighbour": NEIGHBOUR_COLUMNS,
    "candidate": CANDIDATE,
    "crossing": CROSSING,
    "pass": PASS,
}
"""The tables that only some runs have, in the order in which they are written, with columns."""

MOST_TARGET_SITES = 2000
"""People around sites are counted for runs of at most so many: the reach of 5 km is wide."""


@dataclass(frozen=True)
class FurtherGround:
    """What the further checks of all blocks stand on.

    entries: stand for layers that the check makes itself, so that rules can speak of them.
    """

    zoning: Zoning | None = None
    intakes: Intakes | None = None
    vectors: Mapping[str, LoadedVector] = field(default_factory=dict)
    lists_passes: bool = False
    has_lines: bool = False
    entries: tuple[LayerEntry, ...] = ()
    gaps: tuple[Gap, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Further:
    """What the further checks say of a block; derived: layers for rules to speak of."""

    tables: tuple[ResultTable, ...]
    derived: tuple[Measurement, ...]
    gaps: Gaps


def prepare_further(
    catalogue: Catalogue,
    source: LayerSource,
    layers: Sequence[Loaded],
    options: Options,
    sites: SiteSet,
    datum_gaps: Sequence[Gap] = (),
) -> FurtherGround:
    """Return what the further checks need, loaded once."""
    zoning = load_zoning(catalogue, source, layers, options.as_of)
    intakes = place_intakes(layers)
    made = [item.entry for item in (zoning, intakes) if item and item.entry]
    lists_passes = len(sites) <= options.max_pass_sites
    return FurtherGround(
        zoning=zoning,
        intakes=intakes,
        vectors={loaded.entry.id: loaded for loaded in layers if isinstance(loaded, LoadedVector)},
        lists_passes=lists_passes,
        has_lines=has_lines(sites),
        entries=tuple(made),
        gaps=(*datum_gaps, *(zoning.gaps if zoning else ())),
        record={
            **(zoning.record if zoning else {}),
            **_options(options),
            "passes": "listed" if lists_passes else f"not listed above {options.max_pass_sites}",
        },
    )


def within_reach(options: Options, site_count: int) -> Options:
    """Return the options for so many sites: people around many are not counted."""
    return options if site_count <= MOST_TARGET_SITES else replace(options, target_reach_m=0.0)


def with_transformation(options: Options, site_crs: str) -> tuple[Options, tuple[Gap, ...]]:
    """Return the options with the error that the sites' CRS brings, and the gap of an unknown one.

    An error that is not known, and not given either, keeps every site from being clear.
    """
    errors = [transformation_error_m(code) for code in site_crs.split(", ") if code]
    known = [error for error in errors if error is not None]
    if errors and len(known) == len(errors):
        return replace(options, transformation_m=max(options.transformation_m, *known)), ()
    if options.transformation_m > 0 or not site_crs:
        return options, ()
    why = message("site.other_datum", crs=site_crs)
    return options, (Gap(ALL_SITES, "transformation", why, blocks=True),)


def _options(options: Options) -> dict[str, str]:
    return {
        "site_accuracy_m": f"{options.site_accuracy_m:g}",
        "transformation_m": f"{options.transformation_m:g}",
        "consult_m": f"{options.consult_m:g}",
        "terms": options.terms.value,
        "target_reach_m": f"{options.target_reach_m:g}",
        "start_chainage_m": f"{options.start_chainage_m:g}",
        "chainage": "against the drawing" if options.is_reversed else "as drawn",
        "approach_m": f"{options.approach_m:g}",
    }


def check_further(
    ground: FurtherGround,
    sites: SiteSet,
    subject: Subject,
    measured: Sequence[Measurement],
    vicinities: Vicinities,
    rasters: Mapping[str, RasterSource],
) -> Further:
    """Return what the further checks say of a block of sites.

    vicinities: of the layers that have a positional error, by their ids. rasters: likewise, open.
    """
    tables: list[ResultTable] = []
    derived: list[Measurement] = []
    gaps = NO_GAPS
    if ground.zoning:
        zoning = check_zoning(ground.zoning, sites, subject, measured, vicinities)
        tables += zoning.tables
        derived += zoning.violations
        gaps = zoning.gaps
    if ground.intakes:
        table, along = check_intakes(ground.intakes, sites, measured)
        tables.append(table)
        derived += along
    neighbours = neighbour_table(sites, subject, measured, ground.vectors)
    candidates = candidate_table(sites, measured, ground.vectors)
    sources = source_table(sites, measured, ground.vectors)
    found = (sources, *target_tables(sites, subject, measured, ground.vectors), neighbours)
    tables += [table for table in (*found, candidates) if table is not None]
    if ground.has_lines:
        tables.append(crossing_table(sites, subject, measured, ground.vectors, rasters))
    return Further(tuple(tables), tuple(derived), gaps)
