# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tables of a check say on a sheet, so that its texts can be held against them. Pure.

The command line asks this without QGIS: nothing imported here knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.sheet_texts import STRIP, SheetTexts
from eco_onemap.layout.describe import told_of_site
from eco_onemap.layout.record import SiteRecord, site_record
from eco_onemap.layout.strips.crossing_lines import crossings_of, table_head, table_line
from eco_onemap.layout.subjects import subject_named
from eco_onemap.layout.text_fit import ELLIPSIS
from eco_onemap.layout.themed_record import about
from eco_onemap.layout.wording import Say
from eco_onemap.readers.printed_changes import bare

_DECIDED = frozenset(
    {"title", "subtitle", "verdict_word", "verdict_reason", "verdict_basis", "table", "crossings"}
)
"""The items of sheets whose texts the tables alone decide, but for the subtitle of strips."""


def sheet_words(assessment: Assessment, site_id: str, sheet: str, language: str) -> list[str]:
    """Return all texts that the tables decide on a sheet; OutputError for no such site."""
    table = replace(assessment.site_verdict, geometries=assessment.sites.geometries)
    record = site_record(replace(assessment, site_verdict=table), site_id, language)
    return list(_of_strip(record) if sheet == STRIP else _of_sheet(record, sheet))


def unlike_words(sheet: SheetTexts, words: Sequence[str]) -> Iterator[str]:
    """Yield the texts of a sheet that are to be among *words* and are not, cut ones allowed."""
    given = [bare(word) for word in words]
    decided = _DECIDED - {"subtitle"} if sheet.sheet == STRIP else _DECIDED
    for name, text in sheet.texts:
        if name in decided and not _is_given(bare(text), given):
            yield text


def _is_given(text: str, given: Sequence[str]) -> bool:
    cut = bare(ELLIPSIS)
    if text in given:
        return True
    return text.endswith(cut) and any(one.startswith(text.removesuffix(cut)) for one in given)


def _of_sheet(record: SiteRecord, sheet: str) -> Iterator[str]:
    subject = subject_named(sheet)
    told = told_of_site(about(record, subject), subject)
    yield from (told[name] for name in ("title", "subtitle", "verdict_word", "reason", "basis"))
    yield from told["table_head"]
    for row in told["table"]:
        yield from (row.mark, row.title, row.feature, row.measure)


def _of_strip(record: SiteRecord) -> Iterator[str]:
    say = Say(record.language)
    yield say("strip.title", name=record.site["name"] or record.site_id)
    yield from table_head(say)
    for row in crossings_of(record):
        yield from table_line(row, record, say)
