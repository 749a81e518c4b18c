# SPDX-License-Identifier: GPL-2.0-or-later
"""The chapters that a report must have: themes in their order, targets, boundary points."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import shapely

from eco_onemap.core import schema
from eco_onemap.core.further.sensitive_targets import CLASSES_VERIFIED, SITE_POPULATION, SITE_TARGET
from eco_onemap.core.messages import LANGUAGES, message
from eco_onemap.core.zoning.vocabulary import Terms
from eco_onemap.outputs.report import (
    Facts,
    Heading,
    Items,
    Notice,
    Paragraph,
    Report,
    Table,
    Tone,
    compose_batch_report,
)
from eco_onemap.outputs.report.boundary_points import MOST_OF_SITE, degrees
from eco_onemap.outputs.report.target_section import MOST_TARGETS
from eco_onemap.outputs.report.themes import theme_of, themes

from .builders import NAN, build_assessment, table


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def composed(language: str, **changes) -> Report:
    told = replace(build_assessment(), **changes).in_language(language)
    return compose_batch_report(told, language, {})


def following(report: Report, heading: str) -> list:
    """The blocks below the first heading with these words, up to the next heading."""
    at = next(
        n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and heading in b.text
    )
    found = []
    for block in report.blocks[at + 1 :]:
        if isinstance(block, Heading):
            break
        found.append(block)
    return found


def test_every_role_belongs_to_one_theme_in_two_languages() -> None:
    roles = [role for theme in themes() for role in theme.roles]
    assert len(roles) == len(set(roles))
    assert [theme.id for theme in themes()] == [
        *("control", "red_line", "water", "soil", "nature", "wetland"),
        *("sea", "land", "targets", "borders", "other"),
    ]
    assert theme_of("pbf").id == "land"
    assert theme_of("of_somebody").id == "other"
    assert all(set(theme.title) == set(LANGUAGES) for theme in themes())


def test_each_site_is_told_theme_by_theme_and_no_theme_is_left_out(language) -> None:
    words = {"zh": "分主题一览", "en": "Theme by theme"}[language]
    (summary,) = following(composed(language), words)
    assert isinstance(summary, Table)
    named = [row[0].text for row in summary.rows if row[0].text]
    assert named == [theme.title[language] for theme in themes()[:-1]]
    rows = {row[1].text: row for row in summary.rows}
    water = rows["饮用水水源保护区"]
    assert (water[3].text, water[4].tone) == ("52,340.12\xa0m²", Tone.PROHIBITED)
    assert "W1" in water[5].text
    unknown = next(row for row in summary.rows if row[0].text == themes()[5].title[language])
    assert unknown[2].tone is Tone.NO_DATA  # the city has no layer of wetlands


def test_zoning_control_is_called_as_the_check_wants_it(language) -> None:
    older = replace(build_assessment().options, terms=Terms.THREE_LINES)
    words = {"zh": ("分主题一览", "三线一单"), "en": ("Theme by theme", "Three lines and one list")}
    heading, expected = words[language]
    (summary,) = following(composed(language, options=older), heading)
    assert summary.rows[0][0].text == expected


def headings(report: Report, level: int) -> list[str]:
    return [b.text for b in report.blocks if isinstance(b, Heading) and b.level == level]


def below(report: Report, title: str) -> list:
    """What follows the first heading of this title up to the next of its level or above."""
    start = next(
        n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and b.text == title
    )
    level, found = report.blocks[start].level, []
    for block in report.blocks[start + 1 :]:
        if isinstance(block, Heading) and block.level <= level:
            break
        found.append(block)
    return found


def test_findings_stand_below_their_themes(language) -> None:
    report = composed(language)
    told = below(report, themes()[2].title[language])  # drinking water, of the first site
    cards = [block.title for block in told if isinstance(block, Facts) and block.title]
    assert [card.tone for card in cards] == [Tone.PROHIBITED]
    for n, _ in enumerate(build_assessment().sites.ids, start=1):
        section = next(b for b in headings(report, 2) if b.startswith(f"3.{n}"))
        found = [b.text for b in below(report, section) if isinstance(b, Heading) and b.level == 3]
        order = [theme.title[language] for theme in themes()[:-1]]
        assert [text for text in found if text in order] == order, "no theme is left out"


def test_a_theme_without_a_layer_is_not_checked(language) -> None:
    (notice,) = below(composed(language), themes()[5].title[language])  # no layer of wetlands
    assert isinstance(notice, Notice)
    assert notice.tone is Tone.NO_DATA


def chapters(report: Report) -> list[str]:
    """The titles of a report's numbered chapters, their numbers compared with their order."""
    found = [re.fullmatch(r"(\d+)\s+(.+)", text) for text in headings(report, 1)]
    named = [match for match in found if match]
    assert [int(match[1]) for match in named] == list(range(1, len(named) + 1))
    return [match[2] for match in named]


