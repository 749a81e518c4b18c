# SPDX-License-Identifier: GPL-2.0-or-later
"""Failures seen in other programs that concern reports and what they rest on, by their numbers.

Those on measuring stand in ``tests/core``, those on QGIS and maps in ``tests/qgis``.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
import shapely

from eco_onemap.core.errors import LayerError
from eco_onemap.core.geometry.cutting import cut
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.progress import NoProgress
from eco_onemap.outputs.html import render_html
from eco_onemap.outputs.report import Heading, Notice, Report, Table, Tone, compose_batch_report
from eco_onemap.paths import sample
from eco_onemap.readers.files import FileLayers

from .builders import build_assessment


@pytest.fixture(params=LANGUAGES)
def report(request: pytest.FixtureRequest) -> Report:
    language = str(request.param)
    return compose_batch_report(build_assessment().in_language(language), language, {})


def hits_of(report: Report) -> Table:
    """The table of hits, which begins with the chapter's own words."""
    words = message("report.chapter.hits").text(report.language)
    headings = [n for n, b in enumerate(report.blocks) if isinstance(b, Heading)]
    at = next(n for n in headings if report.blocks[n].text == words)
    return next(b for b in report.blocks[at:] if isinstance(b, Table))


def not_concerned(report: Report) -> list[Table]:
    """The tables of layers that sites do not meet: their last column counts within rings."""
    tables = [block for block in report.blocks if isinstance(block, Table)]
    return [t for t in tables if len(t.columns) == 5 and "500" in t.columns[4].title]


def test_peer_failure_01_rows_that_add_up_to_more_say_so(report: Report) -> None:
    told = message("report.hits_intro").text(report.language)
    assert told in unescape(render_html(report))
    assert {"zh": "大于", "en": "more than"}[report.language] in told


def test_peer_failure_02_each_share_names_what_it_is_a_share_of(report: Report) -> None:
    titles = [column.title for column in hits_of(report).columns]
    site, feature = {"zh": ("地块", "图斑"), "en": ("site", "feature")}[report.language]
    shares = [t for t in titles if "%" in t or "占" in t]
    assert any(site in title.lower() for title in shares)
    assert any(feature in title.lower() for title in shares)


def test_peer_failure_04_what_is_not_met_tells_how_near_it_is(report: Report) -> None:
    rows = [row for table in not_concerned(report) for row in table.rows]
    assert len(rows) > 5
    assert all(re.fullmatch(r"[\d,.]+\xa0k?m|—", row[2].text) for row in rows)
    assert sum(row[2].text != "—" for row in rows) > 1


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_peer_failure_07_a_source_cut_short_is_never_taken_for_whole(kept, tmp_path: Path) -> None:
    catalogue = read_catalogue(sample("onemap.yaml"))
    entry = next(one for one in catalogue.layers if one.id == "redline")
    content = sample("redline.gpkg").read_bytes()
    (tmp_path / "redline.gpkg").write_bytes(content[: int(kept * len(content))])
    text = sample("onemap.yaml").read_text(encoding="utf-8")
    (tmp_path / "onemap.yaml").write_text(text, encoding="utf-8")
    copied = read_catalogue(tmp_path / "onemap.yaml")
    short = next(one for one in copied.layers if one.id == entry.id)
    assert len(FileLayers().read_features(entry)) > 0
    with pytest.raises(LayerError, match=r"redline\.gpkg"):
        FileLayers().read_features(short)


def test_peer_failure_08_what_could_not_be_answered_stands_on_page_one(report: Report) -> None:
    notices = [block for block in report.first_page if isinstance(block, Notice)]
    assert notices[0].tone is Tone.NO_DATA
    assert len(notices[0].lines) > 1
    conclusion = next(n for n, b in enumerate(report.blocks) if isinstance(b, Heading))
    assert report.blocks.index(notices[0]) < conclusion


def test_peer_failure_14_the_rings_in_the_heading_are_those_that_were_counted(report) -> None:
    counted = " / ".join(f"{ring:g}" for ring in build_assessment().options.rings_m)
    tables = [b for b in report.blocks if isinstance(b, Table)]
    assert any(counted in column.title for table in tables for column in table.columns)


def test_peer_failure_16_no_site_meets_a_polygon_of_many_vertices_whole() -> None:
    angle = np.linspace(0, 2 * np.pi, 31_789, endpoint=False)  # the one that stalled H2GIS
    radius = 0.1 + 0.02 * np.sin(97 * angle)
    outline = np.column_stack((118 + radius * np.cos(angle), 24.5 + radius * np.sin(angle)))
    polygon = shapely.polygons(outline)
    pieces, owners = cut(np.array([polygon], dtype=object), NoProgress())
    assert shapely.get_num_coordinates(pieces).max() <= 129  # 128, and the one that closes
    assert set(owners.tolist()) == {0}
    assert shapely.area(pieces).sum() == pytest.approx(polygon.area, rel=1e-12)


def test_only_rings_with_hits_are_no_reason_to_say_no_results(report: Report) -> None:
    """A peer headed a report "No results" where only the ring around the site had some."""
    rows = [row for table in not_concerned(report) for row in table.rows]
    assert any(row[4].text == "0 / 2" and row[1].text != "—" for row in rows)
