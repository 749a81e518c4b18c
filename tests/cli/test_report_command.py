# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports of the sample city: the same numbers in every file, and the same files made again."""

from __future__ import annotations

import functools
import math
import re
import shutil
import sqlite3
from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.results.inputs import INPUT_TABLE
from eco_onemap.paths import sample
from eco_onemap.readers.result_blocks import open_results
from eco_onemap.readers.result_columns import TABLES, refuse_older
from eco_onemap.readers.stored_assessment import read_assessment

pytestmark = pytest.mark.slow

CHECK = ("check", "--sites", sample("sites.gpkg"), "--catalogue", sample("onemap.yaml"))
NUMBER = re.compile(r"[<>]?-?\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def folder(language, tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp(f"reports-{language}")


@pytest.fixture
def written(run, folder, language) -> Path:
    """The folder with results.gpkg and reports of the sample city, checked once."""
    if not (folder / "results.gpkg").exists():
        out = ("--as-of", "2026-11-23", "--out", folder / "results.gpkg")
        done = run(*CHECK, *out, "--report", folder / "report", language=language)
        assert done.returncode == 1, done.stderr
    return folder


class Tables(HTMLParser):
    """The tables of a page as rows of cells of text, each with its notes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.open = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.open = True
        if tag in ("small", "span") and self.open:
            self.tables[-1][-1][-1] += "\n"

    def handle_endtag(self, tag):
        self.open &= tag not in ("td", "th")

    def handle_data(self, data):
        if self.open:
            self.tables[-1][-1][-1] += data


@functools.cache
def word_rows(path: Path) -> list[list[str]]:
    rows = docx.Document(str(path)).element.body.iter(qn("w:tr"))
    return [
        [
            "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in c.iter(qn("w:p")))
            for c in row.iter(qn("w:tc"))
        ]
        for row in rows
    ]


def numbers_in(texts: list[str]) -> list[str]:
    return [number for text in texts for number in NUMBER.findall(text)]


def rounded(value: float) -> str:
    """A number of the GeoPackage as a person rounds it: to 2 decimals, half up."""
    exact = Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return "<0.01" if value > 0 and exact == 0 else f"{exact:,}"


def stored(path: Path, query: str) -> list[sqlite3.Row]:
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        return database.execute(query).fetchall()


def test_word_and_html_have_the_same_numbers_in_the_same_order(written) -> None:
    page = Tables((written / "report" / "report.html").read_text(encoding="utf-8"))
    told = numbers_in([cell for table in page.tables for row in table for cell in row])
    rows = word_rows(written / "report" / "report.docx")
    boxes = {"●", "◆", "▲", "□", "○"}
    inside = [row for row in rows if not (len(row) in (1, 5) and row[0][:1] in boxes)]
    tally = rows[2]  # a row of five numbers, which the page shows beside the tables
    inside.remove(tally)
    assert len(told) > 10_000
    assert numbers_in([cell for row in inside for cell in row]) == told


def test_word_has_the_numbers_of_the_geopackage(written) -> None:
    """Overlaps, shares and distances by site and layer, found by the titles of both."""
    titles = {
        entry.id: entry.title
        for entry in read_assessment(written / "results.gpkg").catalogue.layers
    }
    rows = iter(word_rows(written / "report" / "report.docx"))
    shown: list[list[str]] = [row for row in rows if len(row) == 6 or len(row) == 5]
    lines = {row[0].split("\n")[0] + "|" + "|".join(row[1:]) for row in shown}
    compared = 0
    for row in stored(written / "results.gpkg", "SELECT * FROM site_layer"):
        title = titles[row["layer_id"]]
        wanted = []
        if row["status"] == "hit" and row["overlap_area_m2"]:
            wanted = [f"{rounded(row['overlap_area_m2'])}\u00a0m²"]
        elif row["status"] == "no_hit" and row["nearest_m"] and row["nearest_m"] < 10_000:
            wanted = [f"{rounded(row['nearest_m'])}\u00a0m"]
        for number in wanted:
            assert any(line.startswith(f"{title}|") and number in line for line in lines), number
            compared += 1
    assert compared > 600


def test_workbook_has_the_numbers_of_the_geopackage(written) -> None:
    book = openpyxl.load_workbook(written / "report" / "report.xlsx")
    sheets = {  # by the machine names in the second line of the headings
        tuple(str(c).split("\n")[-1] for c in next(sheet.values)): sheet for sheet in book
    }
    names = [
        row["table_name"]
        for row in stored(written / "results.gpkg", "SELECT table_name FROM gpkg_contents")
    ]
    compared = 0
    for name in set(names) - {"input"}:
        rows = stored(written / "results.gpkg", f'SELECT * FROM "{name}" ORDER BY fid')
        columns = tuple(c for c in rows[0].keys() if c not in ("fid", "geom"))  # noqa: SIM118
        shown = list(sheets[columns].values)[1:]
        assert len(shown) == len(rows)
        for found, row in zip(shown, rows, strict=True):
            for value, column in zip(found, columns, strict=True):
                if isinstance(row[column], int | float):
                    assert value == row[column], (name, column)
                    compared += 1
                elif row[column] is None:
                    assert value is None
    assert compared > 20_000


def test_no_zero_stands_for_what_is_not_zero(written) -> None:
    """A tiny overlap is told as less than the last digit, wherever it stands."""
    small = "overlap_pct_feature > 0 AND overlap_pct_feature < 0.005"
    query = f"SELECT count(*) AS n FROM hit WHERE {small}"
    (tiny,) = stored(written / "results.gpkg", query)
    assert tiny["n"] > 0
    cells = [c for row in word_rows(written / "report" / "report.docx") for c in row]
    assert len([cell for cell in cells if cell.startswith("<0.01%")]) >= tiny["n"]


def test_shares_of_verdicts_add_up(written) -> None:
    tally = word_rows(written / "report" / "report.docx")[2]
    shares = [Decimal(re.findall(r"([\d.]+)%", cell)[0]) for cell in tally]
    counts = [int(re.match(r"\d+", cell)[0]) for cell in tally]
    assert sum(shares) == 100
    assert sum(counts) == 71


def test_reports_made_again_are_the_same_files(run, written, tmp_path, language) -> None:
    other = {"en": "zh", "zh": "en"}[language]  # the results' own language counts
    done = run("report", written / "results.gpkg", "--out", tmp_path / "again", language=other)
    assert done.returncode == 0, done.stderr
    made = [Path(line) for line in done.stdout.splitlines()]
    assert [path.name for path in made] == ["report.html", "report.docx", "report.xlsx"]
    for path in made:
        assert path.read_bytes() == (written / "report" / path.name).read_bytes(), path.name


def test_results_are_the_same_with_and_without_a_report(run, written, tmp_path, language) -> None:
    out = ("--as-of", "2026-11-23", "--out", tmp_path / "plain.gpkg")
    assert run(*CHECK, *out, language=language).returncode == 1
    assert (tmp_path / "plain.gpkg").read_bytes() == (written / "results.gpkg").read_bytes()


def test_formats_can_be_chosen(run, start, written, tmp_path) -> None:
    again = ("report", written / "results.gpkg", "--out", tmp_path / "some")
    done = start(*again, "--report-formats", "xlsx, HTML")
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "some").iterdir()) == ["report.html", "report.xlsx"]
    done = run(*again, "--report-formats", "odt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "odt" in done.stderr
    assert "html, docx, xlsx" in done.stderr


def cells_of(path: Path) -> str:
    """The text of all cells of a document, one cell a line."""
    tables = docx.Document(str(path)).tables
    return "\n".join(cell.text for t in tables for row in t.rows for cell in row.cells)


def told_otherwise(written: Path, out: Path, language: str, catalogue: str | Path) -> tuple:
    asked = ("--report-language", language, "--catalogue", catalogue, "--report-formats", "docx")
    return ("report", written / "results.gpkg", "--out", out, *asked)


def test_reports_in_the_other_language_have_the_same_numbers(
    run, start, written, tmp_path, language
) -> None:
    other = {"en": "zh", "zh": "en"}[language]
    done = start(*told_otherwise(written, tmp_path, other, sample("onemap.yaml")))
    assert done.returncode == 0, done.stderr
    own, told = (cells_of(f / "report.docx") for f in (written / "report", tmp_path))
    words = {"en": "Legal basis", "zh": "法律依据"}
    assert words[other] in told.splitlines()
    assert words[other] not in own.splitlines()
    numbers = [sorted(re.findall(r"\d[\d,]*\.\d+", text)) for text in (own, told)]
    assert len(numbers[0]) > 1000
    assert numbers[0] == numbers[1]


def test_the_other_language_needs_the_catalogue(run, written, tmp_path, language) -> None:
    other = {"en": "zh", "zh": "en"}[language]
    asked = ("--report-language", other, "--report-formats", "docx")
    done = run("report", written / "results.gpkg", "--out", tmp_path, *asked)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "--catalogue onemap.yaml" in done.stderr
    assert not list(tmp_path.iterdir())


def test_changed_layers_are_no_source_of_words(start, written, tmp_path, language) -> None:
    other = {"en": "zh", "zh": "en"}[language]
    city = tmp_path / "city"
    shutil.copytree(sample(), city)
    text = (city / "onemap.yaml").read_text(encoding="utf-8")
    shutil.copyfile(city / "wetlands.gpkg", city / "reserves.gpkg")
    assert "reserves.gpkg" in text
    done = start(*told_otherwise(written, tmp_path / "out", other, city / "onemap.yaml"))
    assert (done.returncode, done.stdout) == (2, "")
    cause = done.stderr.splitlines()[-1]
    assert "another result (layer" in cause
    assert not (tmp_path / "out" / "report.docx").exists()


def test_says_what_is_in_the_way(run, written, tmp_path) -> None:
    old = tmp_path / "old.gpkg"
    old.write_bytes((written / "results.gpkg").read_bytes())
    with sqlite3.connect(old) as database:
        database.execute("DELETE FROM gpkg_contents WHERE table_name = 'input'")
    (tmp_path / "text.gpkg").write_text("no database", encoding="utf-8")
    told = {"old.gpkg": "check again", "text.gpkg": "text.gpkg", "none.gpkg": "does not exist"}
    for name, words in told.items():
        done = run("report", tmp_path / name, "--out", tmp_path / "out")
        assert done.returncode == 2
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
    done = run("report", written / "results.gpkg", "--out", tmp_path / "a" / "b")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_results_of_an_older_version_are_refused_in_one_sentence(run, written, tmp_path) -> None:
    old = tmp_path / "old.gpkg"
    old.write_bytes((written / "results.gpkg").read_bytes())
    with sqlite3.connect(old) as database:
        database.execute("ALTER TABLE pass DROP COLUMN condition")
        database.execute("UPDATE run SET value = '0.0.9' WHERE key = 'eco_onemap.version'")
    for command in (("report", old, "--out", tmp_path / "out"), ("explain", old, "--site", "P01")):
        done = run(*command)
        assert done.returncode == 2, done.stderr
        (line,) = done.stderr.splitlines()
        for told in ("old.gpkg", "0.0.9", "pass", "condition", "check again"):
            assert told in line


def test_a_run_writes_the_tables_with_the_columns_that_are_registered(written) -> None:
    with open_results(written / "results.gpkg") as stored:
        there = {t.name: [c.name for c in t.columns] for t in stored if t.name != INPUT_TABLE}
    assert list(there) == list(TABLES)
    for name, columns in TABLES.items():
        told = [column.name for column in columns]
        assert [column for column in there[name] if column in told] == told
        assert there[name] == told or name == "site_layer"


@pytest.mark.parametrize("table", [name for name in TABLES if name != "run"])
def test_each_column_is_missed_where_it_lacks(table: str) -> None:
    columns = [column.name for column in TABLES[table]]
    for lost in columns:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE TABLE run (key, value)")
            kept = ", ".join(f'"{name}"' for name in columns if name != lost)
            database.execute(f'CREATE TABLE "{table}" ({kept})')
            with pytest.raises(ResultsError, match=f"lacks {lost},"):
                refuse_older(Path("a.gpkg"), database, [table])


def test_results_hold_no_folder_of_this_computer(written) -> None:
    content = (written / "results.gpkg").read_bytes()
    again = read_assessment(written / "results.gpkg")
    for held in (repr(again.catalogue), repr(again.sites), repr(again.packs), repr(again.options)):
        assert str(sample()) not in held
        assert "/home/" not in held
    assert str(sample()).encode() not in content


def test_assessment_comes_back_whole(written) -> None:
    again = read_assessment(written / "results.gpkg")
    assert len(again.sites) == 71
    assert len(again.sites.problems) == 2
    assert again.sites.fingerprint in {row["value"] for row in again.run.rows()}
    areas = again.site_verdict["area_ellipsoid_m2"]
    assert sum(not math.isnan(area) for area in areas) > 50
    assert again.hit.geometries is not None
    assert {g.geom_type for g in again.hit.geometries if g is not None} >= {"Polygon", "Point"}
