# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of an overview: each theme concerned with its verdict and what weighs most. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.layout.layer_rows import layer_rows
from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.sheet import LayerRow
from eco_onemap.layout.themed_record import about, themes_concerned
from eco_onemap.layout.wording import Say


def theme_rows(record: SiteRecord, say: Say) -> tuple[LayerRow, ...]:
    """Return a row a theme, in the order of their sheets."""
    return tuple(_rows(record, say))


def _rows(record: SiteRecord, say: Say) -> Iterator[LayerRow]:
    for theme in themes_concerned(record):
        themed = about(record, theme)
        verdict = Verdict(themed.site["verdict"])
        first = next(iter(layer_rows(themed, say)), None)
        yield LayerRow(
            verdict=None if verdict is Verdict.CLEAR else verdict,
            mark=say(f"mark.{verdict.value}"),
            title=theme.titles[record.language],
            feature=first.title if first else "",
            measure=first.measure if first else "",
        )
