# SPDX-License-Identifier: GPL-2.0-or-later
"""The HTML report as a browser without network and script gets it."""

from __future__ import annotations

import base64
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eco_onemap.core.errors import OutputError
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.outputs.html import write_html
from eco_onemap.outputs.report import Facts, Heading, Report, Table, compose_batch_report

from .builders import build_assessment

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
VOID = {"meta", "img", "col", "use", "rect", "circle", "path", "br"}


class Page(HTMLParser):
    """Collects tags, addresses, anchors and text, and checks that tags are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.anchors: set[str] = set()
        self.open: list[str] = []
        self.words: list[str] = []
        self.language = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.addresses += [given[name] or "" for name in ("href", "src") if name in given]
        self.anchors |= {given["id"] or ""} if "id" in given else set()
        self.language = given.get("lang") or self.language
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)


@pytest.fixture(params=LANGUAGES)
def written(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Report, str]:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "S-01.png").write_bytes(PIXEL)
    maps = {"S-01": tmp_path / "maps" / "S-01.png", "S-02": tmp_path / "maps" / "S 02.pdf"}
    report = compose_batch_report(build_assessment(), request.param, maps)
    path = tmp_path / "report.html"
    write_html(path, report)
    return report, path.read_text(encoding="utf-8")


def test_needs_no_network_and_no_script(written: tuple[Report, str]) -> None:
    page = Page(written[1])
    assert "script" not in page.tags
    assert "link" not in page.tags
    others = [a for a in page.addresses if not a.startswith(("#", "data:image/png;base64,"))]
    assert others == ["maps/S%2002.pdf"]
    for outside in ("http:", "https:", "@import", "url("):
        assert outside not in written[1]


def test_links_lead_to_headings(written: tuple[Report, str]) -> None:
    page = Page(written[1])
    inside = {address[1:] for address in page.addresses if address.startswith("#")}
    assert inside <= page.anchors
    assert {f"site-{number}" for number in range(1, 6)} <= inside


def test_contents_lead_to_the_chapters(written: tuple[Report, str]) -> None:
    report, text = written
    contents = re.search(r"<nav.*?</nav>", text, re.DOTALL)[0]
    links = re.findall(r'href="#([^"]+)">([^<]*)</a>', contents)
    chapters = [b for b in report.blocks if isinstance(b, Heading) and b.level < 3]
    assert [unescape(told) for _, told in links] == [chapter.text for chapter in chapters]
    for anchor, told in links:
        assert len(re.findall(f'id="{anchor}"[^>]*>{re.escape(told)}<', text)) == 1
    assert text.index('id="conclusion"') < text.index("<nav") < text.index('id="sites"')


def test_images_are_embedded_as_they_are(written: tuple[Report, str]) -> None:
    images = [a for a in Page(written[1]).addresses if a.startswith("data:")]
    assert [base64.b64decode(image.split(",", 1)[1]) for image in images] == [PIXEL]


def test_shows_every_text_and_escapes_it(written: tuple[Report, str]) -> None:
    report, text = written
    page = Page(text)
    shown = " ".join(" ".join(page.words).split())
    for block in report.blocks:
        if isinstance(block, Heading):
            assert " ".join(block.text.split()) in shown
        if isinstance(block, Table):
            for row in block.rows:
                assert all(" ".join(cell.text.split()) in shown for cell in row)
        if isinstance(block, Facts):
            assert all(" ".join(cell.text.split()) in shown for _, cell in block.rows)
    assert '<北山>红线 & "核心"' in shown
    assert "<北山>" not in text


def test_severity_is_told_by_word_and_sign_beside_colour(written: tuple[Report, str]) -> None:
    text = written[1]
    for tone in ("prohibited", "restricted", "study", "no_data", "clear"):
        assert f'id="sign-{tone}"' in text
        assert f'href="#sign-{tone}"' in text


def test_states_its_language_and_repeats_table_headings(written: tuple[Report, str]) -> None:
    report, text = written
    page = Page(text)
    assert page.language == {"zh": "zh-CN", "en": "en"}[report.language]
    rows = sum(isinstance(b, Table) and bool(b.rows) for b in report.blocks)
    assert page.tags.count("thead") >= rows
    assert "table-header-group" in text
    assert "@page" in text


def test_same_report_gives_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("one.html", "two.html"):
        write_html(tmp_path / name, compose_batch_report(build_assessment(), "zh", {}))
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


def test_a_title_cannot_leave_the_style_sheet(tmp_path: Path) -> None:
    report = compose_batch_report(build_assessment(), "zh", {})
    hostile = Report(**{**vars(report), "footer": '"; } </style><script>alert(1)</script>'})
    write_html(tmp_path / "report.html", hostile)
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert page.tags.count("style") == 1


def test_a_map_that_is_gone_is_linked_not_hidden(tmp_path: Path) -> None:
    maps = {"S-01": tmp_path / "gone.png"}
    write_html(tmp_path / "report.html", compose_batch_report(build_assessment(), "zh", maps))
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "gone.png" in page.addresses


def test_missing_folder_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    report = compose_batch_report(build_assessment(), "zh", {})
    with pytest.raises(OutputError) as raised:
        write_html(tmp_path / "nowhere" / "report.html", report)
    assert raised.value.message.key == "output.folder_missing"


def test_a_failure_leaves_the_old_report(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("the old one")
    report = compose_batch_report(build_assessment(), "zh", {})
    broken = Report(**{**vars(report), "blocks": (*report.blocks, None)})  # no such block
    with pytest.raises(Exception, match="None"):
        write_html(path, broken)
    assert path.read_text() == "the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
