# SPDX-License-Identifier: GPL-2.0-or-later
"""Workbooks that somebody changed: what is found, and what one may do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from eco_onemap.verifying.verification import Verification, verify_report

Book = openpyxl.Workbook


def told(found: Verification, language: str = "en") -> str:
    return "\n".join(sentence.text(language) for sentence in found.sentences)


def changed(path: Path, edit: Callable[[Book], None]) -> Verification:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return verify_report(path)


def test_a_workbook_that_a_program_only_saved_is_the_same(copy) -> None:
    assert len(verify_report(copy("xlsx")).sentences) == 3
    found = changed(copy("xlsx"), lambda book: None)
    assert (found.is_same, len(found.sentences)) == (True, 3), told(found)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "was"),
    [
        ("Verdicts", "F2", 112617.634, "1122617.634"),  # a number
        ("Verdicts", "F2", 1122617.635, "1122617.634"),  # its last digit
        ("Verdicts", "F2", "1122617.63", "1122617.634"),  # as text
        ("Verdicts", "F2", "=1122617.634", "1122617.634"),  # a formula
        ("Verdicts", "F2", None, "1122617.634"),  # emptied
        ("Hits", "F2", 2340.12, "52340.12"),
        ("Conclusion", "C2", "○ No conflict found", "● Prohibited"),
        ("Summary", "A1", "Approval", "Siting Check against"),  # the title
        ("Verdicts", "F1", "Area\nha", "m²"),  # a heading with its unit
    ],
)
def test_an_edited_cell_is_told_with_what_it_was(copy, sheet, cell, value, was) -> None:
    def edit(book: Book) -> None:
        book[sheet][cell] = value

    found = changed(copy("xlsx"), edit)
    assert not found.is_intact
    lines = told(found).splitlines()
    assert lines[1] == "Its text was changed after it was made (1):"
    assert lines[2].startswith(f"  {sheet} {cell[1:]}: ")
    assert was in lines[2]
    assert " ".join(str(value).split()) in lines[2] or "is gone" in lines[2]


def test_a_number_in_an_empty_cell_is_a_change(copy) -> None:
    def edit(book: Book) -> None:
        assert book["Verdicts"]["J2"].value is None
        book["Verdicts"]["J2"] = 12.5

    assert re.search(r"Verdicts 2: \"12\.5\" was put in", told(changed(copy("xlsx"), edit)))


def test_an_edit_in_a_hidden_row_is_found_and_so_is_the_row(copy) -> None:
    def edit(book: Book) -> None:
        book["Hits"]["F3"] = 1
        book["Hits"].row_dimensions[3].hidden = True

    found = told(changed(copy("xlsx"), edit))
    assert 'Hits 3: "1" stands where' in found
    assert "are hidden, by hand or by a filter (1): Hits 3" in found


def hide_row(book: Book) -> None:
    book["Hits"].row_dimensions[3].hidden = True


def hide_column(book: Book) -> None:
    book["Hits"].column_dimensions["F"].hidden = True


def hide_sheet(book: Book) -> None:
    book["Hits"].sheet_state = "hidden"


def whiten(book: Book) -> None:
    book["Hits"]["F2"].font = Font(color="FFFFFFFF")


def squeeze(book: Book) -> None:
    book["Hits"].row_dimensions[3].height = 0.5


@pytest.mark.parametrize("hide", [hide_row, hide_column, hide_sheet, squeeze, whiten])
def test_what_is_hidden_is_told_though_all_text_is_there(copy, hide) -> None:
    found = changed(copy("xlsx"), hide)
    assert not found.is_intact
    lines = told(found).splitlines()
    assert lines[1] == "Its text is as it was made."
    assert lines[2].startswith("Not all of it is seen")
    assert "Hits" in lines[2]
    assert "被隐藏而不可见" in told(found, "zh")


@pytest.mark.parametrize(("cell", "shown"), [("F2", '"340.12"'), ("F2", ";;;"), ("D2", ";;;")])
def test_a_format_that_shows_something_else_is_told(copy, cell: str, shown: str) -> None:
    def edit(book: Book) -> None:
        book["Hits"][cell].number_format = shown

    found = changed(copy("xlsx"), edit)
    assert not found.is_intact
    assert f"in formats that the report does not have (1): Hits {cell}" in told(found)
    assert f"显示格式（1 处）：Hits {cell}" in told(found, "zh")


def test_another_typeface_or_width_is_no_change(copy) -> None:
    def edit(book: Book) -> None:
        book["Hits"]["F2"].font = Font(bold=True)
        book["Hits"].column_dimensions["F"].width = 40

    assert changed(copy("xlsx"), edit).is_same


def test_rows_and_sheets_that_are_gone_are_told(copy) -> None:
    def edit(book: Book) -> None:
        book["Hits"].delete_rows(3)
        del book["Raster classes"]

    found = told(changed(copy("xlsx"), edit))
    assert re.search(r"  Hits 3: \".+\" is gone", found)
    assert '  Raster classes: "Raster classes" is gone' in found
    assert "stands where" not in found


def test_a_row_that_was_put_in_is_a_change(copy) -> None:
    def edit(book: Book) -> None:
        sheet = book["Hits"]
        sheet.insert_rows(3)
        for number, cell in enumerate(sheet[2], start=1):
            sheet.cell(3, number, cell.value)
        sheet.cell(3, 6, 77.0)

    found = told(changed(copy("xlsx"), edit))
    assert "made (1):" in found
    assert re.search(r"Hits 3: \".* \| 77 \| .*\" was put in", found)


def test_swapped_numbers_are_two_changes(copy) -> None:
    def edit(book: Book) -> None:
        sheet = book["Hits"]
        sheet["F2"], sheet["F3"] = sheet["F3"].value, sheet["F2"].value

    assert "made (2):" in told(changed(copy("xlsx"), edit))


def test_a_renamed_sheet_is_a_change(copy) -> None:
    def edit(book: Book) -> None:
        book["Hits"].title = "All hits"

    assert '"All hits" stands where "Hits" was' in told(changed(copy("xlsx"), edit))


def test_notes_in_their_column_and_in_new_columns_stay_the_same(copy) -> None:
    def edit(book: Book) -> None:
        assert book["Conclusion"]["F1"].value == "Notes"
        book["Conclusion"]["F3"] = "Asked on 1 December"
        sheet = book["Hits"]
        sheet.cell(1, sheet.max_column + 1, "Judgement of the office")
        sheet.cell(2, sheet.max_column, "Agreed")

    found = changed(copy("xlsx"), edit)
    assert found.is_same, told(found)
    assert re.search(
        r"filled in.*\(3\):\n"
        r"  Conclusion 3: \"Asked on 1 December\"\n"
        r"  Hits 1: \"Judgement of the office\"\n  Hits 2: \"Agreed\"",
        told(found),
    )


def test_changed_data_inside_do_not_fit_the_number(copy) -> None:
    def edit(book: Book) -> None:
        cell = book["_eco_onemap"]["A2"]
        cell.value = cell.value[:200] + ("A" if cell.value[200] != "A" else "B") + cell.value[201:]

    with pytest.raises(Exception, match=r"damaged|dossier"):
        changed(copy("xlsx"), edit)
