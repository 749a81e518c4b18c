# SPDX-License-Identifier: GPL-2.0-or-later
"""What the Chinese guide calls things of QGIS is what the Chinese QGIS calls them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "user-guide.zh.md"
README = GUIDE.parents[1] / "README.zh.md"
WORDS = [
    ("MainWindow", "&Plugins", "插件"),
    ("MainWindow", "Manage and Install Plugins…", "管理并安装插件..."),
    ("QgsPluginManagerBase", "Install from ZIP", "从ZIP文件安装"),
    ("QgsPluginManagerBase", "Install Plugin", "安装插件"),
    ("MainWindow", "&Settings", "设置"),
    ("MainWindow", "&Options…", "选项..."),
    ("QgsOptionsBase", "General", "通用"),
    ("ProcessingPlugin", "Pro&cessing", "数据处理"),
    ("ProcessingPlugin", "&Toolbox", "工具箱"),
]
"""Context and text in QGIS's sources, and what the guide says."""


@pytest.fixture(scope="module")
def chinese_qgis():
    translator = QTranslator()
    assert translator.load("qgis_zh-Hans", QgsApplication.i18nPath())
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize(("context", "english", "said"), WORDS, ids=[w[1] for w in WORDS])
def test_words_of_qgis(chinese_qgis, context: str, english: str, said: str) -> None:
    told = re.sub(r"\(&\w\)", "", QCoreApplication.translate(context, english))
    assert told == said
    assert said in GUIDE.read_text(encoding="utf-8") + README.read_text(encoding="utf-8")
