# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person may say about a table that the table does not say itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from eco_onemap.readers.sites.txt_rows import Shape


class AngleNotation(Enum):
    """How numbers of degrees without signs are written."""

    DECIMAL = "decimal"
    DMS = "dms"
    PACKED = "packed"


@dataclass(frozen=True)
class TableOptions:
    """How to read a table; "" and ``None`` leave it to what the table says.

    sheet: name of a workbook's sheet. angle: notation of degrees; ``dms`` allows no plain
    numbers. shape: what the rows form. encoding: of a text file. id_field: heading of the
    column that tells the sites apart. fields: name of a fact to the heading of its column.
    """

    sheet: str = ""
    angle: AngleNotation | None = None
    shape: Shape | None = None
    encoding: str = ""
    id_field: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
