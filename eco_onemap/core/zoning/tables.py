# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables ``site_unit`` and ``clause``; rows are gathered from arrays, never one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import Values, dtype_of, joined, text_column
from eco_onemap.core.layers.catalogue import UNIT_ROLE
from eco_onemap.core.messages import Message, message
from eco_onemap.core.sites.site import SiteFacts, SiteSet
from eco_onemap.core.table import ResultTable
from eco_onemap.core.zoning import schema
from eco_onemap.core.zoning.clause_conditions import Why
from eco_onemap.core.zoning.clauses import Conformity
from eco_onemap.core.zoning.conformity import SQUARE_METRES_A_HECTARE, Answered
from eco_onemap.core.zoning.fixed_columns import Columns
from eco_onemap.core.zoning.unit_shares import KIND_ORDER, UnitShares
from eco_onemap.core.zoning.vocabulary import Terms, term

Indices = NDArray[np.intp]


def site_unit_table(sites: SiteSet, shares: Sequence[UnitShares], terms: Terms) -> ResultTable:
    """Return one row per site and unit or zone that it meets, touched ones included."""
    blocks = [_unit_values(sites, share, terms) for share in shares]
    order = np.argsort(joined([share.site for share in shares], np.intp), kind="stable")
    values = {
        column.name: joined([b[column.name] for b in blocks], dtype_of(column))[order]
        for column in schema.SITE_UNIT
    }
    return ResultTable("site_unit", schema.SITE_UNIT, values)


def _unit_values(sites: SiteSet, shares: UnitShares, terms: Terms) -> Values:
    layer, count = shares.layer, len(shares.site)
    word = term(terms, "unit" if layer.entry.role == UNIT_ROLE else "zone")

    return {
        "site_id": sites.ids[shares.site],
        "layer_id": np.full(count, layer.entry.id, dtype=object),
        "what": text_column([word] * count),
        "name": layer.names[shares.code],
        "overlap_area_m2": shares.area_m2,
        "overlap_area_ha": shares.area_m2 / SQUARE_METRES_A_HECTARE,
        "overlap_length_m": shares.length_m,
        "share_pct": 100.0 * shares.share,
        "kind": np.array(KIND_ORDER, dtype=object)[shares.kind],
        "version": np.full(count, layer.entry.version, dtype=object),
        **{name: column[shares.code] for name, column in layer.columns.items()},
    }


def clause_table(
    sites: SiteSet,
    facts: tuple[Sequence[SiteFacts], Indices],
    columns: Columns,
    rows: tuple[Indices, Indices],
    answered: Answered,
) -> ResultTable:
    """Return one row per site and clause that is for it, in the order of the lists.

    facts: the distinct facts and the number of each site's own. columns: of the clauses. rows:
    site and clause numbers.
    """
    site, clause = rows
    distinct, number = facts
    values: Values = {
        "site_id": sites.ids[site],
        **{name: column[clause] for name, column in columns.items()},
        "facts": text_column(map(say_facts, distinct))[number[site]],
        "measured": answered.measured,
        "conformity": answered.conformity,
        "answer": _said(
            [(item.value, Message(f"conformity.{item.value}")) for item in Conformity],
            answered.conformity,
        ),
        "reason": _said(
            [(item.value, Message(f"conformity.why.{item.value}")) for item in Why], answered.why
        ),
    }
    return ResultTable("clause", schema.CLAUSE, values)


def _said(
    messages: Sequence[tuple[str, Message]], values: NDArray[np.object_]
) -> NDArray[np.object_]:
    """Return the message of each value, one object for all rows that say it."""
    number = np.select([values == value for value, _ in messages], range(len(messages)), 0)
    return text_column(said for _, said in messages)[number.astype(np.intp)]


def say_facts(facts: SiteFacts) -> Message:
    """Return what is known of a project in one line."""
    return message(
        "clause.facts",
        industry=facts.industry or "–",
        use=facts.planned_use or "–",
        stage=facts.stage or "–",
        tags=", ".join(sorted(facts.tags)) or "–",
    )
