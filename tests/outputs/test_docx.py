# SPDX-License-Identifier: GPL-2.0-or-later
"""The Word report as python-docx, the standard's own rules and LibreOffice read it."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from eco_onemap.core.errors import MissingPackageError, OutputError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.outputs.docx import render_docx, write_docx
from eco_onemap.outputs.html import render_html
from eco_onemap.outputs.report import (
    Cell,
    Facts,
    Figure,
    Heading,
    Items,
    Report,
    Table,
    TableColumn,
    compose_batch_report,
)

from .builders import build_assessment

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def report_of(*blocks: object, language: str = "en") -> Report:
    return Report("Title", "Subtitle", language, "Internal", "Footer", blocks)


def opened(report: Report, tmp_path: Path) -> docx.document.Document:
    path = tmp_path / "report.docx"
    write_docx(path, report)
    return docx.Document(str(path))


@pytest.fixture(params=LANGUAGES)
def report(request: pytest.FixtureRequest) -> Report:
    return compose_batch_report(build_assessment(), request.param, {})


@pytest.fixture
def document(report: Report, tmp_path: Path) -> docx.document.Document:
    return opened(report, tmp_path)


def texts(document: docx.document.Document) -> list[str]:
    """The text of all paragraphs, in tables too, in order."""
    found = document.element.body.iter(qn("w:p"))
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in found]


def plain(text: str) -> str:
    return "".join(text.split())


def test_shows_every_text(report: Report, document: docx.document.Document) -> None:
    shown = plain("".join(texts(document)))
    for block in report.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                assert all(plain(cell.text + cell.note) in shown for cell in row)
        if isinstance(block, Facts):
            for name, cell in block.rows:
                assert plain(name + cell.text + cell.note) in shown
    assert '<北山>红线 & "核心"' in "".join(texts(document))


def test_headings_have_words_own_styles(report: Report, document: docx.document.Document) -> None:
    found = [
        (p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")
    ]
    expected = [(f"Heading {b.level}", b.text) for b in report.blocks if isinstance(b, Heading)]
    assert found == expected
    assert len(found) > 20


def test_conclusion_and_gaps_stand_before_the_contents(
    report: Report, document: docx.document.Document
) -> None:
    body = list(document.element.body)
    contents = next(n for n, found in enumerate(body) if found.tag == qn("w:sdt"))
    first_page = "".join("".join(found.itertext()) for found in body[:contents])
    conclusion = next(b for b in report.blocks if isinstance(b, Table))
    assert all(plain(row[2].text) in plain(first_page) for row in conclusion.rows)
    gaps = {"zh": "本次没有核查的内容", "en": "Not checked here"}[report.language]
    assert gaps in first_page


def test_contents_name_each_heading_and_refer_to_its_page(
    report: Report, document: docx.document.Document
) -> None:
    contents = document.element.body.find(qn("w:sdt"))
    lines = [list(p.iter(qn("w:t"))) for p in contents.iter(qn("w:p"))][1:]
    headings = [b.text for b in report.blocks if isinstance(b, Heading) and b.level < 3]
    assert [line[0].text for line in lines] == headings
    asked = re.findall(r"PAGEREF (\w+)", "".join(contents.itertext()))
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    assert len(asked) == len(headings)
    assert set(asked) <= marks


def test_links_lead_to_bookmarks_that_exist_once(document: docx.document.Document) -> None:
    marks = [m.get(qn("w:name")) for m in document.element.iter(qn("w:bookmarkStart"))]
    numbers = [m.get(qn("w:id")) for m in document.element.iter(qn("w:bookmarkStart"))]
    ends = [m.get(qn("w:id")) for m in document.element.iter(qn("w:bookmarkEnd"))]
    targets = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))}
    assert len(set(marks)) == len(marks)
    assert sorted(set(numbers)) == sorted(numbers) == sorted(ends)
    assert targets <= set(marks)
    assert {f"eco_site_{number}" for number in range(1, 6)} <= targets
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", mark) for mark in marks)


def test_captions_are_counted(report: Report, document: docx.document.Document) -> None:
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    expected = [b.caption for b in report.blocks if isinstance(b, Table) and b.rows and b.caption]
    label = {"zh": "表", "en": "Table"}[report.language]
    assert [p.text for p in captions] == [
        f"{label} {number}\u3000{caption}" for number, caption in enumerate(expected, start=1)
    ]
    asked = ["".join(t.text for t in p._p.iter(qn("w:instrText"))).strip() for p in captions]
    assert set(asked) == {f"SEQ {label} \\* ARABIC"}


def test_heading_rows_repeat_and_rows_stay_whole(
    report: Report, document: docx.document.Document
) -> None:
    titles = {b.columns[0].title for b in report.blocks if isinstance(b, Table) and b.rows}
    tables = [t for t in document.tables if t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert {t.cell(0, 0).text for t in tables} == titles
    for row in document.element.iter(qn("w:tr")):
        assert row.trPr.find(qn("w:cantSplit")) is not None


def test_tables_fill_the_text_width(document: docx.document.Document) -> None:
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / 635  # to twips
    for table in document.element.iter(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert abs(sum(grid) - room) < 8
        for row in table.iter(qn("w:tr")):
            spans = [c.tcPr.gridSpan for c in row.tc_lst]
            assert sum(1 if s is None else s.val for s in spans) == len(grid)


def test_columns_to_fill_in_are_empty_and_only_here(report: Report, tmp_path: Path) -> None:
    document = opened(report, tmp_path)
    word = {"zh": "复核意见", "en": "Judgement"}[report.language]
    filled = [t for t in document.tables if t.rows[0].cells[-1].text == word]
    assert filled
    assert {row.cells[-1].text for table in filled for row in table.rows[1:]} == {""}
    cards = [t for t in document.tables if t.rows[-1].cells[0].text == word]
    assert {table.rows[-1].cells[-1].text for table in cards} == {""}
    assert word not in render_html(report)


def test_typefaces_are_chinese_ones_for_chinese(document: docx.document.Document) -> None:
    faces = {"Normal": "宋体", "Heading 1": "黑体", "Eco Note": "仿宋", "Caption": "黑体"}
    for name, face in faces.items():
        fonts = document.styles[name].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == face
        assert not [key for key in fonts.attrib if "Theme" in key]


def test_pages_are_numbered_and_marked(report: Report, document: docx.document.Document) -> None:
    section = document.sections[0]
    above, (told, below) = section.header.paragraphs[0], section.footer.paragraphs
    assert report.mark in above.text
    asked = "".join(t.text for t in below._p.iter(qn("w:instrText"))).split()
    assert asked == ["PAGE", "NUMPAGES"]
    numbered = {"zh": "第 1 页\u3000共 1 页", "en": "Page 1 of 1"}[report.language]
    assert (told.text, below.text) == (report.footer, numbered)


def test_numbered_lists_begin_with_one(tmp_path: Path) -> None:
    lists = (Items(("a", "b"), numbered=True), Items(("c",), numbered=True), Items(("d",)))
    document = opened(report_of(*lists), tmp_path)
    used = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr.numPr is not None]
    assert used[0] == used[1]
    assert len(set(used)) == 3
    numbering = document.part.numbering_part.element
    restarted = [n.numId for n in numbering.num_lst if n.findall(qn("w:lvlOverride"))]
    assert {used[0], used[2]} <= set(restarted)


def test_maps_are_embedded_or_named(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "b.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(PIXEL)
    (tmp_path / "d.png").write_bytes(b"no image")
    figures = [
        Figure(tmp_path / name, f"Map {name}") for name in ("a.png", "b.pdf", "c.pdf", "d.png")
    ]
    document = opened(report_of(*figures), tmp_path)
    assert len(document.inline_shapes) == 2
    shape = document.inline_shapes[0]
    assert shape.width == pytest.approx(shape.height, rel=1e-6)
    assert shape.width.mm == pytest.approx(170, abs=0.1)
    apart = [p.text for p in document.paragraphs if p.style.name == "Eco Empty"]
    assert ["c.pdf" in apart[0], "d.png" in apart[1]] == [True, True]
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions[1] == "Figure 2\u3000Map b.pdf"


def test_takes_any_text(tmp_path: Path) -> None:
    text = "a\x00\x0b\ud800 <b>&\n=1+1\tz"
    table = Table((TableColumn("A"),), ((Cell(text),),))
    document = opened(report_of(table), tmp_path)
    assert document.tables[0].cell(1, 0).text == "a\ufffd\ufffd\ufffd <b>&\n=1+1\tz"


def test_same_report_gives_the_same_bytes_without_traces(report: Report, tmp_path: Path) -> None:
    content = render_docx(report)
    assert render_docx(report) == content
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml").decode()
    assert "dcterms:" not in about.replace("xmlns:dcterms", "")
    assert report.title in about
    assert "python-docx" not in about


def test_says_what_is_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="folder"):
        write_docx(tmp_path / "nowhere" / "report.docx", report_of())
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingPackageError, match="pip install python-docx"):
        write_docx(tmp_path / "report.docx", report_of())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_libreoffice_shows_the_pages_that_the_contents_name(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    write_docx(path, report)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True)
    pdf = subprocess.run(
        ["pdftotext", "-layout", path.with_suffix(".pdf"), "-"], check=True, capture_output=True
    )
    pages = pdf.stdout.decode().split("\f")
    listed = {"zh": "目录1结论", "en": "Contents1Conclusion"}[report.language]
    contents = next(page for page in pages if listed in plain(page))
    told = re.findall(r"(\S.*?)[.\s]{4,}(\d+)$", contents, re.MULTILINE)
    headings = [b for b in report.blocks if isinstance(b, Heading) and b.level < 3]
    assert len(told) == len(headings)
    for (_, page), heading in zip(told, headings, strict=True):
        assert plain(heading.text) in plain(pages[int(page) - 1])
