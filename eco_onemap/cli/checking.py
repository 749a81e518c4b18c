# SPDX-License-Identifier: GPL-2.0-or-later
"""A check as the command line has put it together, and where it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eco_onemap.core.assess import assess_into, assessment_of
from eco_onemap.core.batch import Executor
from eco_onemap.core.blocks import Tables
from eco_onemap.core.further.further_checks import with_transformation
from eco_onemap.core.law.rules import RulePack
from eco_onemap.core.law.stacking import stack_packs
from eco_onemap.core.layers.catalogue import Catalogue
from eco_onemap.core.layers.sources import LayerCache, LayerSource
from eco_onemap.core.options import Options
from eco_onemap.core.progress import Progress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.inputs import Inputs, inputs_table
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.outputs.staging import StagedGeoPackage


@dataclass(frozen=True)
class Check:
    """Everything that a check needs; scheduler: address of a Dask cluster, or ``None``."""

    sites: SiteSet
    catalogue: Catalogue
    packs: Sequence[RulePack]
    options: Options
    layers: LayerSource
    cache: LayerCache | None
    scheduler: str | None = None

    def assessment_of(self, tables: Tables) -> Assessment:
        """Return tables of the result, or the rows of some sites, with all that they came from."""
        return assessment_of(tables, self.sites, self.catalogue, self.packs, self.options)

    def write_staged(self, path: Path, language: str, progress: Progress) -> None:
        """Write the result to the GeoPackage *path* block by block.

        An interrupted run leaves what is done beside *path*; the same check goes on from there.
        """
        staged = StagedGeoPackage(path, self.catalogue.title, language, inputs_table(self.inputs))
        try:
            assess_into(
                staged,
                *(self.sites, self.catalogue, self.packs, self.options, self.layers),
                progress,
                self.cache,
                executor=self._executor(),
            )
        finally:
            staged.close()

    @property
    def inputs(self) -> Inputs:
        """What the result is kept with, so that reports can be made of it again."""
        options, _ = with_transformation(self.options, self.sites.crs)
        packs = stack_packs(self.packs, options.as_of).packs
        return Inputs(self.sites, self.catalogue, packs, options)

    def _executor(self) -> Executor | None:
        if self.scheduler is None:
            return None
        from eco_onemap.cluster.dask_cluster import DaskCluster  # noqa: PLC0415 - an optional extra

        return DaskCluster(self.scheduler)
