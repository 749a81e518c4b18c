# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports that verify themselves: as they were made, edited, forged, and on changed data."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import fiona
import openpyxl
import pytest

from eco_onemap.paths import resource, sample

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-23")
FORMATS = ("docx", "xlsx", "html")
SOME = (
    *("P01", "P03", "P05", "P06", "P10", "P20", "P27", "P43", "P46", "P49", "P50", "P54", "P55"),
    *("P57", "P60", "P61", "P62", "P63", "P65", "P70", "P71", "L02", "L03", "T01", "T06"),
)
"""Sites with all verdicts and kinds of geometry, without one, named alone, in part outside: a
report on them has every kind of table and row; that on the whole city takes thrice as long."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def check(kept) -> tuple[object, ...]:
    """The command that checks some sites of the sample city."""
    some, found = kept / "sites.gpkg", set()
    for name in fiona.listlayers(sample("sites.gpkg")):
        with fiona.open(sample("sites.gpkg"), layer=name) as source:
            features = [f for f in source if f["properties"]["site_id"] in SOME]
            settings = {"driver": "GPKG", "crs": source.crs, "schema": source.schema}
        with fiona.open(some, "w", layer=name, **settings) as target:
            target.writerecords(features)
        found |= {feature["properties"]["site_id"] for feature in features}
    assert found == set(SOME)
    return ("check", "--sites", some, *AS_OF)


@pytest.fixture
def reports(run, kept, check) -> Path:
    """The folder of reports on the sites, checked once."""
    if not (kept / "report").exists():
        out = ("--out", kept / "results.gpkg", "--report", kept / "report")
        done = run(*check, "--catalogue", sample("onemap.yaml"), *out)
        assert done.returncode == 1, done.stderr
    return kept / "report"


@pytest.fixture
def changed_city(tmp_path) -> Path:
    """The sample city without one stretch of the red line, in another version."""
    city = tmp_path / "city"
    shutil.copytree(sample(), city)
    with fiona.open(city / "redline.gpkg") as source:
        settings = {"driver": "GPKG", "crs": source.crs, "schema": source.schema}
        features = [f for f in source if "鹤岭" not in str(dict(f["properties"]))]
        assert 0 < len(features) < len(source)
        layer = source.name
    (city / "redline.gpkg").unlink()
    with fiona.open(city / "redline.gpkg", "w", layer=layer, **settings) as target:
        target.writerecords(features)
    catalogue = city / "onemap.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("2024 动态更新", "2026 动态更新", 1), encoding="utf-8")
    return catalogue


@pytest.mark.parametrize("ending", FORMATS)
def test_a_report_holds_with_the_data_that_it_was_made_of(run, reports, ending) -> None:
    done = run("verify", reports / f"report.{ending}", "--catalogue", sample("onemap.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr
    number, text, data = done.stdout.splitlines()
    told = re.search(r"Report ([0-9A-F]{5}-){3}[0-9A-F]{5}, .* 2026-11-23, sites: (\d+)", number)
    assert told and told[2] == str(len(SOME))
    assert text == "Its text is as it was made."
    assert data == "The present data give the same result."


def test_all_formats_bear_the_same_number(run, reports) -> None:
    told = {run("verify", reports / f"report.{e}").stdout.splitlines()[0] for e in FORMATS}
    (line,) = told
    number = line.split()[1].rstrip(",")
    document = docx.Document(str(reports / "report.docx"))
    assert number in document.sections[0].footer.paragraphs[0].text
    assert number in (reports / "report.html").read_text(encoding="utf-8")


def edit_docx(path: Path, number: str, other: str) -> None:
    document = docx.Document(str(path))
    runs = (
        r
        for t in document.tables
        for row in t.rows
        for c in row.cells
        for p in c.paragraphs
        for r in p.runs
    )
    found = next(r for r in runs if number in r.text)
    found.text = found.text.replace(number, other)
    document.save(str(path))


def edit_xlsx(path: Path, number: str, other: str) -> None:
    book = openpyxl.load_workbook(path)
    cells = (c for sheet in book for row in sheet.iter_rows() for c in row)
    found = next(c for c in cells if number in str(c.value))
    found.value = found.value.replace(number, other)
    book.save(path)


def edit_html(path: Path, number: str, other: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(number, other, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("ending", "edit"), [("docx", edit_docx), ("xlsx", edit_xlsx), ("html", edit_html)]
)
def test_an_edited_number_is_found(start, reports, tmp_path, ending, edit) -> None:
    copy = tmp_path / f"edited.{ending}"
    shutil.copyfile(reports / f"report.{ending}", copy)
    edit(copy, "8,035.42", "8,035.43")
    done = start("verify", copy)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[1] == "Its text was changed after it was made (1):"
    assert "8,035.43" in lines[2].split("stands where")[0]
    assert "8,035.42" in lines[2].split("stands where")[1]
    assert "Conclusion" in lines[2]


def test_notes_and_judgements_are_no_changes(run, reports, tmp_path) -> None:
    copy = tmp_path / "filled in.docx"
    document = docx.Document(str(reports / "report.docx"))
    filled = 0
    for table in document.tables:
        title = table.rows[0].cells[-1].text
        if title in ("Notes", "Judgement") and filled < 40:
            table.rows[1].cells[-1].text = f"Asked on day {filled}.\nAnswer: 12.5 m"
            filled += 1
    assert filled == 40
    document.add_paragraph("Signed 2026-12-01")
    document.save(str(copy))
    done = run("verify", copy)
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "Its text is as it was made.")
    assert "Notes and judgements were filled in, which is what their columns are for (40):" in (
        done.stdout
    )
    assert "by hand, for which the program does not vouch (1):" in done.stdout


def test_rows_that_are_gone_or_swapped_are_found(run, reports, tmp_path) -> None:
    copy = tmp_path / "cut.docx"
    document = docx.Document(str(reports / "report.docx"))
    conclusions = next(t for t in document.tables if t.rows[0].cells[0].text == "No.")
    row = conclusions.rows[5]._tr
    row.getparent().remove(row)
    first, second = conclusions.rows[8]._tr, conclusions.rows[9]._tr
    first.addprevious(second)
    document.save(str(copy))
    done = run("verify", copy)
    assert done.returncode == 1
    assert "is gone" in done.stdout
    assert "P20" in done.stdout  # the fifth site of the list


def test_changed_data_are_named_as_the_cause(run, reports, changed_city) -> None:
    done = run("verify", reports / "report.docx", "--catalogue", changed_city)
    assert done.returncode == 1
    told = done.stdout
    assert "Its text is as it was made." in told
    assert "The present data give another result:" in told
    assert "other content (version 2024 动态更新 → 2026 动态更新)" in told
    assert re.search(r"site P20: prohibited → ", told)  # a quarry in that stretch
    causes = told.split("What changed since:")[1].strip().splitlines()
    assert len(causes) == 1


def test_a_changed_rule_pack_is_named_with_its_rules(run, reports, tmp_path) -> None:
    pack = tmp_path / "cn-national.yaml"
    text = resource("rules", "cn-national.yaml").read_text(encoding="utf-8")
    title = "Inside a first-level drinking-water protection zone"
    assert text.count(title) == 1
    pack.write_text(text.replace(title, f"{title}, renamed"), encoding="utf-8")
    given = ("--catalogue", sample("onemap.yaml"), "--rules", pack)
    done = run("verify", reports / "report.xlsx", *given)
    assert done.returncode == 1, done.stderr
    assert re.search(r"rule pack cn-national: .* rules changed: W1$", done.stdout, re.MULTILINE)


def swapped(source: Path, other: Path, target: Path) -> None:
    """Write *source* with the data of *other*."""
    name = "customXml/item9.xml"
    with (
        zipfile.ZipFile(source) as one,
        zipfile.ZipFile(other) as two,
        zipfile.ZipFile(target, "w") as made,
    ):
        for member in one.namelist():
            made.writestr(member, (two if member == name else one).read(member))


def test_a_report_put_together_of_two_is_found(run, reports, check, changed_city, tmp_path) -> None:
    out = ("--out", tmp_path / "other.gpkg", "--report", tmp_path / "other")
    run(*check, "--catalogue", changed_city, *out, "--report-formats", "docx")
    swapped(reports / "report.docx", tmp_path / "other" / "report.docx", tmp_path / "forged.docx")
    done = run("verify", tmp_path / "forged.docx")
    assert done.returncode == 1
    assert "put together from two" in done.stdout


def test_what_cannot_be_verified_is_one_sentence(run, reports, tmp_path) -> None:
    docx.Document().save(str(tmp_path / "plain.docx"))
    (tmp_path / "text.docx").write_text("no zip", encoding="utf-8")
    (tmp_path / "map.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "report.odt").write_bytes(b"")
    with zipfile.ZipFile(reports / "report.docx") as archive:
        text = archive.read("customXml/item9.xml").decode()
        with zipfile.ZipFile(tmp_path / "damaged.docx", "w") as made:
            for member in archive.namelist():
                is_inside = member == "customXml/item9.xml"
                cut = text[:2000] + text[3000:]
                made.writestr(member, cut if is_inside else archive.read(member))
    told = {
        "plain.docx": "nothing to verify it by",
        "text.docx": "cannot be read",
        "map.pdf": "cannot be read",
        "report.odt": ".docx, .xlsx, .html or .pdf",
        "none.docx": "cannot be read",
        "damaged.docx": "damaged",
    }
    for name, words in told.items():
        done = run("verify", tmp_path / name)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert words in done.stderr
        assert name in done.stderr


def test_reports_name_no_folder_of_this_computer(reports) -> None:
    from eco_onemap.core.results.dossier import unpack_dossier  # noqa: PLC0415
    from eco_onemap.readers.sealed_files import read_sealed  # noqa: PLC0415

    for ending in FORMATS:
        held = read_sealed(reports / f"report.{ending}")
        again = unpack_dossier(held.contents[0], "")
        assert str(sample()) not in repr(again)
        assert not [line for line in held.lines if str(sample()) in line.text]


def test_a_document_that_libreoffice_saved_is_verified(run, reports, tmp_path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for ending in ("docx", "xlsx"):
        file = reports / f"report.{ending}"
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", tmp_path]
        subprocess.run([*command, file], check=True, capture_output=True)
        done = run("verify", tmp_path / file.name)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_other_papers_verify_themselves_and_the_public_one_does_not(run, reports, tmp_path) -> None:
    papers = ("--papers", "departments,comparison,sources,public")
    command = ("report", reports.parent / "results.gpkg", "--out", tmp_path / "papers", *papers)
    done = run(*command)
    assert done.returncode == 2, "nobody went through the checklist"
    assert "--released-by" in done.stderr.splitlines()[-1]
    assert done.stderr.count("□") == 5
    assert not list((tmp_path / "papers").glob("public.*"))
    done = run(*command, "--released-by", "Li Hua")
    assert (done.returncode, done.stderr.count("□")) == (0, 0), done.stderr
    assert len(done.stdout.splitlines()) == 12
    for name in ("departments.docx", "comparison.xlsx", "sources.html"):
        told = run("verify", tmp_path / "papers" / name)
        assert (told.returncode, told.stderr) == (0, ""), told.stdout
    told = run("verify", tmp_path / "papers" / "public.docx")
    assert (told.returncode, "nothing to verify it by" in told.stderr) == (2, True)


@pytest.fixture
def printed(run, reports) -> Path:
    """The report as LibreOffice lays it out, printed once."""
    path = reports.parent / "printed" / "report.pdf"
    if not path.exists():
        given = (reports.parent / "results.gpkg", "--out", path.parent)
        done = run("report", *given, "--report-formats", "pdf")
        assert (done.returncode, done.stdout.strip()) == (0, str(path)), done.stderr
    return path


def test_pages_of_libreoffice_hold_with_their_data(run, reports, printed) -> None:
    done = run("verify", printed, "--catalogue", sample("onemap.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr
    number, text, data = done.stdout.splitlines()
    assert number == run("verify", reports / "report.html").stdout.splitlines()[0]
    assert text == "Its text is as it was made."
    assert data == "The present data give the same result."


def test_libreoffice_loses_no_rows_in_chinese(run, tmp_path) -> None:
    """Two tables of these pages begin near the end of one; LibreOffice lost their other rows."""
    out = ("--out", tmp_path / "results.gpkg")
    whole = ("check", "--sites", sample("sites.gpkg"), *AS_OF)
    run(*whole, "--catalogue", sample("onemap.yaml"), *out, language="zh")
    given = (tmp_path / "results.gpkg", "--out", tmp_path, "--report-formats", "pdf")
    done = run("report", *given, language="zh")
    assert done.returncode == 0, done.stderr
    told = run("verify", tmp_path / "report.pdf", language="zh").stdout.splitlines()
    assert told[1] == "报告文字与生成时一致。", told


def test_without_libreoffice_the_pdf_is_left_and_the_rest_goes_on(
    run, reports, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    given = (reports.parent / "results.gpkg", "--out", tmp_path / "out")
    done = run("report", *given, "--report-formats", "pdf,html")
    assert done.returncode == 0, done.stderr
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["report.html"]
    (line,) = [line for line in done.stderr.splitlines() if "LibreOffice" in line]
    assert "report.pdf cannot be written" in line
    done = run("report", *given, "--report-formats", "pdf")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
