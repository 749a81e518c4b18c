# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages that an office's template puts its own lines on: these are no change, others are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eco_onemap.core.results.dossier import Dossier
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.printed_text import printed_pieces, table_heads
from eco_onemap.outputs.report.sealing import seal_of, with_seal
from eco_onemap.readers.sealed_pages import SealedPages
from eco_onemap.readers.text_changes import Change
from eco_onemap.verifying.differences import page_differences
from tests.outputs.builders import build_assessment

LETTERHEAD = "Bay Environmental Consultants Ltd"


def changes(*, has_template: bool, put_in: str = "") -> list[Change]:
    """Return what is found on pages with a letterhead, in the midst of rows, too."""
    told = build_assessment().in_language("en")
    dossier = replace(Dossier(told, "en", "report"), has_template=has_template)
    report = with_seal(compose(PaperKind.REPORT, told, "en", {}), seal_of(dossier))
    heads = {"".join(head.split()) for head in table_heads(report)}
    parts: list[list[str]] = [[]]
    for piece in printed_pieces(report):
        lines = [text for text in piece.texts if text]
        parts[-1] += lines
        if len(parts[-1]) >= 25 and "".join("".join(lines).split()) not in heads:
            parts.append([])  # no page ends below the heads of a table
    assert len(parts) > 8
    parts[3].append(put_in)
    pages = tuple("\n".join([LETTERHEAD, *part, report.footer]) for part in parts)
    return page_differences(SealedPages((), pages), dossier, report).text.changes


def test_lines_of_a_template_on_each_page_are_no_change() -> None:
    assert changes(has_template=True) == []


def test_without_a_template_nobody_puts_lines_on_pages() -> None:
    assert {change.found for change in changes(has_template=False)} >= {LETTERHEAD.replace(" ", "")}


@pytest.mark.parametrize("text", ["Approved", "0.46 m"])
def test_what_stands_on_one_page_only_is_a_change(text: str) -> None:
    (change,) = changes(has_template=True, put_in=text)
    assert (change.expected, change.found) == ("", text.replace(" ", ""))
