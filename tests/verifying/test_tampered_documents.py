# SPDX-License-Identifier: GPL-2.0-or-later
"""Word documents that somebody changed: what is found, and what a consultant may do."""

from __future__ import annotations

import base64
import copy as copying
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from lxml import etree

from eco_onemap.core.results.dossier import digest_of
from eco_onemap.readers.sealed_files import read_sealed
from eco_onemap.verifying.verification import Verification, verify_report
from tests.outputs.test_house_style import PIXEL
from tests.verifying.tampering import W, in_xml, rewrite, text_with, word

BODY, DATA = "word/document.xml", "customXml/item9.xml"
NUMBER, OTHER = "52,340.12", "12,340.12"


def told(found: Verification) -> str:
    return "\n".join(sentence.text("en") for sentence in found.sentences)


def edited(path: Path, old: str, new: str, part: str = BODY) -> Verification:
    def edit(root: etree._Element) -> None:
        text = text_with(root, old)
        text.text = text.text.replace(old, new)

    rewrite(path, {part: in_xml(edit)})
    return verify_report(path)


def test_an_untouched_document_is_the_same(copy) -> None:
    found = verify_report(copy("docx"))
    assert (found.is_same, len(found.sentences)) == (True, 3)
    assert told(found).splitlines()[1] == "Its text is as it was made."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NUMBER, OTHER),  # in the sentence of a finding
        ("1,122,617.63", "1,122,617.36"),  # in a table
        ("230.46", "23.046"),  # in a column of measures
        ("20.0%", "2.00%"),  # in the tally on page one
        ("Prohibited", "Restricted"),  # a verdict
        ("screening for early planning", "permit"),  # running text
        ("nearest first: distance", "farthest first: distance"),  # a caption
        ("Siting Check against", "Approval after"),  # the title
        ("Theme by theme", "Theme by chance"),  # a heading
    ],
)
def test_an_edited_text_is_told_with_what_it_was(copy, old: str, new: str) -> None:
    found = edited(copy("docx"), old, new)
    assert not found.is_intact
    lines = told(found).splitlines()
    assert lines[1] == "Its text was changed after it was made (1):"
    stands, was = lines[2].split("stands where")
    assert new in stands
    assert old in was


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footer1.xml"])
def test_an_edited_header_or_footer_is_found(copy, part: str) -> None:
    path = copy("docx")
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if re.match(part.replace("1", r"\d*"), n)]
    old = "Siting Check" if "header" in part else "as of 2026-11-23"
    found = edited(path, old, "Something else", names[0])
    assert "Its text was changed after it was made (1):" in told(found)
    assert "Something else" in told(found).splitlines()[2].split("stands where")[0]


def test_two_numbers_that_changed_places_are_two_changes(copy) -> None:
    path = copy("docx")

    def swap(root: etree._Element) -> None:
        one, two = (text_with(root, text) for text in ("230.46", "1,234.57"))
        one.text, two.text = two.text, one.text

    rewrite(path, {BODY: in_xml(swap)})
    assert "Its text was changed after it was made (2):" in told(verify_report(path))


def rows_of(document: docx.Document, title: str):
    return next(t for t in document.tables if t.rows[0].cells[0].text == title).rows


