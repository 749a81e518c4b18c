# SPDX-License-Identifier: GPL-2.0-or-later
"""An assessment narrowed to some of its sites: what a file about these has to carry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.table import ResultTable

EVERY_SITE = "*"
"""Stands for all sites of a check in tables that say something of each."""


def of_sites(assessment: Assessment, site_ids: Collection[str]) -> Assessment:
    """Return the rows about these sites, in their order, and the record of the whole run.

    Tables that are not about sites, or say nothing of these, are left out. What the run left out
    for its many sites is to be left out when these few are checked again: the options say so.
    """
    options, count = assessment.options, len(assessment.sites)
    options = replace(
        options,
        explain_sites=options.explain_sites if count <= options.explain_sites else 0,
        max_pass_sites=options.max_pass_sites if count <= options.max_pass_sites else 0,
    )
    told = {EVERY_SITE, *site_ids}
    kept = [table for table in assessment.contract_tables if table.name != "run"]
    tables: dict[str, Any] = {table.name: _narrowed(table, told) for table in kept}
    chosen = np.flatnonzero(np.isin(assessment.sites.ids.astype(str), sorted(told)))
    return replace(
        assessment,
        sites=assessment.sites.take(chosen),
        options=options,
        **tables,
        further=dict(_further(assessment, told)),
    )


def _further(assessment: Assessment, told: Collection[str]) -> Iterator[tuple[str, ResultTable]]:
    for name, table in assessment.further.items():
        rows = _narrowed(table, told) if "site_id" in table.values else None
        if rows:
            yield name, rows


def _narrowed(table: ResultTable, told: Collection[str]) -> ResultTable:
    return table.take(np.flatnonzero(np.isin(table["site_id"].astype(str), sorted(told))))
