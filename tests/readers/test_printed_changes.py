# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages that say what they said, and pages that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eco_onemap.core.printed_pieces import Piece
from eco_onemap.outputs.word.palette import SHADES
from eco_onemap.readers.printed_changes import SIGNS, Pages, bare, find_printed_changes

PIECES = [
    Piece("Report", ("Siting check", "Bay city")),
    Piece("1 Conclusion", ("1 Conclusion",)),
    Piece("1 Conclusion", ("No.", "Site", "Overlap")),
    *(Piece("1 Conclusion", (str(n), f"Quarry {n}", f"{n * 11}.50 m²")) for n in range(1, 8)),
    Piece("2 Method", ("2 Method",)),
    Piece("2 Method", ("Areas are those of the ellipsoid.",)),
]
HEAD = "No.SiteOverlap"


def pages(*, edit: tuple[str, str] = ("", ""), broken: int = 0) -> Pages:
    """Two pages with running lines and a repeated heading; broken: a break after so many letters"""
    rows = [" ".join(piece.texts).replace(*edit) for piece in PIECES]
    parts = rows[:6], [*rows[6:]]
    texts = []
    for number, part in enumerate(parts, start=1):
        body = "\n".join(part)
        if broken:
            body = "\n".join(body[at : at + broken] for at in range(0, len(body), broken))
        repeated = "No. Site\nOverlap\n" if number == 1 else ""
        texts.append(f"{body}\n{repeated}Siting check Internal\nFoot 7\nPage {number} of 2")
    return Pages(texts, ["Siting check Internal", "Foot 7"], [HEAD])


def test_pages_that_say_what_they_said_have_no_changes() -> None:
    assert find_printed_changes(PIECES, pages()) == []


def test_breaks_of_lines_and_look_alikes_do_not_count() -> None:
    assert find_printed_changes(PIECES, pages(broken=7)) == []
    assert find_printed_changes(PIECES, pages(edit=("m²", "m2"))) == []
    assert bare("第 ⼀ 页\u3000（a）") == "第一页(a)"


@pytest.mark.parametrize("row", range(1, 8))
def test_an_edited_number_is_found_in_its_row(row: int) -> None:
    was, now = f"{row * 11}.50", f"{row * 11}.51"
    (change,) = find_printed_changes(PIECES, pages(edit=(was, now)))
    assert change.place == "1 Conclusion"
    assert (change.expected, now in change.found) == (f"{was} m²", True)


def test_a_row_that_is_gone_is_told_whole() -> None:
    (change,) = find_printed_changes(PIECES, pages(edit=("3 Quarry 3 33.50 m²", "")))
    assert change.expected == "3 Quarry 3 33.50 m²"


def test_an_edited_sentence_is_told_with_what_stands_there() -> None:
    (change,) = find_printed_changes(PIECES, pages(edit=("ellipsoid", "plane map")))
    assert "planemap" in change.found


def test_signs_before_verdicts_may_come_in_any_order() -> None:
    assert {shade.sign for shade in SHADES.values() if shade.sign} == set(SIGNS)
    piece = [Piece("Verdict", ("◆ Restricted, needs approval",))]
    assert find_printed_changes(piece, Pages(["Restricted, ◆ needs approval"], [], [])) == []
    assert find_printed_changes(piece, Pages(["◆ Restricted, needs no approval"], [], [])) != []


def test_what_was_put_in_is_told_where_it_stands() -> None:
    (change,) = find_printed_changes(PIECES, pages(edit=("Quarry 4", "Quarry 4 Asked on 1 May")))
    assert (change.expected, change.found) == ("", "Askedon1May")
    (change,) = find_printed_changes(PIECES, pages(edit=("44.50 m²", "44.50 m² 0.50 m²")))
    assert (change.expected, change.found) == ("", "0.50m2")
    (change,) = find_printed_changes(PIECES, pages(edit=("ellipsoid.", "ellipsoid. 7")))
    assert (change.expected, change.found) == ("", "7")


def test_numbers_of_captions_and_forms_are_not_put_in() -> None:
    edit = ("2 Method", "Table 3 Notes · 1. 2 Method")
    told = pages(edit=edit)
    assert find_printed_changes(PIECES, replace(told, beside=("Table", "Notes"))) == []
    assert len(find_printed_changes(PIECES, told)) == 1


def test_pages_of_the_contents_are_not_put_in() -> None:
    listed = [PIECES[0], Piece("Report", ("2 Method",), is_listed=True), *PIECES[1:]]
    edit = ("Bay city", "Bay city 2 Method ........... 12")
    assert find_printed_changes(listed, pages(edit=edit)) == []
    wrong = ("Bay city", "Bay city 2 Method ........... 12 12.5 m")
    assert len(find_printed_changes(listed, pages(edit=wrong))) == 1


def test_empty_pages_lack_everything() -> None:
    assert len(find_printed_changes(PIECES, Pages([""], [], []))) == len(PIECES)
