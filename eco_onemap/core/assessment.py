# SPDX-License-Identifier: GPL-2.0-or-later
"""The result of a check: finished tables with all that is needed to trace and repeat it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eco_onemap.core.catalogue import Catalogue
from eco_onemap.core.options import Options
from eco_onemap.core.rules import RulePack
from eco_onemap.core.run_record import LOST_FEATURES
from eco_onemap.core.site import SiteSet
from eco_onemap.core.table import ResultTable


@dataclass(frozen=True)
class Assessment:
    """What was found for a set of sites; the tables' columns stand in :mod:`.schema`.

    ``site_verdict`` carries the sites' geometries, ``hit`` those of the overlaps, both in
    CGCS2000 longitude and latitude (EPSG:4490); the other tables are plain. TEXT columns hold
    messages until :meth:`in_language` puts them into words: one run speaks every language.
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

    @property
    def tables(self) -> tuple[ResultTable, ...]:
        """All tables, in the order in which they are written."""
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
        )

    @property
    def is_complete(self) -> bool:
        """Whether all of every layer and every site could be checked (exit code 0, else 1)."""
        status = set(self.site_layer["status"])
        lost = "not_loaded" in status or "failed" in status or self._has_lost_features
        return not (self.sites.problems or lost)

    @property
    def _has_lost_features(self) -> bool:
        """Whether a layer has features that are broken beyond repair."""
        return any(
            row["key"].endswith(f".{LOST_FEATURES}") and row["value"] != "0"
            for row in self.run.rows()
        )
