# SPDX-License-Identifier: GPL-2.0-or-later
"""The guides call things as the window does, and their pictures and pages are there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import yaml

from eco_onemap.layout.style_table import role_styles

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TRANSLATIONS = runpy.run_path(str(ROOT / "scripts" / "translations.py"))["read_translations"]()
GUIDES = ("user-guide", "one-map")
PAGES = (*GUIDES, "catalogue", "strip-maps", "README")
"""Pages whose italics are words of the window, or of the data below."""
OF_QGIS = {
    *("Plugins", "Manage and Install Plugins…", "Install from ZIP", "Install Plugin"),
    *("Settings", "Options…", "General", "Night Mapping", "Processing Toolbox"),
    *("插件", "管理并安装插件...", "从ZIP文件安装", "安装插件", "设置", "选项...", "通用"),
    *("数据处理", "工具箱"),
}
"""``tests/qgis/test_guide_words.py`` asks QGIS for them."""
OF_DATA = {
    *(
        "Other",
        "其他",
        "not given",
        "further study",
        "（未显示）",
        "(not shown)",
        "sensitive",
        "敏感",
        *("用地红线", "错误", "警告", "提示"),
        "coverage",
        "sure",
        "clear",
    ),
}
"""Words of themes, verdicts and values, which have tables of their own."""


def text_of(name: str, language: str) -> str:
    ending = ".zh.md" if language == "zh" else ".md"
    folder = ROOT if name == "README" else DOCS
    return (folder / (name + ending)).read_text(encoding="utf-8")


def said(name: str, language: str) -> set[str]:
    """What a page sets in italics, one of the catalogue in bold or quotes, too: a path of menus."""
    text = re.sub(r"\n +", " ", text_of(name, language))  # a path may go on in the next line
    marks = [r"(?<![*\w])\*([^*\n]+)\*(?![*\w])"]
    if name == "catalogue":
        marks += [r"\*\*([^*\n]+)\*\*", "“([^”\n]+)”"]
    marked = (each for mark in marks for each in re.findall(mark, text, re.ASCII))
    return {word.strip() for path in marked for word in path.split("›")}


def known(language: str) -> set[str]:
    """The words of the window in a language, without the counts behind some."""
    words = TRANSLATIONS.values() if language == "zh" else TRANSLATIONS
    schemes = yaml.safe_load((ROOT / "resources/styles/schemes.yaml").read_text(encoding="utf-8"))
    titles = {scheme["title"][language] for scheme in schemes.values()}
    return {re.sub(r" ?\(\{count\}\)", "", word) for word in words} | titles


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_words_of_the_window_are_those_of_the_window(name: str, language: str) -> None:
    words = said(name, language)
    assert words
    assert words - known(language) - OF_QGIS - OF_DATA == set()


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    english, chinese = text_of(name, "en"), text_of(name, "zh")
    for pattern in (r"^#+ ", r"^!?\s*!\[", r"^\d\. ", r"^\|"):
        counts = [len(re.findall(pattern, text, re.MULTILINE)) for text in (english, chinese)]
        assert counts[0] == counts[1], pattern


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", GUIDES)
def test_pictures_and_pages_are_there(name: str, language: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text_of(name, language))
    assert links
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_pictures_are_small() -> None:
    shown = {
        name
        for language in ("en", "zh")
        for name in re.findall(r"\((images/[^)]+)\)", text_of("user-guide", language))
    }
    assert len(shown) >= 12
    assert max((DOCS / name).stat().st_size for name in shown) < 200_000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_scales_are_those_of_the_table(language: str) -> None:
    told = {
        int(n.replace(",", "")) for n in re.findall(r"1:([\d,]+\d)", text_of("one-map", language))
    }
    scales = {s.shown_from for s in role_styles().values()} | {
        s.names_from for s in role_styles().values()
    }
    assert told == scales - {0.0}
