# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages for the browser that somebody changed: text, code, pictures, data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.edition import Edition
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.report_files import write_reports
from eco_onemap.outputs.report_formats import ReportFormat
from eco_onemap.verifying.verification import Verification, verify_report
from tests.outputs.builders import build_assessment
from tests.outputs.test_house_style import PIXEL


def told(found: Verification, language: str = "en") -> str:
    return "\n".join(sentence.text(language) for sentence in found.sentences)


def edited(path: Path, old: str, new: str) -> Verification:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return verify_report(path)


def test_an_untouched_page_is_the_same(copy) -> None:
    found = verify_report(copy("html"))
    assert (found.is_same, len(found.sentences)) == (True, 3), told(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("230.46", "23.046"),  # in a table
        ("52,340.12", "12,340.12"),  # in a sentence
        ("<b>1</b>", "<b>2</b>"),  # in the tally
        ("nearest first: distance", "farthest first: distance"),  # in a caption
        ("Theme by theme", "Theme by chance"),  # in a heading
        ("as of 2026-11-23 ·", "as of 2026-11-24 ·"),  # in the footer
        ("screening for early planning", "permit"),
    ],
)
def test_an_edited_text_is_told_with_what_it_was(copy, old: str, new: str) -> None:
    found = edited(copy("html"), old, new)
    assert not found.is_intact
    stands, was = told(found).splitlines()[2].split("stands where")
    bare = re.compile("<[^>]*>")
    assert bare.sub("", new) in stands
    assert bare.sub("", old) in was


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('class="chip prohibited"', 'class="chip clear"'),  # the colour of a verdict
        ('href="#sign-prohibited"', 'href="#sign-clear"'),  # its sign
        ("<title>Siting", "<title>Sited"),  # the name of the window
        ("</style>", "td{visibility:hidden}</style>"),
        ("</style>", 'td::after{content:"0"}</style>'),
        ("</body>", "<script>document.title=1</script></body>"),
        ('<td class="right">', '<td class="right" hidden>'),
        ('<td class="right">', '<td class="right" style="font-size:0">'),
        ("<main>", '<main><img src="https://example.org/x.png">'),
    ],
)
def test_edited_code_is_told_though_all_text_is_there(copy, old: str, new: str) -> None:
    found = edited(copy("html"), old, new)
    assert not found.is_intact
    lines = told(found).splitlines()
    assert lines[1] == "Its text is as it was made."
    assert lines[2].startswith("The code of the page is another one")
    assert "网页代码与生成时不同" in told(found, "zh")


def test_a_number_hidden_behind_another_one_is_found(copy) -> None:
    found = edited(copy("html"), "230.46", "<i hidden>230.46</i><i>30.46</i>")
    assert not found.is_intact


def test_rows_swapped_removed_or_put_in_are_found(copy) -> None:
    rows = re.compile(r"<tr>\n<td.*?</tr>\n", re.DOTALL)
    text = copy("html").read_text(encoding="utf-8")
    one, two = rows.findall(text)[:2]
    assert one != two
    gone = told(edited(copy("html"), one, ""))
    assert "made (1):" in gone
    assert "is gone" in gone
    assert "was put in" in told(edited(copy("html"), one, one + one.replace("S-0", "S-9")))
    assert not edited(copy("html"), one + two, two + one).is_intact


def test_text_put_into_a_page_is_a_change(copy) -> None:
    found = told(edited(copy("html"), "</header>", "<p>Approved</p></header>"))
    assert '"Approved" was put in' in found


def test_another_picture_in_place_of_a_map_is_told(copy) -> None:
    text = copy("html").read_text(encoding="utf-8")
    one, two = re.findall(r"data:image/png;base64,([^\"]+)", text)
    assert one != two
    found = edited(copy("html"), one, "AAAA")
    assert not found.is_intact
    assert "The map of site S-01 (S-01.png) is another picture" in told(found)
    assert "地块 S-01 的图件（S-01.png）不是生成时插入的图片" in told(found, "zh")


def test_a_page_that_a_browser_saved_is_told_apart_from_an_edited_one(copy) -> None:
    path = copy("html")
    text = path.read_text(encoding="utf-8").replace("<head>", "<head><base href='x'>")
    path.write_text(f"<!-- saved from url=(0014)about:internet -->\n{text}", encoding="utf-8")
    lines = told(verify_report(path)).splitlines()
    assert lines[1] == "Its text is as it was made."
    assert "a browser saved it, or somebody hid or restyled something" in lines[2]


def test_other_ends_of_lines_are_no_change(copy) -> None:
    path = copy("html")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert verify_report(path).is_same


def test_data_of_two_reports_are_refused(copy) -> None:
    path = copy("html")
    text = path.read_text(encoding="utf-8")
    (link,) = re.findall(r'<a id="dossier".*?</a>', text)
    other = re.sub('base64,[^"]+', "base64,AAAA", link)
    assert "put together from two" in told(edited(path, link, link + other))


def test_the_code_of_a_page_in_an_office_s_style_is_said_not_to_be_compared(tmp_path) -> None:
    style = HouseStyle(logo=PIXEL, texts={"title": "Our report"})
    edition = Edition("en", [ReportFormat.HTML], style=style)
    (path,) = write_reports(tmp_path / "report", build_assessment(), edition, NoProgress())
    found = verify_report(path)
    assert found.is_same, told(found)
    assert "the page is in the style of an office" in told(found)
    assert "采用了单位样式" in told(found, "zh")
    assert not edited(path, "230.46", "23.046").is_intact
