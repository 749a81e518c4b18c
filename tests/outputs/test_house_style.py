# SPDX-License-Identifier: GPL-2.0-or-later
"""An office's own template, logo and words; what is broken is said and the built-in one used."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor

from eco_onemap.core.messages import LANGUAGES
from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.house_style import BUILT_IN, read_house_style
from eco_onemap.outputs.html import render_html
from eco_onemap.outputs.report import Heading, Paragraph, Report

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
REPORT = Report("Title", "Sub", "en", "Internal", "Foot", (Heading("One"), Paragraph("Text")))
TEXTS = (
    "zh: {title: 选址报告, mark: 内部, note: 本院出具。}\nen: {title: Our Report, note: By us.}\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    template = docx.Document()
    template.add_paragraph("Text of the template")
    heading = template.styles["Heading 1"]
    heading.font.color.rgb = RGBColor(0x12, 0x34, 0x56)
    heading.font.name = "Verdana"
    heading.element.rPr.rFonts.set(qn("w:eastAsia"), "方正小标宋")
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
        heading.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    template.sections[0].header.paragraphs[0].text = "某某设计院"
    template.save(str(tmp_path / "template.docx"))
    (tmp_path / "logo.png").write_bytes(PIXEL)
    (tmp_path / "texts.yaml").write_text(TEXTS, encoding="utf-8")
    return tmp_path


def test_template_logo_and_words_are_used(office: Path) -> None:
    style, problems = read_house_style(office, "en")
    assert problems == []
    report = style.worded(REPORT)
    document = docx.Document(io.BytesIO(render_docx(report, style)))
    texts = [p.text for p in document.paragraphs]
    assert "Text of the template" not in texts
    assert texts[1:4] == ["Our Report", "Sub", "By us."]  # below the logo
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0].height.mm == pytest.approx(16, abs=0.01)
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x12, 0x34, 0x56)
    assert document.sections[0].header.paragraphs[0].text == "某某设计院"
    assert document.sections[0].footer.paragraphs[0].text == "Foot"  # the template has none
    assert "By us." in render_html(report)


def test_the_page_for_the_browser_wears_the_template(office: Path) -> None:
    style, _ = read_house_style(office, "zh")
    assert style.dress.accent == "123456"
    assert style.dress.head == ("Verdana", "方正小标宋")
    assert style.dress.body == ("Cambria", "宋体"), "from the theme of the template"
    page = render_html(style.worded(replace(REPORT, language="zh")), style)
    assert "--accent: #123456;" in page
    assert f'src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}"' in page
    told = re.search(r"--sans: (.*?);", page[page.index("--accent: #123456;") :])
    names = [_unescaped(name) for name in re.findall(r'"(.*?)"', told[1])]
    assert names == ["方正小标宋", "Verdana"]
    assert "--accent: #123456;" not in render_html(REPORT)
    assert "<img" not in render_html(REPORT)


def _unescaped(text: str) -> str:
    """Text of a style sheet whose characters are numbers."""
    return "".join(chr(int(number, 16)) for number in text.split("\\") if number)


def test_words_are_those_of_the_language(office: Path) -> None:
    style, _ = read_house_style(office, "zh")
    assert style.worded(REPORT).title == "选址报告"
    assert style.worded(REPORT).mark == "内部"
    assert BUILT_IN.worded(REPORT) == REPORT


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("template.docx", b"no zip", "style.template"),
        ("template.docx", b"", "style.template"),
        ("logo.png", b"GIF89a", "style.logo"),
        ("logo.png", PIXEL[:12], "style.logo"),
        ("texts.yaml", b"zh: [", "style.texts"),
        ("texts.yaml", b"en: 5", "style.texts"),
        ("texts.yaml", b"- a\n- b", "style.texts"),
        ("texts.yaml", b"en: {titel: x}", "style.key"),
        ("texts.yaml", b"en: {title: 5}", "style.key"),
    ],
)
def test_what_is_broken_is_said_and_left(office: Path, name, content, key) -> None:
    (office / name).write_bytes(content)
    style, (problem,) = read_house_style(office, "en")
    assert problem.key == key
    for language in LANGUAGES:
        assert name in problem.text(language)
    kept = {"template.docx": style.template, "logo.png": style.logo, "texts.yaml": style.texts}
    assert not kept.pop(name)
    assert all(kept.values())
    assert render_docx(style.worded(REPORT), style)


def test_a_folder_without_a_style_is_said(tmp_path: Path) -> None:
    for folder, key in ((tmp_path, "style.empty"), (tmp_path / "none", "style.no_folder")):
        style, (problem,) = read_house_style(folder, "en")
        assert (style, problem.key) == (BUILT_IN, key)
