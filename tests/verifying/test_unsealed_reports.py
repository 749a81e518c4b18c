# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports on too many sites: they say that nobody can verify them, and so does verifying."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from eco_onemap.cli.main import run
from eco_onemap.core.errors import ResultsError
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.results.totals import Excerpt, count_totals
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import UNASKED
from eco_onemap.readers.sealed_files import read_sealed
from eco_onemap.verifying.verification import verify_report
from tests.outputs.builders import build_assessment

SAID = {
    "en": "This report cannot be verified: it is on more than 5,000 sites",
    "zh": "本报告不能核验",
}


@pytest.fixture(scope="module", params=sorted(SAID))
def excerpt(request, tmp_path_factory) -> tuple[str, Path]:
    """The language and folder of reports of an excerpt, as large batches have them."""
    folder = tmp_path_factory.mktemp(request.param)
    assessment = build_assessment()
    results = Excerpt(assessment, count_totals(assessment))
    write_reports(folder / "report", results, Edition(request.param, UNASKED), NoProgress())
    return request.param, folder


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_the_last_chapter_says_so(excerpt, ending: str) -> None:
    language, folder = excerpt
    lines = [line.text for line in read_sealed(folder / f"report.{ending}").lines]
    assert any(line.startswith(SAID[language]) for line in lines[-4:])


def test_the_first_sheet_says_so(excerpt) -> None:
    language, folder = excerpt
    book = openpyxl.load_workbook(folder / "report.xlsx")
    last = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value][-1]
    assert last.endswith({"en": "(more than 5,000 sites)", "zh": "（地块超过 5000 个）"}[language])


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html"])
def test_verifying_says_why_and_gives_exit_code_2(excerpt, capsys, ending: str) -> None:
    _, folder = excerpt
    path = folder / f"report.{ending}"
    with pytest.raises(ResultsError, match="is on more than 5,000 sites"):
        verify_report(path)
    assert run(["verify", str(path), "--language", "zh"]) == 2
    assert "涉及地块超过 5000 个" in capsys.readouterr().err
