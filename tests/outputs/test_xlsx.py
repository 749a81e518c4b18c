# SPDX-License-Identifier: GPL-2.0-or-later
"""The workbook as openpyxl and LibreOffice read it again."""

from __future__ import annotations

import csv
import io
import math
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from eco_onemap.core import schema
from eco_onemap.core.errors import MissingPackageError, OutputError
from eco_onemap.core.messages import LANGUAGES, sentences
from eco_onemap.core.progress import NoProgress
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.table import Column, ColumnType, ResultTable
from eco_onemap.outputs.report import Cell, Report, Table, TableColumn, compose_batch_report
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.outputs.workbook.number_formats import number_format, signed_format
from eco_onemap.outputs.workbook.table_sheets import TableSheets
from eco_onemap.outputs.workbook.titles import column_title, sheet_name, table_title
from eco_onemap.outputs.xlsx import render_xlsx, write_xlsx

from .builders import build_assessment, table

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x";"y")']


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def assessment(language: str) -> Assessment:
    return build_assessment().in_language(language)


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture
def book(assessment: Assessment, language: str) -> openpyxl.Workbook:
    report = compose_batch_report(assessment, language, {})
    return read(render_xlsx(report, assessment.tables))


def small(*rows: str) -> Report:
    cells = tuple((Cell(text),) for text in rows)
    return Report("T", "S", "en", "", "F", (Table((TableColumn("A"),), cells, caption="B"),))


def test_conclusion_stands_before_the_tables(book, assessment, language) -> None:
    words = {"zh": ["概要", "结论"], "en": ["Summary", "Conclusion"]}[language]
    tables = [table_title(Wording(language), t.name) for t in assessment.tables]
    assert book.sheetnames == words + tables
    report = compose_batch_report(assessment, language, {})
    expected = [row for b in report.first_page if isinstance(b, Table) for row in b.rows]
    shown = list(book[words[1]].iter_rows(min_row=2, values_only=True))
    assert len(shown) == len(expected) == 5
    for row, cells in zip(shown, expected, strict=True):
        assert all(cell.text in str(text) for text, cell in zip(row, cells, strict=False))
        assert row[len(cells) :] == (None,)  # for notes
    summary = "\n".join(str(c) for row in book[words[0]].values for c in row if c)
    assert {"zh": "没有核查", "en": "Not checked here"}[language] in summary


def test_every_number_is_the_one_in_the_tables(book, assessment, language) -> None:
    compared = 0
    for result in assessment.tables:
        sheet = book[table_title(Wording(language), result.name)]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert len(rows) == len(result)
        for place, column in enumerate(result.columns):
            if column.type is ColumnType.TEXT:
                continue
            for shown, value in zip([row[place] for row in rows], result[column.name], strict=True):
                lacks = math.isnan(value) or (column.type is ColumnType.INTEGER and value < 0)
                assert shown is None if lacks else shown == value
                compared += shown is not None
    assert compared > 300


def test_texts_are_the_ones_in_the_tables(book, assessment, language) -> None:
    sheet = book[table_title(Wording(language), "finding")]
    names = [c.value.split("\n")[-1] for c in sheet[1]]
    for place, name in enumerate(names):
        if name == "verdict":
            continue
        shown = [row[place] or "" for row in sheet.iter_rows(min_row=2, values_only=True)]
        expected = assessment.finding[name].tolist()
        words = {"kind": [Wording(language).word("kind", value) for value in expected]}
        if expected and isinstance(expected[0], str):
            assert shown == words.get(name, expected)


