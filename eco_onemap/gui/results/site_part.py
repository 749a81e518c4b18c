# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of an assessment that is about one site, laid out for reading."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.table import ResultTable
from eco_onemap.outputs.report.material import EVERY_SITE, Material, gather


def site_material(assessment: Assessment, site_id: str, language: str) -> Material:
    """Return what is to be shown of one site, in *language*.

    Only that site's rows are put into words: a batch of thousands is read one site at a time.
    """
    part = replace(
        assessment,
        site_verdict=_rows(assessment.site_verdict, site_id),
        site_layer=_rows(assessment.site_layer, site_id),
        hit=_rows(assessment.hit, site_id),
        finding=_rows(assessment.finding, site_id),
        not_evaluated=_rows(assessment.not_evaluated, site_id, EVERY_SITE),
        raster_class=_rows(assessment.raster_class, site_id),
    )
    return gather(part, language, {}, most_sites=1)


def _rows(table: ResultTable, *site_ids: str) -> ResultTable:
    return table.take(np.flatnonzero(np.isin(table["site_id"].astype(str), site_ids)))
