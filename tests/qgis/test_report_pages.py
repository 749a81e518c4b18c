# SPDX-License-Identifier: GPL-2.0-or-later
"""The PDF of a report: its pages read back by other programs, and compared with the other files."""

from __future__ import annotations

import io
import re
import sqlite3
import subprocess
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from eco_onemap.cli.main import run as run_cli
from eco_onemap.core.errors import Cancelled
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.results.dossier import Dossier
from eco_onemap.layout.pages.printing import print_report
from eco_onemap.layout.pages.tables import data_table
from eco_onemap.outputs.dress import Dress
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.house_style import BUILT_IN, HouseStyle
from eco_onemap.outputs.html import render_html
from eco_onemap.outputs.pdf.completing import completed
from eco_onemap.outputs.pdf.writing import write_pdf
from eco_onemap.outputs.report import (
    Cell,
    Facts,
    Heading,
    Paragraph,
    Report,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.sealing import seal_of, with_seal
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.paths import sample
from eco_onemap.readers.sealed_pages import read_sealed_pages
from eco_onemap.readers.stored_assessment import read_assessment
from eco_onemap.verifying.differences import page_differences
from tests.outputs.builders import build_assessment

DECIMAL = re.compile(r"\d[\d,]*\.\d{2,}")
"""What was measured; chapters and the contents have numbers, too."""


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    return str(request.param)


@pytest.fixture
def report(language: str) -> Report:
    told = build_assessment().in_language(language)
    seal = seal_of(Dossier(told, language, "report"))
    return with_seal(compose(PaperKind.REPORT, told, language, {}), seal)


def written(report: Report, path: Path, style: HouseStyle = BUILT_IN) -> Path:
    write_pdf(path, report, style, print_report, NoProgress())
    return path


def told_by(*command: object) -> str:
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
    return done.stdout


def long_report(rows: int = 200) -> Report:
    columns = (TableColumn("Number"), TableColumn("Word"))
    cells = tuple((Cell(str(n)), Cell(f"row {n}")) for n in range(rows))
    blocks = (
        Paragraph("First page"),
        Heading("One", new_page=True),
        Table(columns, cells, "Numbers"),
        Heading("Two", new_page=True),
        Paragraph("Last page"),
    )
    return Report("Title", "Subtitle", "en", "Mark", "Foot", blocks)


def test_text_is_text_and_typefaces_are_inside(report: Report, tmp_path: Path) -> None:
    path = written(report, tmp_path / "report.pdf")
    fonts = told_by("pdffonts", path).splitlines()[2:]
    assert fonts
    for line in fonts:
        assert re.search(r"TrueType +Identity-H +yes no +yes", line), line  # embedded, readable
    text = told_by("pdftotext", "-raw", path, "-")
    assert report.seal is not None
    assert report.seal.number in text
    for block in report.blocks:
        if isinstance(block, Heading):
            assert re.sub(r"\s", "", block.text) in re.sub(r"\s", "", text)


def test_numbers_are_those_of_the_page_for_the_browser(report: Report, tmp_path: Path) -> None:
    path = written(report, tmp_path / "report.pdf")
    page = re.sub(
        r"<style>.*?</style>|<footer>.*?</footer>|<nav.*?</nav>",
        "",
        render_html(report),
        flags=re.S,
    )
    text = told_by("pdftotext", "-raw", path, "-").replace(report.footer, "")
    shown = DECIMAL.findall(re.sub(r"<[^>]*>", " ", page))
    assert len(shown) > 60
    assert DECIMAL.findall(text) == shown


def test_every_page_has_its_number_and_its_heading(tmp_path: Path) -> None:
    path = written(long_report(), tmp_path / "long.pdf")
    pages = told_by("pdftotext", "-raw", path, "-").split("\f")[:-1]
    total = len(pages)
    assert total > 5
    for number, page in enumerate(pages, start=1):
        assert page.rstrip().endswith(f"Title Mark\nFoot Page {number} of {total}"), page
    rows = [page for page in pages if re.search(r"\brow \d+$", page, re.M)]
    assert len(rows) == total - 2  # the first, with the contents, and the last
    assert all(len(re.findall(r"Number\s+Word", page)) == 1 for page in rows)
    shown = [int(n) for page in pages for n in re.findall(r"\brow (\d+)$", page, re.M)]
    assert shown == list(range(200))


def test_contents_and_bookmarks_lead_to_the_pages_of_their_headings(tmp_path: Path) -> None:
    path = written(long_report(), tmp_path / "long.pdf")
    reader = pypdf.PdfReader(path)
    texts = [page.extract_text() for page in reader.pages]
    last = len(texts)
    assert re.search(rf"One\s*2\s*Two\s*{last}\b", texts[0]), "few lines need no page"
    marks = {item.title: reader.get_destination_page_number(item) + 1 for item in reader.outline}
    assert marks == {"One": 2, "Two": last}
    targets = [link.get_object()["/Dest"][0] for link in reader.pages[0]["/Annots"]]
    numbers = [reader.get_page_number(target.get_object()) + 1 for target in targets]
    assert numbers == [2, last]
    assert reader.root_object["/Lang"] == "en"


def test_the_same_report_is_the_same_file(report: Report) -> None:
    one, two = (completed(print_report(report, BUILT_IN, NoProgress()), report) for _ in range(2))
    assert one == two
    assert b"19800101000000" in one


def changes_in(path: Path, report: Report) -> list[object]:
    dossier = Dossier(build_assessment(), report.language, "report")
    return list(page_differences(read_sealed_pages(path), dossier, report).text.changes)


def test_pages_say_what_their_data_say_and_an_edited_number_is_found(report, tmp_path) -> None:
    path = written(report, tmp_path / "report.pdf")
    held = read_sealed_pages(path)
    assert report.seal is not None
    assert held.contents == (report.seal.content,)
    assert changes_in(path, report) == []
    place = next(
        n for n, b in enumerate(report.blocks) if isinstance(b, Table) and "52,340.12" in repr(b)
    )
    table = report.blocks[place]
    assert isinstance(table, Table)
    rows = tuple(
        tuple(replace(cell, text=cell.text.replace("52,340.12", "52,340.13")) for cell in row)
        for row in table.rows
    )
    blocks = (
        *report.blocks[:place],
        replace(table, rows=rows),
        *report.blocks[place + 1 :],
    )
    forged = written(replace(report, blocks=blocks), tmp_path / "forged.pdf")
    changes = changes_in(forged, report)
    edited = [text for text in _texts(rows) if "52,340.13" in text]
    assert len(changes) == len(edited) > 0
    assert all("52,340.13" in change.found for change in changes)


def _texts(rows):
    return [cell.text for row in rows for cell in row]


def test_logo_and_watermark_stand_on_the_pages(tmp_path: Path) -> None:
    from tests.outputs.test_house_style import PIXEL  # noqa: PLC0415

    report = replace(long_report(10), watermark="Public edition")
    path = written(report, tmp_path / "report.pdf", HouseStyle(logo=PIXEL))
    text = told_by("pdftotext", "-raw", path, "-")
    pages = int(re.findall(r"Pages: +(\d+)", told_by("pdfinfo", path))[0])
    assert re.sub(r"\s", "", text).count("Publicedition") == pages
    assert len(re.findall(r"^ +1 +\d+ image ", told_by("pdfimages", "-list", path), re.M)) == 1


def test_the_mark_of_the_public_edition_stands_on_one_line(language, tmp_path: Path) -> None:
    told = build_assessment().in_language(language)
    public = compose(PaperKind.PUBLIC, told, language, {})
    lines = told_by("pdftotext", "-layout", written(public, tmp_path / "p.pdf"), "-").splitlines()
    assert any(re.sub(r"\s", "", public.mark) in re.sub(r"\s", "", line) for line in lines)


def test_rows_of_tables_are_shaded_unless_a_watermark_stands_behind_them() -> None:
    striped = Table((TableColumn("A"),), tuple((Cell(str(n)),) for n in range(4)))
    grounds = {
        is_striped: [strip.boxes[0].ground for strip in data_table(block, "", "en")][1:]
        for is_striped in (True, False)
        for block in [replace(striped, striped=is_striped)]
    }
    assert grounds[True][0] == grounds[True][2] == ""
    assert grounds[True][1] == grounds[True][3] != ""
    assert grounds[False] == [""] * 4


@pytest.mark.parametrize("filled", range(40, 60))
def test_no_row_and_no_fact_begins_a_page_alone(filled: int, tmp_path: Path) -> None:
    """Wherever a page ends, the last row has company, and few facts stay together."""
    rows = tuple((Cell(f"row {n}"),) for n in range(filled))
    pairs = tuple((f"name {n}", Cell(f"value {n}")) for n in range(4))
    blocks = (Table((TableColumn("A"),), rows), Facts(pairs))
    report = Report("Title", "Subtitle", "en", "Mark", "Foot", (Paragraph("x"), *blocks))
    pages = told_by("pdftotext", "-layout", written(report, tmp_path / "r.pdf"), "-").split("\f")
    (last,) = (page for page in pages if f"row {filled - 1}\n" in page)
    assert f"row {filled - 2}\n" in last
    assert sorted(page.count("value ") for page in pages if "value " in page) == [4]


def test_pages_wear_the_typefaces_and_colours_of_an_office(tmp_path: Path) -> None:
    dress = Dress(
        head=("Noto Sans Mono CJK SC", ""), body=("Noto Serif CJK JP", ""), accent="12AB56"
    )
    plain = written(long_report(3), tmp_path / "plain.pdf")
    office = written(long_report(3), tmp_path / "office.pdf", HouseStyle(dress=dress))
    again = written(long_report(3), tmp_path / "again.pdf")
    used = {path: told_by("pdffonts", path) for path in (plain, office)}
    assert "NotoSansMonoCJKsc" in used[office]
    assert "NotoSerifCJKjp" in used[office]
    assert not re.search("NotoSansMono|NotoSerifCJKjp", used[plain])
    pages = {path: pypdf.PdfReader(path).pages[0].get_contents().get_data() for path in used}
    green = rb"0\.0705\d* 0\.670\d* 0\.337\d* "
    assert re.search(green, pages[office])
    assert not re.search(green, pages[plain])
    assert plain.read_bytes() == again.read_bytes(), "nobody wears it afterwards"


def test_stopping_leaves_what_was_there(tmp_path: Path) -> None:
    class Stopped(NoProgress):
        def is_cancelled(self) -> bool:
            return True

    path = tmp_path / "report.pdf"
    path.write_bytes(b"before")
    with pytest.raises(Cancelled):
        write_pdf(path, long_report(), BUILT_IN, print_report, Stopped())
    assert path.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


def test_every_paper_can_be_printed(language: str) -> None:
    told = build_assessment().in_language(language)
    for kind in PaperKind:
        made = compose(kind, told, language, {}, released_by="Li")
        content = completed(print_report(made, BUILT_IN, NoProgress()), made)
        reader = pypdf.PdfReader(io.BytesIO(content))
        assert re.sub(r"\s", "", made.title) in re.sub(r"\s", "", reader.pages[0].extract_text())
        assert not reader.attachments


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """A folder with the results of the sample city and its report in all formats."""
    folder = tmp_path_factory.mktemp("city")
    given = ["--sites", sample("sites.gpkg"), "--catalogue", sample("onemap.yaml")]
    options = ["--as-of", "2026-11-23", "--out", folder / "results.gpkg", "--language", "zh"]
    assert run_cli(["check", *map(str, [*given, *options])]) == 1  # some sites cannot be checked
    edition = Edition("zh", list(ReportFormat), printer=print_report)
    write_reports(
        folder / "report", read_assessment(folder / "results.gpkg"), edition, NoProgress()
    )
    return folder


def numbers_of_pages(path: Path) -> list[str]:
    """The measured numbers of a PDF in their order, as another program reads them.

    Those of the contents and of the running lines are left out: the page for the browser has none.
    """
    pages = told_by("pdftotext", "-raw", path, "-").split("\f")
    first = next(n for n, page in enumerate(pages) if re.match(r"目\s*录", page))
    last = next(n for n, page in enumerate(pages) if re.match(r"2\s*数据来源与版本\n", page))
    del pages[first:last]
    lines = [line for page in pages for line in page.splitlines()]
    text = "\n".join(line for line in lines if "Eco One Map" not in line)
    return DECIMAL.findall(text)


def numbers_of_word(path: Path) -> list[str]:
    body = docx.Document(str(path)).element.body
    for contents in body.findall(qn("w:sdt")):
        body.remove(contents)
    paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [number for text in paragraphs for number in DECIMAL.findall(text)]


def numbers_of_page(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"<style>.*?</style>|<footer>.*?</footer>|<title>.*?</title>|<nav.*?</nav>",
        "",
        text,
        flags=re.S,
    )
    return DECIMAL.findall(unescape(re.sub(r"<[^>]*>", " ", text)))


@pytest.mark.slow
def test_every_number_of_the_city_is_the_same_in_all_files(city: Path) -> None:
    page = numbers_of_page(city / "report.html")
    assert len(page) > 8000
    assert numbers_of_word(city / "report.docx") == page
    assert numbers_of_pages(city / "report.pdf") == page
    shown = Counter(page)
    with sqlite3.connect(city / "results.gpkg") as database:
        areas = database.execute("SELECT area_ellipsoid_m2 FROM site_verdict").fetchall()
        layers = database.execute(
            "SELECT overlap_area_m2 FROM site_layer WHERE overlap_area_m2 > 0"
        ).fetchall()
        targets = database.execute(
            "SELECT distance_m FROM site_target WHERE distance_m < 10000"
        ).fetchall()
    book = openpyxl.load_workbook(city / "report.xlsx", read_only=True)
    cells = Counter(
        rounded(value)
        for sheet in book
        if sheet.title != "_eco_onemap"
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, float)
    )
    compared = 0
    for value in (value for (value,) in (*areas, *layers, *targets[:200]) if value):
        number = rounded(value)
        assert shown[number.lstrip("<")] > 0, number
        assert cells[number] > 0, number
        compared += 1
    assert compared > 400


def rounded(value: float) -> str:
    """A number as a person rounds it: to 2 decimals, half up."""
    exact = Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return "<0.01" if value > 0 and exact == 0 else f"{exact:,}"


@pytest.mark.slow
def test_the_city_in_pages_verifies_itself(city: Path, capsys) -> None:
    assert run_cli(["verify", str(city / "report.pdf"), "--language", "en"]) == 0
    assert "Its text is as it was made." in capsys.readouterr().out
