# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports on a small assessment, with a map, to be tampered with."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import UNASKED
from tests.outputs.builders import build_assessment
from tests.outputs.test_house_style import PIXEL

OTHER_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGMQaHD4DwADRAHQMo9CfwAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The folder of a report in three formats, in English, with the maps of three sites.

    Of one there is an image, of one a PDF with the image beside, of one a PDF alone.
    """
    folder = tmp_path_factory.mktemp("made")
    (folder / "S-01.png").write_bytes(PIXEL)
    (folder / "S-02.png").write_bytes(OTHER_PIXEL)
    names = {"S-01": "S-01.png", "S-02": "S-02.pdf", "S-03": "S-03.pdf"}
    edition = Edition("en", list(UNASKED), maps={site: folder / n for site, n in names.items()})
    write_reports(folder / "report", build_assessment(), edition, NoProgress())
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a copy of the report in a format."""

    def make(ending: str) -> Path:
        return Path(shutil.copyfile(made / f"report.{ending}", tmp_path / f"report.{ending}"))

    return make