def test_headings_name_units_and_stay_in_view(book, assessment, language) -> None:
    units = {"m2": "m²", "m": "m", "pct": "%", "deg": "°"}
    for result in assessment.tables:
        sheet = book[table_title(Wording(language), result.name)]
        tells_sites = result.columns[0].name == "site_id"
        assert sheet.freeze_panes == ("B2" if tells_sites else "A2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        for cell, column in zip(sheet[1], result.columns, strict=True):
            words, name = cell.value.split("\n")
            assert name == column.name
            for part in set(column.name.split("_")) & set(units):
                assert units[part] in words
        widths = [d.width for d in sheet.column_dimensions.values()]
        assert all(9 <= width <= 48 for width in widths)
        assert len(widths) == len(result.columns)


def test_every_column_and_table_has_words_in_both_languages() -> None:
    columns = [*schema.SITE_VERDICT, *schema.HIT, *schema.FINDING, *schema.RASTER_CLASS]
    columns += [*schema.site_layer_columns([500.0]), *schema.NOT_EVALUATED, *schema.RUN]
    for language in LANGUAGES:
        say = Wording(language)
        assert [c.name for c in columns if "\n" not in column_title(say, c)] == []
        assert table_title(say, "hit") != "hit"
    english, chinese = sentences("en"), sentences("zh")
    groups = ("report.title_of.", "report.table_of.")
    assert {k for k in english if k.startswith(groups)} == {
        k for k in chinese if k.startswith(groups)
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula(text: str) -> None:
    columns = (Column("feature_name", ColumnType.TEXT),)
    hostile = table("hit", columns, [{"feature_name": text}])
    book = read(render_xlsx(replace(small(text), title=text), (hostile,)))
    held = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in held} == {"s"}
    found = [cell for cell in held if str(cell.value).strip() == text.strip()]
    assert len(found) == 3  # the title, the table of the report, the table of results
    assert all(cell.quotePrefix for cell in found)


def test_formulas_are_not_in_the_file_either(tmp_path: Path) -> None:
    columns = (Column("feature_name", ColumnType.TEXT),)
    hostile = table("hit", columns, [{"feature_name": text} for text in HOSTILE])
    write_xlsx(tmp_path / "a.xlsx", small(*HOSTILE), (hostile,))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        assert len(sheets) == 3
        assert not [name for name in sheets if re.search(rb"<f[ >]", archive.read(name))]


def test_takes_any_text_and_cuts_what_no_cell_holds() -> None:
    columns = (Column("explanation", ColumnType.TEXT),)
    rows = [{"explanation": "a\x00\ud800b"}, {"explanation": "x" * 40_000}]
    book = read(render_xlsx(small("A"), (table("finding", columns, rows),)))
    first, second = [row[0] for row in book["Findings"].iter_rows(min_row=2, values_only=True)]
    assert first == "a\ufffd\ufffdb"
    assert second == "x" * 32_766 + "…"


def test_a_long_table_goes_on_in_a_further_sheet() -> None:
    columns = (Column("hits", ColumnType.INTEGER),)
    long = table("hit", columns, [{"hits": number} for number in range(7)])
    book = openpyxl.Workbook(write_only=True)
    TableSheets(book, Wording("en"), set(), NoProgress()).add(long, most_rows=4)
    content = io.BytesIO()
    book.save(content)
    again = read(content.getvalue())
    assert again.sheetnames == ["Hits", "Hits (2)", "Hits (3)"]
    shown = [[row[0] for row in s.iter_rows(min_row=2, values_only=True)] for s in again]
    assert shown == [[0, 1, 2], [3, 4, 5], [6]]
    assert [s.auto_filter.ref for s in again] == ["A1:A4", "A1:A4", "A1:A2"]


def test_names_of_sheets_are_what_excel_takes() -> None:
    taken: set[str] = set()
    names = [sheet_name("a/b:c*d?[e]" + "长" * 40, taken) for _ in range(12)]
    assert len({name.lower() for name in names}) == 12
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert sheet_name("'", taken) == "-"


def test_same_input_gives_the_same_bytes(assessment, language) -> None:
    report = compose_batch_report(assessment, language, {})
    content = render_xlsx(report, assessment.tables)
    assert render_xlsx(report, assessment.tables) == content


def test_says_what_is_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="folder"):
        write_xlsx(tmp_path / "nowhere" / "a.xlsx", small("A"))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingPackageError, match="pip install openpyxl"):
        write_xlsx(tmp_path / "a.xlsx", small("A"))
    assert list(tmp_path.iterdir()) == []


SHOWN = {  # what a person sees, by the report's rounding: half up, no 0 that is not one
    "overlap_area_m2": [(1234567.625, "1,234,567.63"), (0.0, "0.00"), (0.0004, "<0.01")],
    "overlap_pct": [(100.0, "100.00"), (3.4e-5, "<0.01"), (12.345, "12.35")],
    "nearest_bearing_deg": [(312.44, "312.4"), (0.01, "<0.1"), (0.0, "0.0")],
    "headroom_m": [(-12.5, "-12.50"), (0.005, "0.01"), (0.00499, "<0.01")],
    "unmapped_share": [(0.375, "0.3750"), (0.00001, "<0.0001"), (1.0, "1.0000")],
}


@pytest.mark.slow
def test_libreoffice_shows_numbers_as_the_report_does(tmp_path: Path) -> None:
    columns = tuple(Column(name, ColumnType.REAL) for name in SHOWN)
    values = [{n: SHOWN[n][row][0] for n in SHOWN} for row in range(3)]
    write_xlsx(tmp_path / "a.xlsx", small("A"), (table("hit", columns, values),))
    shown = as_shown(tmp_path / "a.xlsx", sheet=3)
    assert shown[1:] == [[SHOWN[n][row][1] for n in SHOWN] for row in range(3)]


def as_shown(path: Path, sheet: int) -> list[list[str]]:
    """What LibreOffice shows in a sheet, by its export of cells as they look."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    form = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true,false,false,{sheet}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        path.parent,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = path.parent.glob("*.csv")
    return list(csv.reader(made.read_text(encoding="utf-8").splitlines()))


def test_formats_of_counts_and_of_numbers_without_unit() -> None:
    assert number_format(Column("hits", ColumnType.INTEGER)) == "#,##0"
    assert number_format(Column("measured", ColumnType.REAL)) == "General"
    assert signed_format(Column("overlap_pct", ColumnType.REAL)) == "#,##0.00"


def test_tables_of_results_in_a_file_will_do(tmp_path: Path, assessment, language) -> None:
    class Stored:
        name, columns = assessment.hit.name, assessment.hit.columns

        def blocks(self, size: int):
            for start in range(0, len(assessment.hit), 2):
                rows = slice(start, start + 2)
                values = {n: assessment.hit[n][rows] for n in assessment.hit.values}
                yield ResultTable(self.name, self.columns, values)

    whole = render_xlsx(small("A"), (assessment.hit,))
    rows = [list(read(c)["Hits"].values)[1:] for c in (whole, render_xlsx(small("A"), (Stored(),)))]
    assert rows[0] == rows[1]
