# SPDX-License-Identifier: GPL-2.0-or-later
"""A writer that is told to stop does so while it writes, and leaves what was there."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eco_onemap.core.errors import Cancelled
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat

from .builders import build_assessment


class AfterAsking(NoProgress):
    """Is cancelled when it was asked so often."""

    def __init__(self, times: int) -> None:
        self.left = times

    def is_cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0


class Counted(NoProgress):
    """Keeps the most calls of functions between two looks at the button.

    They do not depend on how slow a machine is.
    """

    def __init__(self) -> None:
        self.calls, self.most = 0, 0

    def is_cancelled(self) -> bool:
        self.most, self.calls = max(self.most, self.calls), 0
        return False

    def count(self, _frame: object, event: str, _argument: object) -> None:
        """Count a call; for ``sys.setprofile``."""
        self.calls += event in ("call", "c_call")


MOST_CALLS = 500_000
"""Between two looks; a step that is one call of C, as packing, counts as one."""

WRITERS = [ReportFormat.HTML, ReportFormat.DOCX, ReportFormat.XLSX]


@pytest.mark.parametrize("wanted", WRITERS)
@pytest.mark.parametrize("times", [0, 1, 3])
def test_each_writer_stops_within_its_file(
    wanted: ReportFormat, times: int, tmp_path: Path
) -> None:
    path = tmp_path / f"report.{wanted.value}"
    path.write_bytes(b"before")
    with pytest.raises(Cancelled):
        write_reports(
            tmp_path / "report", build_assessment(), Edition("en", [wanted]), AfterAsking(times)
        )
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_files_written_before_stay(tmp_path: Path) -> None:
    formats = [ReportFormat.HTML, ReportFormat.DOCX]
    whole = AfterAsking(10**9)
    write_reports(tmp_path / "one", build_assessment(), Edition("en", formats[:1]), whole)
    asked = 10**9 - whole.left
    with pytest.raises(Cancelled):
        write_reports(
            tmp_path / "two", build_assessment(), Edition("en", formats), AfterAsking(asked + 5)
        )
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == ["one.html", "two.html"]
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("wanted", WRITERS)
def test_stop_is_heard_after_little_work(wanted: ReportFormat, tmp_path: Path) -> None:
    few = build_assessment().in_language("zh")
    hits = few.hit.take(np.resize(np.arange(len(few.hit)), 20_000))
    edition = Edition("zh", [wanted], kind=PaperKind.REPORT)
    write_reports(tmp_path / "report", few, edition, NoProgress())  # imports what it needs
    counted = Counted()
    sys.setprofile(counted.count)
    try:
        write_reports(tmp_path / "report", replace(few, hit=hits), edition, counted)
    finally:
        sys.setprofile(None)
    counted.is_cancelled()
    assert counted.most < MOST_CALLS, "from the last look to the end, too"


def test_composing_hears_stop() -> None:
    with pytest.raises(Cancelled):
        compose(PaperKind.REPORT, build_assessment(), "en", {}, progress=AfterAsking(20))
