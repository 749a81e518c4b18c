# SPDX-License-Identifier: GPL-2.0-or-later
"""No paper gives Word or Excel a reason to offer its repair; what would is found."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from eco_onemap.core.messages import LANGUAGES
from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.report import Cell, Figure, Items, Report, Table, TableColumn
from eco_onemap.outputs.report.blocks import Seal
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.xlsx import render_xlsx

from .builders import build_assessment
from .office_rules import faults
from .test_docx import PIXEL

LONG = "长" * 40_000
"""More than a cell of Excel holds, and more lines than a row of it may be high."""


def papers(folder: Path, language: str) -> dict[str, Report]:
    """Every paper, and one with all that is unusual: images, lists, a seal, endless text."""
    assessment = build_assessment()
    made = {kind.value: compose(kind, assessment, language, {}, "A") for kind in PaperKind}
    image = folder / "map.png"
    image.write_bytes(PIXEL)
    odd = (
        Figure(image, "A"),
        Figure(image, "B"),
        Figure(folder / "gone.pdf", "C"),
        Items(("a\x00\x0b", "b"), numbered=True),
        Items(("a",), numbered=True),
        Table((TableColumn("=A"), TableColumn("B")), ((Cell(LONG), Cell("\ud800")),), "T"),
    )
    whole = made["report"]
    seal = Seal(b"x" * 100_000, "ab" * 32)
    return made | {"odd": replace(whole, blocks=(*whole.blocks, *odd), seal=seal, watermark="稿")}


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    tables = build_assessment().in_language(request.param).tables
    for name, report in papers(folder, request.param).items():
        beside = tables if name in ("report", "odd") else ()
        (folder / f"{name}.docx").write_bytes(render_docx(report))
        (folder / f"{name}.xlsx").write_bytes(render_xlsx(report, beside))
        (folder / f"{name}-alone.xlsx").write_bytes(render_xlsx(report))
    office = docx.Document()
    office.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(PIXEL))
    office.add_table(2, 2)
    template = io.BytesIO()
    office.save(template)
    style = HouseStyle(template=template.getvalue(), logo=PIXEL)
    report = papers(folder, request.param)["odd"]
    (folder / "office.docx").write_bytes(render_docx(report, style))
    return folder


def test_word_and_excel_find_nothing_to_repair(written: Path) -> None:
    files = sorted([*written.glob("*.docx"), *written.glob("*.xlsx")])
    assert len(files) == 3 * (len(PaperKind) + 1) + 1
    assert {file.name: faults(file) for file in files} == {file.name: [] for file in files}


def test_headings_of_filtered_columns_differ(written: Path) -> None:
    import openpyxl  # noqa: PLC0415

    for file in written.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(file).worksheets:
            if sheet.auto_filter.ref:
                titles = [cell.value for cell in sheet[1]]
                assert len(set(titles)) == len(titles), (file.name, sheet.title)


BROKEN = {
    "document.xml, twice an id": (
        "report.docx",
        "word/document.xml",
        b'<w:bookmarkStart w:id="2"',
        b'<w:bookmarkStart w:id="1"',
    ),
    "a link to nowhere": ("report.docx", "word/document.xml", b'w:anchor="_Toc', b'w:anchor="T'),
    "a style that is not there": ("report.docx", "word/styles.xml", b'"Heading1"', b'"H"'),
    "a lost image": ("odd.docx", "word/_rels/document.xml.rels", b"media/image1", b"media/image7"),
    "a type for nothing": ("odd.docx", "[Content_Types].xml", b"/word/header1", b"/word/head"),
    "no cell": ("report.docx", "word/document.xml", b"<w:gridCol ", b"<w:other "),
    "disorder": ("report.docx", "word/document.xml", b"<w:tcW ", b"<w:shd/><w:tcW "),
    "no XML": ("report.docx", "word/document.xml", b"<w:tbl>", b"<w:tbl>\x0b"),
    "a long name": ("report.xlsx", "xl/workbook.xml", b' name="', b' name="' + b"a" * 32),
    "a high row": ("odd-alone.xlsx", "xl/worksheets/sheet2.xml", b' ht="', b' ht="9'),
    "a formula": ("report.xlsx", "xl/worksheets/sheet3.xml", b"</is></c>", b"</is><f>1</f></c>"),
    "an empty text": ("report.xlsx", "xl/worksheets/sheet3.xml", b"<is>", b"<x>"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_would_be_repaired_is_found(written: Path, tmp_path: Path, name: str) -> None:
    file, part, old, new = BROKEN[name]
    broken = tmp_path / file
    with zipfile.ZipFile(written / file) as source, zipfile.ZipFile(broken, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            changed = content.replace(old, new) if member == part else content
            assert member != part or changed != content, "nothing was broken"
            target.writestr(member, changed)
    assert faults(broken)
