# SPDX-License-Identifier: GPL-2.0-or-later
"""PDFs that somebody changed: what is found, read by poppler and by pypdf alone."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.progress import NoProgress
from eco_onemap.layout.pages.printing import print_report
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.readers import sealed_pages
from eco_onemap.verifying.verification import Verification, verify_report
from tests.outputs.builders import build_assessment
from tests.outputs.test_house_style import PIXEL

HELVETICA = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> bytes:
    """The content of a report with one map, laid out by QGIS."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "S-01.png").write_bytes(PIXEL)
    maps = {"S-01": folder / "S-01.png"}
    edition = Edition("en", [ReportFormat.PDF], maps=maps, printer=print_report)
    (path,) = write_reports(folder / "report", build_assessment(), edition, NoProgress())
    return path.read_bytes()


@pytest.fixture(params=["poppler", "pypdf"])
def path(request, made: bytes, tmp_path: Path, monkeypatch) -> Path:
    """A copy of it, to be read by one of the two."""
    if request.param == "pypdf":
        monkeypatch.setattr(sealed_pages, "_by_poppler", lambda content: None)
    elif not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed: apt install poppler-utils")
    copy = tmp_path / "report.pdf"
    copy.write_bytes(made)
    return copy


def told(found: Verification, language: str = "en") -> str:
    return "\n".join(sentence.text(language) for sentence in found.sentences)


def rewritten(path: Path, edit: Callable[[pypdf.PdfWriter], object]) -> Verification:
    """Write the file anew as other programs do, after an edit."""
    writer = pypdf.PdfWriter(clone_from=str(path))
    edit(writer)
    content = io.BytesIO()
    writer.write(content)
    path.write_bytes(content.getvalue())
    return verify_report(path)


def test_an_untouched_pdf_is_the_same_and_its_maps_are_said_not_to_be_compared(path) -> None:
    found = verify_report(path)
    assert found.is_same, told(found)
    assert told(found).splitlines()[1:3] == [
        "Its text is as it was made.",
        "Its maps (1) are pictures, which are not compared in a PDF.",
    ]
    assert "PDF 中不作比对" in told(found, "zh")


def test_a_pdf_that_a_program_only_saved_or_packed_is_the_same(path) -> None:
    def pack(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page.compress_content_streams()
        writer.compress_identical_objects()

    assert rewritten(path, pack).is_same


def stamped(path: Path, text: str, number: int = 3) -> Verification:
    """Lay a white box with a text over a page, as editors of PDFs do."""

    def stamp(writer: pypdf.PdfWriter) -> None:
        over = pypdf.PageObject.create_blank_page(width=595, height=842)
        stream = DecodedStreamObject()
        stream.set_data(
            f"1 1 1 rg 200 400 90 12 re f 0 g BT /F9 9 Tf 202 402 Td ({text}) Tj ET".encode()
        )
        over[NameObject("/Contents")] = stream
        fonts = DictionaryObject({NameObject("/F9"): HELVETICA})
        over[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        writer.pages[number].merge_page(over)

    return rewritten(path, stamp)


@pytest.mark.parametrize("text", ["0.46 m", "Approved", "30"])
def test_a_number_drawn_over_another_one_is_found(path, text: str) -> None:
    found = stamped(path, text)
    assert not found.is_intact
    assert f'"{text.replace(" ", "")}" was put in' in told(found)
    assert f"新增了“{text.replace(' ', '')}”" in told(found, "zh")


def test_a_page_that_was_taken_out_is_told_by_what_is_gone(path) -> None:
    def take(writer: pypdf.PdfWriter) -> None:
        writer.remove_page(4)

    found = told(rewritten(path, take))
    assert found.count("is gone") > 5


def test_pages_that_changed_places_are_found(path) -> None:
    def swap(writer: pypdf.PdfWriter) -> None:
        kids = writer._pages.get_object()["/Kids"]
        kids[3], kids[4] = kids[4], kids[3]

    assert not rewritten(path, swap).is_intact


def test_a_box_over_a_page_is_told_and_a_remark_is_not(path) -> None:
    rect = (200, 400, 290, 412)

    def remark(writer: pypdf.PdfWriter) -> None:
        writer.add_annotation(3, Text(rect=rect, text="Please check"))

    assert rewritten(path, remark).is_same

    def cover(writer: pypdf.PdfWriter) -> None:
        writer.add_annotation(3, FreeText(text="0.46 m", rect=rect))

    found = rewritten(path, cover)
    assert not found.is_intact
    assert "were laid over the text, which may hide it (1) 4" in told(found)


def test_a_signature_with_words_of_its_own_changes_nothing(path) -> None:
    def sign(writer: pypdf.PdfWriter) -> None:
        seen = DecodedStreamObject()
        seen.set_data(b"BT /F9 9 Tf 2 2 Td (Signed by Li) Tj ET")
        fonts = DictionaryObject({NameObject("/F9"): HELVETICA})
        box = ArrayObject([NumberObject(number) for number in (0, 0, 90, 12)])
        seen.update(
            {
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): box,
                NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
            }
        )
        appearance = DictionaryObject({NameObject("/N"): writer._add_object(seen)})
        annotation = {
            "/Subtype": NameObject("/Widget"),
            "/FT": NameObject("/Sig"),
            "/F": NumberObject(4),
            "/Rect": ArrayObject([NumberObject(number) for number in (200, 40, 290, 52)]),
            "/AP": appearance,
        }
        held = DictionaryObject({NameObject(key): value for key, value in annotation.items()})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(held)])

    found = rewritten(path, sign)
    assert found.is_same, told(found)


def test_changed_data_or_those_of_two_reports_do_not_fit_the_number(path) -> None:
    before = path.read_bytes()
    (held,) = sealed_pages.read_sealed_pages(path).contents
    other = zlib.compress(zlib.decompress(held).replace(b"52340.12", b"12340.12"), 6)

    def attach(writer: pypdf.PdfWriter) -> None:
        writer.add_attachment(sealed_pages.ATTACHMENT, other)

    assert "put together from two" in told(rewritten(path, attach))
    path.write_bytes(before)

    def replace(writer: pypdf.PdfWriter) -> None:
        names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
        del names[:]
        attach(writer)

    assert "put together from two" in told(rewritten(path, replace))


def test_a_pdf_that_was_printed_again_says_that_nothing_is_left_to_verify(path) -> None:
    if not shutil.which("pdftocairo"):
        pytest.skip("poppler is not installed: apt install poppler-utils")
    again = path.with_name("again.pdf")
    subprocess.run(["pdftocairo", "-pdf", path, again], check=True, capture_output=True)
    with pytest.raises(ResultsError, match="when it printed or saved the file"):
        verify_report(again)


def test_a_protected_pdf_is_verified_if_it_opens_without_a_password(path) -> None:
    def protect(password: str) -> Callable[[pypdf.PdfWriter], None]:
        return lambda writer: writer.encrypt(password, "owner", algorithm="RC4-128")

    before = path.read_bytes()
    assert rewritten(path, protect("")).is_same
    path.write_bytes(before)
    with pytest.raises(ResultsError, match="cannot be read"):
        rewritten(path, protect("secret"))


def test_the_number_of_the_report_stands_on_its_pages(path) -> None:
    (number,) = re.findall(r"Report (\S+),", told(verify_report(path)))
    assert verify_report(path, number=number).is_same
    assert not verify_report(path, number="0" * 20).is_same
