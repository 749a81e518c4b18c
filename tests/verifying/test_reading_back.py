# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages of LibreOffice are read back: what they lack is found, and no such PDF is handed out."""

from __future__ import annotations

import io

import docx
import pytest

from eco_onemap.core.errors import OutputError
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.house_style import BUILT_IN
from eco_onemap.outputs.pdf import libreoffice
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.printed_text import printed_pieces
from eco_onemap.verifying import reading_back
from eco_onemap.verifying.reading_back import missing_texts, print_whole
from tests.outputs.builders import build_assessment

ROW = 3


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request):
    return compose(PaperKind.REPORT, build_assessment(), request.param, {})


def longest_table(document):
    return max(document.tables, key=lambda table: len(table.rows))


def without_a_row(content: bytes) -> tuple[bytes, list[str]]:
    """Return a document that lacks a row of its longest table, and what stood in it."""
    document = docx.Document(io.BytesIO(content))
    row = longest_table(document).rows[ROW]
    told = [cell.text for cell in row.cells if cell.text]
    row._tr.getparent().remove(row._tr)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue(), told


@pytest.fixture
def losing(monkeypatch):
    """LibreOffice loses a row in so many ways of laying the pages out."""
    render = libreoffice._pages_of
    runs: list[list[str]] = []

    def lose(ways: int) -> list[list[str]]:
        def pages(document, program, progress):
            content, told = without_a_row(document)
            runs.append(told)
            return render(content if len(runs) <= ways else document, program, progress)

        monkeypatch.setattr(libreoffice, "_pages_of", pages)
        return runs

    return lose


def test_a_lost_row_is_seen_and_the_pages_are_laid_out_in_another_way(report, losing):
    runs = losing(1)
    printed = print_whole(report, BUILT_IN, NoProgress())
    assert len(runs) == 2
    assert missing_texts(report, BUILT_IN, printed.content) == []


def test_pages_that_lack_a_row_in_every_way_are_refused_with_it(report, losing):
    runs = losing(99)
    with pytest.raises(OutputError) as caught:
        print_whole(report, BUILT_IN, NoProgress())
    assert len(runs) == 1 + 1 + 2, "as written, its table on a page of its own, looser twice"
    assert caught.value.message.key == "document.rows_lost"
    assert caught.value.message.args["count"] >= 1
    assert runs[0][0] in caught.value.message.args["first"]


def test_a_letter_that_no_typeface_draws_is_not_missed_but_one_that_is_gone_once_is(
    report, monkeypatch
):
    told = "\n".join("".join(piece.texts) for piece in printed_pieces(report))
    name = "S-01"
    assert told.count(name) > 1

    def missing(page: str) -> list[str]:
        monkeypatch.setattr(reading_back, "read_page_texts", lambda _content: (page,))
        return missing_texts(report, BUILT_IN, b"")

    assert missing(told) == []
    assert missing(told.replace("S", "")) == []
    assert missing(told.replace(name, "", 1)) != []
