# SPDX-License-Identifier: GPL-2.0-or-later
"""The user guide is true: its way through the window is gone as a new user would."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from tests.qgis.tours import go

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures" / "tour"


@pytest.mark.parametrize(("locale", "word"), [("zh-Hans", "禁止"), ("en", "Prohibited")])
def test_the_way_of_the_guide(locale: str, word: str, plugins: Path, tmp_path: Path) -> None:
    found = go(locale, "1280x800", plugins, tmp_path, PICTURES / locale)
    assert found["layers"] >= 20
    assert found["verdict"].startswith(word)
    assert {"report.docx", "report.html", "report.xlsx"} <= set(found["report"])
    assert (found["many"], found["compared"]) == (71, 3)
    assert found["wrong"] == 0
    assert len(list((PICTURES / locale).glob("*.png"))) == 14
