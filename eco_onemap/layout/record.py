# SPDX-License-Identifier: GPL-2.0-or-later
"""What an assessment says of one site, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from eco_onemap.core.errors import OutputError
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.layout.style_table import role_style

FAR_M = 10_000.0
"""A nearest feature beyond this is told in the table; the map does not shrink for it."""
EVERY_SITE = "*"
Row = dict[str, Any]


@dataclass(frozen=True)
class SiteRecord:
    """The rows of one site in the assessment's tables, all texts in *language*.

    site: the row of ``site_verdict``. geometry: of the site, CGCS2000 longitude and latitude.
    """

    assessment: Assessment
    language: str
    site: Row
    geometry: Any
    layers: tuple[Row, ...]
    hits: ResultTable
    findings: tuple[Row, ...]
    gaps: tuple[Row, ...]
    entries: Mapping[str, LayerEntry]

    @property
    def site_id(self) -> str:
        """The site's identifier."""
        return str(self.site["site_id"])

    @property
    def as_sites(self) -> SiteSet:
        """The site as the check was given it."""
        sites = self.assessment.sites
        return sites.take(np.flatnonzero(sites.ids == self.site_id))

    def layer_verdict(self, layer_id: str) -> Verdict | None:
        """Return the worst of the findings about a layer that count, None if there is none."""
        return _worst(row for row in self.findings if row["layer_id"] == layer_id)

    def feature_verdict(self, layer_id: str, feature_id: str) -> Verdict | None:
        """Return the worst of the findings about a feature that count, None if there is none."""
        return _worst(
            row
            for row in self.findings
            if (row["layer_id"], row["feature_id"]) == (layer_id, feature_id)
        )

    def near_constraints(self) -> list[Row]:
        """Return the rows of ``site_layer`` of constraints near by but not met, nearest first."""
        near = (
            row
            for row in self.layers
            if role_style(row["role"]).constraint and 0 < row["nearest_m"] <= FAR_M
        )
        return sorted(near, key=lambda row: float(row["nearest_m"]))


def counted_verdict(finding: Row) -> Verdict:
    """Return the verdict of a finding that counts: clear where a person set it aside."""
    return Verdict(finding["effective_verdict"] or finding["verdict"])


def _worst(findings: Iterable[Row]) -> Verdict | None:
    counted = (v for v in map(counted_verdict, findings) if v is not Verdict.CLEAR)
    return max(counted, key=SEVERITY.__getitem__, default=None)


def site_record(assessment: Assessment, site_id: str, language: str) -> SiteRecord:
    """Return what is said of a site; OutputError for an unknown site or one without geometry."""
    verdicts = _of_site(assessment.site_verdict, site_id, language)
    if not len(verdicts):
        raise OutputError("layout.unknown_site", site=site_id)
    if verdicts.geometries is None or verdicts.geometries[0] is None:
        raise OutputError("layout.site_without_geometry", site=site_id)
    gaps = (
        row
        for site in (site_id, EVERY_SITE)
        for row in _of_site(assessment.not_evaluated, site, language).rows()
    )
    return SiteRecord(
        assessment=assessment,
        language=language,
        site=next(verdicts.rows()),
        geometry=verdicts.geometries[0],
        layers=tuple(_of_site(assessment.site_layer, site_id, language).rows()),
        hits=_of_site(assessment.hit, site_id, language),
        findings=tuple(_of_site(assessment.finding, site_id, language).rows()),
        gaps=tuple(gaps),
        entries={entry.id: entry for entry in assessment.catalogue.layers},
    )


def _of_site(table: ResultTable, site_id: str, language: str) -> ResultTable:
    return table.where("site_id", site_id).in_language(language)
