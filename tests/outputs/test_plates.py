# SPDX-License-Identifier: GPL-2.0-or-later
"""All sheets of a series behind the report on one site: drawn, sealed, and missed when changed."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import numpy as np
import pytest

from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report import Figure, Heading, Report, compose_batch_report
from eco_onemap.outputs.report.plates import Plate
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.verifying.verification import verify_report
from tests.outputs.test_house_style import PIXEL
from tests.verifying.conftest import OTHER_PIXEL
from tests.verifying.tampering import rewrite

from .builders import build_assessment

TITLES = ("A and the red line", "A and water")


@pytest.fixture
def plates(tmp_path: Path) -> tuple[Plate, ...]:
    (tmp_path / "S_2_redline.png").write_bytes(PIXEL)
    (tmp_path / "S_3_water.png").write_bytes(OTHER_PIXEL)
    names = ("S_2_redline.png", "S_3_water.png")
    return tuple(Plate(tmp_path / n, title) for n, title in zip(names, TITLES, strict=True))


def alone():
    whole = build_assessment()
    return replace(whole, site_verdict=whole.site_verdict.take(np.array([0])))


def figures_below(report: Report, title: str) -> list[str]:
    """The captions of the figures between a heading of this title and the next one."""
    found, inside = [], False
    for block in report.blocks:
        if isinstance(block, Heading):
            inside = block.text == title
        elif inside and isinstance(block, Figure):
            found.append(block.caption)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_stand_behind_the_chapters_on_the_only_site(plates, language) -> None:
    title = message("report.chapter.plates").text(language)
    one = compose_batch_report(alone().in_language(language), language, {}, plates=plates)
    assert figures_below(one, title) == list(TITLES)
    others = [b.text for b in one.blocks if isinstance(b, Heading) and b.level == 1]
    hits = message("report.chapter.hits").text(language)
    assert others.index(title) < next(n for n, text in enumerate(others) if hits in text)
    several = build_assessment().in_language(language)
    assert not figures_below(compose_batch_report(several, language, {}, plates=plates), title)
    without = compose_batch_report(alone().in_language(language), language, {})
    assert title not in [b.text for b in without.blocks if isinstance(b, Heading)]


def test_a_sheet_that_was_replaced_is_told(plates, tmp_path: Path) -> None:
    formats = [ReportFormat.DOCX, ReportFormat.HTML]
    edition = Edition("en", formats, plates=plates)
    word, page = write_reports(tmp_path / "report", alone(), edition, NoProgress())
    assert len(docx.Document(str(word)).inline_shapes) == 2
    assert verify_report(word).is_same
    assert verify_report(page).is_same
    with zipfile.ZipFile(word) as archive:
        images = [n for n in archive.namelist() if n.startswith("word/media/")]
        second = next(name for name in images if archive.read(name) == OTHER_PIXEL)
    rewrite(word, {second: lambda content: content + b"\0"})
    found = verify_report(word)
    assert not found.is_intact
    said = "\n".join(line.text("en") for line in found.sentences)
    assert "The map of site S-01 (S_3_water.png) is another picture" in said
