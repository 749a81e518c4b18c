# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin speaks the language of QGIS, whatever the system's is."""

from __future__ import annotations

from pathlib import Path

import pytest
import run_qgis

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("locale", "names", "help_text"),
    [
        ("zh-Hans", ["选址检查", "导入地块", "导出地块"], "地块图层"),
        ("en", ["Siting check", "Import sites", "Export sites"], "A layer of project sites"),
    ],
)
def test_algorithms_are_named_in_the_language_of_qgis(
    locale: str, names: list[str], help_text: str, plugins: Path, tmp_path: Path
) -> None:
    run_qgis.enable_plugin(tmp_path, plugins)
    run_qgis.set_language(tmp_path, locale)
    told = run_qgis.run_process(["list"], tmp_path, plugins)
    ours = told.stdout.partition("Eco One Map" if locale == "en" else "生态环境一张图")[2]
    assert [name for name in names if name not in ours] == []
    explained = run_qgis.run_process(["help", "ecoonemap:exportsites"], tmp_path, plugins)
    assert help_text in explained.stdout