def test_a_row_that_was_taken_out_is_gone(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    row = rows_of(document, "No.")[2]._tr
    row.getparent().remove(row)
    document.save(str(path))
    assert re.search(
        r"\(1\):\n  1  ?Conclusion: \"2 \| .*S-02.*\" is gone", told(verify_report(path))
    )


def test_a_row_that_was_put_in_is_a_change(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    row = rows_of(document, "No.")[5]._tr
    again = copying.deepcopy(row)
    next(again.iter(f"{W}t")).text = "6"
    row.addnext(again)
    document.save(str(path))
    assert re.search(r"\(1\):\n.*\"6 \| .*\" was put in", told(verify_report(path)))


def test_rows_that_changed_places_are_found(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    rows = rows_of(document, "No.")
    rows[1]._tr.addprevious(rows[2]._tr)
    document.save(str(path))
    found = told(verify_report(path))
    assert "is gone" in found
    assert "was put in" in found


def test_a_paragraph_and_a_chapter_that_were_taken_out_are_told_each(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    lines = [p for p in document.paragraphs if "screening for early planning" in p.text]
    lines[0]._element.getparent().remove(lines[0]._element)
    body, taken, is_there = document.element.body, 0, False
    for block in list(body):
        text = "".join(t.text or "" for t in block.iter(f"{W}t"))
        if block.tag == f"{W}p" and re.match(r"3\.[23] ", text):
            is_there = text.startswith("3.2")
        if is_there:
            taken += bool(text)
            body.remove(block)
    assert taken > 15
    document.save(str(path))
    found = told(verify_report(path))
    assert "screening for early planning" in found
    count = int(re.search(r"made \((\d+)\)", found)[1])
    assert found.count("is gone") == 20 < count  # each one gone, none taken for an edit
    assert "stands where" not in found


@pytest.mark.parametrize(
    "looks",
    [word("vanish"), word("color", val="FFFFFF"), word("sz", val="2")],
    ids=["vanish", "white", "tiny"],
)
def test_a_number_hidden_behind_another_one_is_found(copy, looks) -> None:
    path = copy("docx")

    def hide(root: etree._Element) -> None:
        run = text_with(root, "230.46").getparent()
        other = copying.deepcopy(run)
        other.find(f"{W}t").text = "0.46 m"
        run.addnext(other)
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = word("rPr")
            run.insert(0, properties)
        properties.append(copying.deepcopy(looks))

    rewrite(path, {BODY: in_xml(hide)})
    assert re.search(r'"0\.46 m" stands where "230\.46 m" was', told(verify_report(path)))


def test_a_deletion_that_word_tracks_counts_as_gone(copy) -> None:
    path = copy("docx")

    def delete(root: etree._Element) -> None:
        run = text_with(root, "230.46").getparent()
        run.find(f"{W}t").tag = f"{W}delText"
        mark = word("del", id="9", author="N")
        run.addprevious(mark)
        mark.append(run)

    rewrite(path, {BODY: in_xml(delete)})
    assert not verify_report(path).is_intact


def test_a_box_over_the_text_is_told(copy) -> None:
    path = copy("docx")

    def cover(root: etree._Element) -> None:
        line = word("p", word("r", word("t")))
        next(line.iter(f"{W}t")).text = "0.00 m"
        text_with(root, "230.46").getparent().append(word("pict", word("txbxContent", line)))

    rewrite(path, {BODY: in_xml(cover)})
    found = verify_report(path)
    assert not found.is_intact
    assert "laid over the text" in told(found)
    assert "0.00 m" in told(found)


def repacked(content: bytes, old: str, new: str) -> bytes:
    text = zlib.decompress(content).decode()
    assert old in text
    return zlib.compress(text.replace(old, new).encode(), 6)


def with_data(path: Path, content: bytes) -> None:
    def edit(root: etree._Element) -> None:
        root.text = base64.b64encode(content).decode()

    rewrite(path, {DATA: in_xml(edit)})


def test_data_inside_that_were_changed_alone_do_not_fit_the_number(copy) -> None:
    path = copy("docx")
    with_data(path, repacked(read_sealed(path).contents[0], "52340.12", "12340.12"))
    assert "put together from two" in told(verify_report(path))


def test_data_number_and_text_changed_together_make_another_report(copy) -> None:
    """Nothing inside can tell that: only the number that the maker told, and the present data."""
    path = copy("docx")
    before = read_sealed(path)
    number = re.search(r"([0-9A-F]{5}-){3}[0-9A-F]{5}", " ".join(before.running))[0]
    content = repacked(before.contents[0], "230.456", "23.456")
    old, new = digest_of(before.contents[0]), digest_of(content)
    other = "-".join(new[start : start + 5].upper() for start in range(0, 20, 5))
    with zipfile.ZipFile(path) as archive:
        footer = next(n for n in archive.namelist() if re.match(r"word/footer\d*\.xml", n))

    def forge(part: bytes) -> bytes:
        text = part.decode().replace(number, other).replace(old, new)
        return text.replace("230.46", "23.46").encode()

    rewrite(path, {BODY: forge, footer: forge})
    with_data(path, content)
    assert verify_report(path).is_intact
    found = verify_report(path, number=number)
    assert not found.is_same
    assert f"It is not the report {number}: its number is {other}." in told(found)
    assert verify_report(copy("docx"), number=number.lower().replace("-", " ")).is_same


def test_data_of_two_reports_are_refused(copy) -> None:
    path = copy("docx")
    with zipfile.ZipFile(path) as archive:
        own = archive.read(DATA).decode()
    other = re.sub(r">[^<]+</dossier>", ">AAAA</dossier>", own)
    rewrite(path, {}, {"customXml/item10.xml": other.encode()})
    assert "put together from two" in told(verify_report(path))


def test_another_picture_in_place_of_a_map_is_told(copy) -> None:
    path = copy("docx")
    with zipfile.ZipFile(path) as archive:
        images = sorted(n for n in archive.namelist() if n.startswith("word/media/"))
        assert len(images) == 2  # of the third map there is a PDF alone
        image = next(name for name in images if archive.read(name) == PIXEL)
    rewrite(path, {image: lambda content: content + b"\0"})
    found = verify_report(path)
    assert not found.is_intact
    assert "The map of site S-01 (S-01.png) is another picture" in told(found)


def test_notes_and_judgements_stay_the_same_and_are_told(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    rows_of(document, "No.")[1].cells[-1].text = "Asked on 1 December.\nAnswer: 12.5 m"
    card = next(t for t in document.tables if t.rows[-1].cells[0].text == "Judgement")
    card.rows[-1].cells[1].text = "Agreed"
    document.save(str(path))
    found = verify_report(path)
    assert found.is_same
    lines = told(found).splitlines()
    assert lines[1] == "Its text is as it was made."
    assert lines[2].endswith("(2):")
    assert lines[2].startswith("Notes and judgements were filled in")
    assert lines[3] == '  1 Conclusion: "Asked on 1 December. Answer: 12.5 m"'
    assert lines[4].endswith('"Agreed"')


def test_an_edit_in_a_row_with_notes_is_told_apart_from_them(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    lists = [t for t in document.tables if t.rows[0].cells[0].text == "Layer"]
    row = next(r for t in lists for r in t.rows if "230.46" in r.cells[2].text)
    row.cells[-1].text = "Seen on site"
    row.cells[2].paragraphs[0].runs[0].text = "30.46 m"
    document.save(str(path))
    found = told(verify_report(path))
    assert '"30.46 m" stands where "230.46 m" was' in found
    assert '"Seen on site"' in found.split("Notes and judgements")[1]


def test_text_written_elsewhere_is_told_and_not_vouched_for(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    document.add_paragraph("Signed 2026-12-01")
    document.save(str(path))
    found = verify_report(path)
    assert found.is_same
    assert re.search(r"does not vouch \(1\):\n.*\"Signed 2026-12-01\"", told(found))


def test_a_column_that_was_added_on_the_right_holds_notes(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    for number, row in enumerate(rows_of(document, "No.")):
        cell = copying.deepcopy(row.cells[-1]._tc)
        row._tr.append(cell)
        row.cells[-1].text = "Checked by" if number == 0 else f"Li {number}"
    document.save(str(path))
    found = verify_report(path)
    assert found.is_same, told(found)
    assert '"Li 3"' in told(found)


def test_a_document_that_a_program_only_saved_is_the_same(copy) -> None:
    path = copy("docx")
    docx.Document(str(path)).save(str(path))
    found = verify_report(path)
    assert (found.is_same, len(found.sentences)) == (True, 3)


def test_all_sentences_are_told_in_chinese_too(copy) -> None:
    path = copy("docx")
    document = docx.Document(str(path))
    rows_of(document, "No.")[1].cells[-1].text = "已征询"
    document.add_paragraph("签章")
    document.save(str(path))
    found = edited(path, "230.46", "23.46")
    text = "\n".join(sentence.text("zh") for sentence in found.sentences)
    assert "报告文字在生成后被改动（1 处）" in text
    assert "原为“230.46 m”，现为“23.46 m”" in text.replace("\xa0", " ")
    assert "备注、判断栏中有填写的内容" in text
    assert "有人工添加的文字，本程序不对其负责（1 处）" in text


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_report_that_libreoffice_saved_is_the_same_with_its_map(made, tmp_path, ending) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed: apt install libreoffice-writer-nogui")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", tmp_path]
    subprocess.run([*command, made / f"report.{ending}"], check=True, capture_output=True)
    saved = tmp_path / f"report.{ending}"
    assert saved.read_bytes() != (made / f"report.{ending}").read_bytes()
    found = verify_report(saved)
    assert (found.is_same, len(found.sentences)) == (True, 3), told(found)
    if ending == "docx":
        assert '"23.46 m" stands where' in told(edited(saved, "230.46", "23.46"))
