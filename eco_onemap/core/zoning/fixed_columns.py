# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns that each clause and each code gives to its rows, made once a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.columns import text_column
from eco_onemap.core.messages import Message
from eco_onemap.core.results.wording import Joined
from eco_onemap.core.table import Translatable
from eco_onemap.core.zoning.clauses import Clause
from eco_onemap.core.zoning.codes import Code

Columns = Mapping[str, NDArray[np.object_]]


def clause_columns(clauses: Sequence[Clause]) -> Columns:
    """Return the columns of ``clause`` that the clause alone decides, each of shape (c,)."""
    said: dict[str, Callable[[Clause], Any]] = {
        "clause_id": lambda one: one.clause_id,
        "level": _say_level,
        "scope_code": lambda one: one.scope,
        "dimension": lambda one: one.dimension,
        "sub_dimension": lambda one: one.sub_dimension,
        "clause_no": lambda one: one.number,
        "clause_text": lambda one: one.text,
        "restrict_type": lambda one: Message(f"restrict.{one.restrict_type.value}"),
        "limit": lambda one: "; ".join(map(str, one.limits)),
        "document": lambda one: one.document,
    }
    return {name: text_column(map(say, clauses)) for name, say in said.items()}


def code_columns(codes: Sequence[Code]) -> Columns:
    """Return the columns of ``site_unit`` that the code alone decides, each of shape (u,)."""
    said: dict[str, Callable[[Code], Any]] = {
        "code": lambda code: code.text,
        "class": lambda code: code.unit_class,
        "class_name": lambda code: code.class_name,
        "domain": lambda code: code.domain,
        "element": lambda code: code.element_name,
        "zone": lambda code: code.zone_name,
        "admin_code": lambda code: code.admin,
        "unknown": lambda code: Joined(code.unknown, " ") if code.unknown else "",
    }
    return {name: text_column(map(say, codes)) for name, say in said.items()}


def _say_level(clause: Clause) -> Translatable | str:
    return Message(f"level.{clause.level.value}") if clause.level else clause.level_text
