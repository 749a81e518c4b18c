# SPDX-License-Identifier: GPL-2.0-or-later
"""The result of a check: finished tables with all that is needed to trace and repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.options import Options
from eco_onemap.core.results.run_record import LOST_FEATURES
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.zoning.loading import LIST_PREFIX


@dataclass(frozen=True)
class Assessment:
    """What was found for a set of sites; columns stand in :mod:`eco_onemap.core.schema`.

    ``site_verdict`` carries the sites' geometries, ``hit`` those of the overlaps, both in
    CGCS2000 longitude and latitude (EPSG:4490); the other tables are plain. TEXT columns hold
    messages until :meth:`in_language` puts them into words: one run speaks every language.
    further: the tables that only some runs have, by name
    (:mod:`eco_onemap.core.further.further_checks`).
    """

    sites: SiteSet
    catalogue: Catalogue
    packs: tuple[RulePack, ...]
    options: Options
    site_verdict: ResultTable
    site_layer: ResultTable
    hit: ResultTable
    finding: ResultTable
    not_evaluated: ResultTable
    raster_class: ResultTable
    run: ResultTable
    further: Mapping[str, ResultTable] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[ResultTable, ...]:
        """All tables, in the order in which they are written."""
        return (*self.contract_tables, *self.further.values())

    @property
    def contract_tables(self) -> tuple[ResultTable, ...]:
        """The tables that every run has."""
        return (
            self.site_verdict,
            self.site_layer,
            self.hit,
            self.finding,
            self.not_evaluated,
            self.raster_class,
            self.run,
        )

    def in_language(self, language: str) -> Assessment:
        """Return the assessment with all messages in its tables as text in *language*."""
        return replace(
            self,
            site_verdict=self.site_verdict.in_language(language),
            site_layer=self.site_layer.in_language(language),
            hit=self.hit.in_language(language),
            finding=self.finding.in_language(language),
            not_evaluated=self.not_evaluated.in_language(language),
            raster_class=self.raster_class.in_language(language),
            run=self.run.in_language(language),
            further={name: table.in_language(language) for name, table in self.further.items()},
        )

    @property
    def is_complete(self) -> bool:
        """Whether all of every layer and every site could be checked (exit code 0, else 1)."""
        status = set(self.site_layer["status"])
        lost = "not_loaded" in status or "failed" in status or self._has_lost_features
        lists = any(what.startswith(LIST_PREFIX) for what in self._missing_everywhere())
        return not (self.sites.problems or lost or lists)

    @property
    def _has_lost_features(self) -> bool:
        """Whether a layer has features that are broken beyond repair."""
        return any(
            row["key"].endswith(f".{LOST_FEATURES}") and row["value"] != "0"
            for row in self.run.rows()
        )

    def _missing_everywhere(self) -> list[str]:
        return self.not_evaluated.where("site_id", "*")["what"].tolist()
