# SPDX-License-Identifier: GPL-2.0-or-later
"""The real QGIS from its start to a report, by mouse and keyboard, with pictures of each stage."""

from __future__ import annotations

from pathlib import Path

import package
import pytest

from tests.qgis.windows import DARK, in_window

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures" / "whole way"

CORNERS = [[118.331, 24.687], [118.337, 24.687], [118.337, 24.692], [118.331, 24.692]]
"""In the first-level protection zone of the sample city's reservoir."""
WORDS = {"zh-Hans": "禁止", "en": "Prohibited"}


@pytest.mark.parametrize("screen", ["1920x1080", "1280x800"])
@pytest.mark.parametrize("locale", sorted(WORDS))
def test_from_the_start_to_a_report(
    locale: str, screen: str, plugins: Path, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    given = {"corners": CORNERS, "reports": str(reports), "theme": DARK}
    given["pictures"] = str(PICTURES / f"{locale} {screen}")
    how = {"locale": locale, "screen": screen, "seconds": 200}
    found = in_window("whole_way.py", plugins, tmp_path, given=given, **how)
    assert found["size"] == [int(side) for side in screen.split("x")]
    assert found["corners"] == len(CORNERS)
    assert found["verdict"] == ["prohibited"]
    assert found["banner"].startswith(WORDS[locale])
    finding = found["finding"]
    assert finding["closer"] > 10
    assert finding["bands"] >= 5  # the site, three rings, the place of the finding
    assert "《" in finding["law"]
    assert finding["copied"].startswith(("结论\t", "Verdict\t"))
    assert set(found["reports"]) >= {".docx", ".html"}
