# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing of a list lies out of sight: columns share the width, long texts are wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QWidget

from eco_onemap.gui.primary_button import FILL, INK, PrimaryButton
from eco_onemap.gui.results.column_widths import LEAST_PX, share_width
from eco_onemap.gui.results.listing import (
    Entry,
    Line,
    LinesWhenSeen,
    Listing,
    Target,
    shortened,
    without_empty,
)
from eco_onemap.gui.results.listing_view import MOST_WRAPPED, ListingView
from eco_onemap.gui.results.wrapping import MOST_LINES

LONG = "建设用地土壤污染风险管控和修复名录中的一个名字很长的地块，以及它的说明"


def listing(count: int, columns: int = 3) -> Listing:
    cells = (Entry("331,804.53", 331_804.53), *(Entry(LONG, LONG),) * (columns - 1))
    lines = tuple(Line(cells, Target("s")) for _ in range(count))
    return Listing(tuple("ABCDEFGH"[:columns]), lines, numeric=frozenset((0,)))


@given(
    st.lists(st.integers(10, 400), min_size=1, max_size=9),
    st.integers(0, 2000),
    st.sets(st.integers(0, 8)),
)
def test_widths_are_shared_fairly(wanted, room, fixed):
    fixed = frozenset(column for column in fixed if column < len(wanted))
    widths = share_width(wanted, room, fixed)
    assert [widths[column] for column in fixed] == [wanted[column] for column in fixed]
    assert all(width <= most for width, most in zip(widths, wanted, strict=True))
    narrowed = [width for width, most in zip(widths, wanted, strict=True) if width < most]
    assert all(width >= LEAST_PX for width in narrowed)
    if sum(wanted) <= room:
        assert widths == wanted
    elif not narrowed or min(narrowed) > LEAST_PX:
        assert sum(widths) <= room or not narrowed
    assert not narrowed or max(narrowed) - min(narrowed) <= len(wanted)  # but for rounding


def shown(count: int, width: int) -> ListingView:
    view = ListingView()
    view.show_listing(listing(count))
    view.resize(width, 400)
    view.show()
    QApplication.processEvents()
    return view


def test_a_short_list_wraps_and_is_seen_whole():
    wide, narrow = shown(3, 1200), shown(3, 300)
    assert narrow._table.horizontalScrollBar().maximum() == 0
    heights = [view._table.visualRect(view._proxy.index(0, 1)).height() for view in (wide, narrow)]
    lines = heights[1] / narrow._table.fontMetrics().lineSpacing()
    assert lines > 3
    assert heights[0] < heights[1]
    narrow.resize(1200, 400)  # other room, other rows
    QApplication.processEvents()
    assert narrow._table.visualRect(narrow._proxy.index(0, 1)).height() == heights[0]
    number = narrow._table.fontMetrics().horizontalAdvance("331,804.53")
    assert narrow._table.columnWidth(0) > number
    for view in (wide, narrow):
        view.close()


def test_thousands_of_lines_stay_one_line_high():
    view = shown(MOST_WRAPPED + 1, 300)
    assert view._table.uniformRowHeights()
    height = view._table.visualRect(view._proxy.index(0, 1)).height()
    assert height < 2 * view._table.fontMetrics().lineSpacing()
    view.close()


def test_a_very_long_text_does_not_fill_the_list():
    view = ListingView()
    told = LONG * 20
    line = Line((Entry("a"), Entry(told, told, told)), Target("s"))
    view.show_listing(Listing(("A", "B"), (line,)))
    view.resize(300, 400)
    view.show()
    QApplication.processEvents()
    index = view._proxy.index(0, 1)
    lines = view._table.visualRect(index).height() / view._table.fontMetrics().lineSpacing()
    assert MOST_LINES <= lines < MOST_LINES + 1
    assert index.data(Qt.ItemDataRole.ToolTipRole) == told
    view.show_listing(Listing(("A", "B"), (line,), wraps=False))  # to be looked through
    QApplication.processEvents()
    assert view._table.visualRect(view._proxy.index(0, 1)).height() < 30
    view.close()


def test_columns_that_say_nothing_are_left_out():
    lines = (
        Line((Entry("a"), Entry("—"), Entry("1"), Entry("real")), Target("s")),
        Line((Entry("b"), Entry("—"), Entry("—"), Entry("real")), Target("s")),
    )
    whole = Listing(("A", "B", "C", "D"), lines, "", frozenset((1, 2)), {1: "b", 2: "c"})
    silent = {1: "—", 2: "—", 3: "real"}
    told = without_empty(whole, silent)
    assert told.headings == ("A", "C")
    assert [[cell.text for cell in line.cells] for line in told.lines] == [["a", "1"], ["b", "—"]]
    assert (told.numeric, dict(told.tips)) == (frozenset((1,)), {1: "c"})
    assert without_empty(whole, {2: "—"}) is whole
    nothing = Listing(("A", "B"), ())
    assert without_empty(nothing, {1: "—"}) is nothing


def test_long_names_end_in_an_ellipsis():
    assert shortened("滨海方案", 4) == "滨海方案"
    assert shortened("滨海方案二", 4) == "滨海方…"


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("surrounding", "ink"), [("#efefef", "#000000"), ("#323232", "#aaaaaa")], ids=["light", "dark"]
)
def test_the_primary_button_stands_out(surrounding, ink, monkeypatch):
    """Its words by WCAG's 4.5 to 1, its shape against what is around it, drawn and measured."""
    assert contrast(FILL, INK) >= 4.5
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(surrounding))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    monkeypatch.setattr(QApplication, "palette", lambda *_: palette)
    button = PrimaryButton("Check")
    button.setPalette(palette)
    button.resize(120, 32)
    picture = button.grab().toImage()
    middle = QColor(picture.pixel(8, 16))
    assert middle == FILL
    assert contrast(middle, QColor(surrounding)) >= 2.0
    button.setEnabled(False)
    around = QWidget()
    around.setPalette(palette)
    button.setParent(around)
    picture = around.grab(button.geometry()).toImage()
    assert QColor(picture.pixel(8, 16)) == QColor(surrounding)
    seen = {QColor(picture.pixel(x, y)).rgb() for x in range(6, 114) for y in range(5, 27)}
    strongest = max(contrast(QColor(each), QColor(surrounding)) for each in seen)
    assert 2.0 <= strongest <= 4.5  # read, but fainter than any words that can be pressed


def test_of_many_lines_only_those_are_made_that_are_looked_at() -> None:
    made: list[int] = []

    def make(row: int) -> Line:
        made.append(row)
        return Line((Entry(f"S{row}", row),), Target(f"S{row}"))

    lines = LinesWhenSeen(10_000, make)
    assert lines[9_999] is lines[-1]  # a line is one thing however it is asked for
    assert [line.target.site_id for line in lines[1:3]] == ["S1", "S2"]
    assert made.count(1) == 1
    assert len(made) <= 4
    with pytest.raises(IndexError):
        lines[10_000]