def test_chapters_of_one_site_are_those_of_an_impact_file(language) -> None:
    whole = build_assessment()
    one = composed(language, site_verdict=whole.site_verdict.take(np.array([0])))
    words = {
        "zh": ("结论", "项目概况", "数据来源与版本", "未评价的规则与图层", "方法说明",
               "限制与声明"),
        "en": ("Conclusion", "The project", "Data sources and versions", "Not evaluated", "Method",
               "Limits and disclaimers"),
    }[language]  # fmt: skip
    named = [theme.title[language] for theme in themes()[:-1]]
    assert chapters(one) == [*words[:3], *named, *words[3:]]
    first = one.first_page
    conclusion, summary = (b for b in first if isinstance(b, Table))
    assert (len(conclusion.rows), summary.rows[0][0].text) == (1, named[0])


def test_chapters_of_several_sites_hold_a_section_for_each(language) -> None:
    report = composed(language)
    assert len(chapters(report)) == 6
    numbers = [text.split()[0] for text in headings(report, 2)]
    assert numbers == [f"3.{n}" for n in range(1, len(build_assessment().sites) + 1)]


def with_targets(count: int, uncounted: int = 0) -> dict:
    targets = [
        {
            "site_id": "S-01", "layer_id": "sensitive", "feature_id": f"t{n}",
            "feature_name": f"村{n}", "target_kind": "村庄", "population": float(n),
            "households": NAN, "distance_m": 100.0 * n, "bearing_deg": 90.0, "within_m": 5000.0,
        }
        for n in range(count)
    ]  # fmt: skip
    people = [
        {
            "site_id": "S-01", "within_m": within, "targets": count, "population": 1234.0,
            "uncounted": uncounted, "mapped_pct": 100.0, "exposure": "E2" if within > 500 else "",
        }
        for within in (50.0, 500.0, 5000.0)
    ]  # fmt: skip
    return {
        "further": {
            "site_target": table("site_target", SITE_TARGET, targets),
            "site_population": table("site_population", SITE_POPULATION, people),
        }
    }


def test_people_are_told_by_distance_with_the_class_they_lead_to(language) -> None:
    words = {"zh": "环境敏感目标与周边人口", "en": "Sensitive targets, and people"}[language]
    report = composed(language, **with_targets(MOST_TARGETS + 5))
    targets, people, told = following(report, words)[:3]
    assert len(targets.rows) == MOST_TARGETS
    assert str(MOST_TARGETS + 5) in targets.caption
    assert len(targets.to_fill) == 1
    assert [row[0].text for row in people.rows] == ["50 m", "500 m", "5,000 m"]
    assert {row[2].text for row in people.rows} == {"1,234"}
    (_, name), (_, limits), (_, source) = told.rows
    assert name.text == "E2"
    for number in ("1,000", "50,000", "500", "10,000"):
        assert re.search(rf"(?<![\d,]){number}(?![\d,])", limits.text)
    assert "HJ 169-2018" in source.text
    assert ("verified: yes" in source.note) == CLASSES_VERIFIED
    assert "verified: no" in source.note, "nobody has compared the limits with the official text"
    unsure = composed(language, **with_targets(3, uncounted=1))
    told = following(unsure, words)[2]
    assert {"zh": "至少 E2", "en": "at least E2"}[language] == told.rows[0][1].text
    assert not [b for b in composed(language).blocks if words in getattr(b, "text", "")]


def test_each_site_tells_its_centroid_in_degrees_minutes_and_seconds(language) -> None:
    report = composed(language)
    title = {"zh": "中心坐标（形心，CGCS2000）", "en": "Centroid (CGCS2000)"}[language]
    told = [c.text for b in report.blocks if isinstance(b, Facts) for n, c in b.rows if n == title]
    sites = build_assessment().sites
    middles = [shapely.centroid(g) for g in sites.geometries if g is not None]
    assert len(told) == len(middles) > 1
    found = set()
    for text in told:
        angles = re.findall(r"(\d+)°(\d\d)′(\d\d\.\d{3})″", text)
        found.add(tuple(int(d) + int(m) / 60 + float(s) / 3600 for d, m, s in angles))
    for middle in middles:
        assert any(abs(x - middle.x) + abs(y - middle.y) < 1e-6 for x, y in found)


