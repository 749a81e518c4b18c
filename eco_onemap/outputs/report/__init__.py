# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports as plain blocks, composed from an Assessment; one writer per file format shows them."""

from __future__ import annotations

from eco_onemap.outputs.report.batch import MOST_SITES, compose_batch_report
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Items,
    Notice,
    Paragraph,
    Report,
    Table,
    TableColumn,
    Tally,
    Tone,
)

__all__ = [
    "MOST_SITES",
    "Align",
    "Block",
    "Cell",
    "Facts",
    "Figure",
    "Heading",
    "Items",
    "Notice",
    "Paragraph",
    "Report",
    "Table",
    "TableColumn",
    "Tally",
    "Tone",
    "compose_batch_report",
]
