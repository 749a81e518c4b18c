# SPDX-License-Identifier: GPL-2.0-or-later
"""How many decimals a column shows: as the report rounds, and never 0.00 for what is not zero."""

from __future__ import annotations

from eco_onemap.core.table import Column, ColumnType

GENERAL = "General"
COUNT = "#,##0"

_DECIMALS = {"m2": 2, "m": 2, "pct": 2, "deg": 1, "ha": 4}
_SHARE_DECIMALS = 4


def number_format(column: Column) -> str:
    """Return the format of a column's numbers that are not negative, by the unit in its name."""
    if column.type is ColumnType.INTEGER:
        return COUNT
    decimals = _decimals(column.name)
    return GENERAL if decimals is None else _never_zero(decimals)


def signed_format(column: Column) -> str:
    """Return the format of a column's negative numbers: a condition would take them for tiny."""
    decimals = _decimals(column.name)
    return GENERAL if decimals is None else _plain(decimals)


def unit_of(name: str) -> str:
    """Return the part of a column's name that says its unit, "" without one."""
    return next((part for part in name.split("_") if part in _DECIMALS), "")


def _decimals(name: str) -> int | None:
    return _SHARE_DECIMALS if name.endswith("_share") else _DECIMALS.get(unit_of(name))


def _plain(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}"


def _never_zero(decimals: int) -> str:
    smallest = f"0.{'0' * (decimals - 1)}1"
    rounds_up = f"0.{'0' * decimals}5"
    plain = _plain(decimals)
    return f'[=0]{plain};[<{rounds_up}]"<{smallest}";{plain}'