def test_boundary_points_read_back_are_the_sites(language) -> None:
    words = {"zh": "界址点坐标表", "en": "Boundary points"}[language]
    assessment = build_assessment()
    *_, points = following(composed(language), words)
    for number, site in enumerate(assessment.sites.ids.tolist()):
        geometry = assessment.sites.geometries[number]
        rows = [row for row in points.rows if row[0].text == site]
        if geometry is None:
            assert rows == []
            continue
        told = [(decimal(row[5].text), decimal(row[6].text)) for row in rows]
        kept = shapely.get_coordinates(geometry)
        closed = shapely.get_dimensions(geometry) == 2
        np.testing.assert_allclose(told, kept[:-1] if closed else kept, rtol=0, atol=2e-10 * 3600)


def decimal(text: str) -> float:
    angle, rest = text.split("°")
    minutes, seconds = rest.rstrip("″").split("′")
    return float(angle) + float(minutes) / 60 + float(seconds) / 3600


def test_north_stands_before_east(language) -> None:
    words = {"zh": "界址点坐标表", "en": "Boundary points"}[language]
    *_, points = following(composed(language), words)
    rows = [row for row in points.rows if row[3].text != "—"]
    assert rows
    for row in rows:
        assert 2_600_000 < float(row[3].text) < 2_800_000  # 24.5° north
        assert float(row[4].text) > 39_000_000  # zone 39 in front of the easting


def test_points_without_room_are_counted(language) -> None:
    words = {"zh": "界址点坐标表", "en": "Boundary points"}[language]
    assessment = build_assessment()
    geometries = assessment.sites.geometries.copy()
    geometries[0] = shapely.Point(118.1, 24.5).buffer(0.01, quad_segs=50)  # 200 points
    report = composed(language, sites=replace(assessment.sites, geometries=geometries))
    _, notice, points = following(report, words)
    assert f"{200 - MOST_OF_SITE}" in notice.lines[0]
    assert sum(row[0].text == "S-01" for row in points.rows) == MOST_OF_SITE


@pytest.mark.parametrize(
    ("angle", "text"),
    [
        (118.1, "118°06′00.000″"),
        (24.99999999999, "25°00′00.000″"),  # no 60 seconds
        (-0.5, "−0°30′00.000″"),
    ],
)
def test_angles_have_no_sixty(angle: float, text: str) -> None:
    assert degrees(angle) == text


def test_record_of_the_run_holds_inputs_and_not_each_rule(language) -> None:
    given = build_assessment()
    rows = [*given.run.rows(), {"key": "rule.R1.title", "value": "a rule"}]
    rows.append({"key": "layer.redline.notes", "value": "Read as GBK."})
    report = composed(language, run=table("run", schema.RUN, rows))
    title = {"zh": "附表三　运行记录", "en": "Appendix C: Record of the run"}[language]
    count, general, layers = below(report, title)[:3]
    assert str(len(rows)) in count.text
    told = {row[0].text: row[1].text for row in general.rows}
    recorded = {row["key"]: row["value"] for row in rows}
    assert told["eco_onemap.version"] == recorded["eco_onemap.version"]
    assert not [key for key in told if key.startswith(("rule.", "layer."))]
    assert "" not in told.values()
    digests = {row[0].note: row[1] for row in layers.rows}
    assert set(digests) == {entry.id for entry in given.catalogue.layers}
    assert digests["redline"].text == recorded["layer.redline.sha256"]
    assert digests["redline"].note == "Read as GBK."


def test_what_reading_noted_is_told_in_the_language(language) -> None:
    note = message("site_file.note_unknown_industry", values="C1352")
    given = build_assessment().sites
    report = composed(language, sites=replace(given, notes=(note,)))
    title = next(text for text in headings(report, 1) if text.startswith("2"))
    (told,) = [block for block in below(report, title) if isinstance(block, Items)]
    assert told.lines == (note.text(language),)


def test_a_chapter_does_not_send_its_readers_to_itself(language) -> None:
    whole = build_assessment()
    count = len({r["what"] for r in whole.not_evaluated.rows() if r["what"].startswith("rule:")})
    sent = {message("report.gaps_everywhere", n=n).text(language) for n in range(1, count + 1)}
    paragraphs = [b.text for b in composed(language).blocks if isinstance(b, Paragraph)]
    assert sent & set(paragraphs), "each site of several is told where to read on"
    alone = composed(language, site_verdict=whole.site_verdict.take(np.array([0])))
    assert not sent & {b.text for b in alone.blocks if isinstance(b, Paragraph)}


@pytest.mark.parametrize(("name", "sure"), [("E1", True), ("E2", False)])
def test_the_highest_class_cannot_be_higher(language, name, sure) -> None:
    further = with_targets(3, uncounted=1)["further"]
    classes = further["site_population"].values["exposure"]
    classes[classes == "E2"] = name
    words = {"zh": "环境敏感目标与周边人口", "en": "Sensitive targets, and people"}[language]
    told = following(composed(language, further=further), words)[2].rows[0][1].text
    assert (told == name) is sure
    assert name in told
