# SPDX-License-Identifier: GPL-2.0-or-later
"""Strips on pages, counted by hand: pages have 100 dots."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eco_onemap.layout.pages.paging import Page, paged


@dataclass(frozen=True)
class Strip:
    """Stands for a strip; it can be cut anywhere."""

    name: str
    height: float
    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    new_page: bool = False
    head: Strip | None = None

    def split(self, room):
        if self.height <= room:
            return self, None
        return replace(self, height=room), replace(self, height=self.height - room)


def told(*strips: Strip) -> list[list[tuple[str, float]]]:
    """Names and tops of what stands on each page, repeated heads first."""
    pages: list[Page] = list(paged(strips, 100))
    return [[(s.name, top) for s, top in (*page.repeated, *page.placed)] for page in pages]


def test_strips_follow_each_other_with_their_gaps() -> None:
    found = told(Strip("a", 10, before=5, after=2), Strip("b", 10, before=3))
    assert found == [[("a", 0), ("b", 15)]]  # the gap above the first falls away


def test_what_does_not_fit_begins_a_page_and_a_gap_below_needs_no_room() -> None:
    assert told(Strip("a", 60), Strip("b", 40, after=9), Strip("c", 1)) == [
        [("a", 0), ("b", 60)],
        [("c", 0)],
    ]


def test_a_heading_goes_where_its_text_goes() -> None:
    heading, caption = Strip("h", 10, with_next=True), Strip("c", 5, with_next=True)
    found = told(Strip("a", 80), heading, caption, Strip("row", 10), Strip("row", 10))
    assert found == [[("a", 0)], [("h", 0), ("c", 10), ("row", 15), ("row", 25)]]


def test_a_heading_stands_again_above_rows_on_the_next_page() -> None:
    head = Strip("head", 20, with_next=True)
    rows = [Strip(f"row {n}", 30, head=head) for n in range(5)]
    assert told(head, *rows) == [
        [("head", 0), ("row 0", 20), ("row 1", 50)],
        [("head", 0), ("row 2", 20), ("row 3", 50)],
        [("head", 0), ("row 4", 20)],
    ]


def test_a_row_higher_than_a_page_goes_on_below_its_heading() -> None:
    head = Strip("head", 20, with_next=True)
    found = list(paged([Strip("a", 50), head, Strip("row", 170, head=head)], 100))
    # 50 + 20 + 30 of the row, then twice head and at most 80
    assert [[s.height for s, _ in page.placed] for page in found] == [[50, 20], [80], [80], [10]]
    assert [len(page.repeated) for page in found] == [0, 1, 1, 1]


def test_chapters_begin_a_page_but_leave_none_empty() -> None:
    chapter = Strip("chapter", 10, new_page=True)
    assert told(chapter, chapter) == [[("chapter", 0)], [("chapter", 0)]]
    assert told() == []
