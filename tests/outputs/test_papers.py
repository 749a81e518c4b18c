# SPDX-License-Identifier: GPL-2.0-or-later
"""The other papers of one assessment: for departments, for a choice, for the public."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from lxml import etree

from eco_onemap.core.errors import OptionError
from eco_onemap.core.law.setting_aside import SET_ASIDE
from eco_onemap.core.messages import LANGUAGES
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.outputs.docx import render_docx
from eco_onemap.outputs.html import render_html
from eco_onemap.outputs.report import Facts, Heading, Items, Paragraph, Report, Table
from eco_onemap.outputs.report.comparison import MOST_COMPARED, compose_comparison
from eco_onemap.outputs.report.departments import department_of, departments
from eco_onemap.outputs.report.kinds import PaperKind, compose, parse_papers
from eco_onemap.outputs.xlsx import render_xlsx

from .builders import CATALOGUE, build_assessment
from .office_rules import W


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def assessment(language: str) -> Assessment:
    return build_assessment().in_language(language)


def made(kind: PaperKind, assessment: Assessment, language: str) -> Report:
    return compose(kind, assessment, language, {})


def cells_below(report: Report, heading: str) -> list[str]:
    """The texts of the tables of one chapter."""
    found, inside = [], False
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == heading
        if inside and isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row]
    return found


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_writer_takes_every_paper(kind, assessment, language) -> None:
    report = made(kind, assessment, language)
    assert report.title in render_html(report)
    assert len(render_docx(report)) > 10_000
    assert len(render_xlsx(report)) > 5_000


def test_every_role_with_words_has_a_department_once() -> None:
    roles = [role for one in departments() for role in one.roles]
    assert len(roles) == len(set(roles))
    assert department_of("eco_redline").id == "natural_resources"
    assert department_of("of_somebody").id == "other"
    for one in departments():
        assert set(one.title) == set(one.ask) == set(one.bring) == set(LANGUAGES)
        assert len(one.bring["zh"]) == len(one.bring["en"])


def test_a_department_sees_its_own_findings_only(assessment, language) -> None:
    report = made(PaperKind.DEPARTMENTS, assessment, language)
    names = {one.id: one.title[language] for one in departments()}
    sheets = [b.text for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    # water (W1): ecology; red line (R2), coastline (C1): natural resources; farmland lacks data
    assert sheets == [names["ecology"], names["natural_resources"], names["agriculture"]]
    of = {row["rule_id"]: row["message"] for row in assessment.finding.rows()}
    ecology = cells_below(report, names["ecology"])
    resources = cells_below(report, names["natural_resources"])
    assert of["W1"] in ecology
    assert of["W1"] not in resources
    assert {of["R2"], of["C1"]} <= set(resources)
    assert not {of["R2"], of["C1"]} & set(ecology)
    assert any("永久基本农田" in text for text in cells_below(report, names["agriculture"]))


def test_sheets_of_departments_are_listed_and_say_what_to_ask_and_to_bring(
    assessment, language
) -> None:
    report = made(PaperKind.DEPARTMENTS, assessment, language)
    titles = {one.title[language]: one for one in departments()}
    listed = next(block for block in report.blocks if isinstance(block, Table))
    offices = [row[0].text for row in listed.rows]
    assert offices == [b.text for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    for office, sites, findings, _worst in listed.rows:
        start = next(
            n for n, b in enumerate(report.blocks) if getattr(b, "text", "") == office.text
        )
        sheet = list(
            itertools.takewhile(lambda b: getattr(b, "level", 0) != 1, report.blocks[start + 1 :])
        )
        ask, bring = titles[office.text].ask[language], titles[office.text].bring[language]
        told = [block for block in sheet if isinstance(block, Paragraph)]
        assert [one.text for one in told] == [ask]
        (items,) = [block for block in sheet if isinstance(block, Items)]
        assert items.lines == tuple(bring)
        points = next(block for block in sheet if isinstance(block, Table))
        assert (findings.text, len(points.to_fill)) == (str(len(points.rows)), 1)
        assert sites.text == str(len({row[0].note for row in points.rows}))
        assert len([name for b in sheet if isinstance(b, Facts) for name in b.to_fill]) == 4
        assert sheet.index(items) < sheet.index(points)


def test_no_more_sites_are_compared_than_a_page_shows_side_by_side(language) -> None:
    few = build_assessment().in_language(language)
    many = replace(few, site_verdict=few.site_verdict.take(np.arange(5).repeat(2)))
    report = compose_comparison(many, language)
    ranking, layers = [block for block in report.blocks if isinstance(block, Table)]
    assert len(ranking.rows) == len(layers.columns) - 1 == MOST_COMPARED == 5
    assert any("10" in b.text for b in report.blocks if isinstance(b, Paragraph))


def test_sites_are_compared_from_the_mildest(assessment, language) -> None:
    report = compose_comparison(assessment, language)
    ranking = next(b for b in report.blocks if isinstance(b, Table))
    assert [row[0].note for row in ranking.rows] == ["S-05", "S-04", "S-03", "S-02", "S-01"]
    told = " ".join(line for b in report.blocks for line in getattr(b, "lines", ()))
    for worse, better in (("S-04", "S-05"), ("S-03", "S-05"), ("S-01", "S-05")):
        assert re.search(rf"{worse}[^S]*{better}", told), (worse, better)
    assert not re.search(r"(^|\. |。 )S-05", told)


def test_the_public_sees_no_number_feature_or_place(assessment, language) -> None:
    report = made(PaperKind.PUBLIC, assessment, language)
    text = re.sub(r"<style>.*?</style>", "", render_html(report), flags=re.DOTALL)
    hidden = {str(name) for name in assessment.hit["feature_name"]} - {""}
    hidden |= {str(name) for name in assessment.hit["feature_id"]} | {"52,340.12", "612.40"}
    hidden |= {entry.title for entry in CATALOGUE.layers if entry.secrecy.value != "public"}
    words = (
        {"生态保护红线", "饮用水水源保护区", "海岸线", "永久基本农田"}
        if language == "zh"
        else set()
    )
    assert [word for word in hidden - words if word in text] == []
    assert "环境管控单元" in text  # the public layer
    assert not re.search(r"\d m²|\d 公顷|\d km|EPSG", text)
    assert "审图号" in text
    assert not PaperKind.PUBLIC.is_sealed


def test_no_shade_hides_the_watermark(assessment, language) -> None:
    report = made(PaperKind.PUBLIC, assessment, language)
    with zipfile.ZipFile(io.BytesIO(render_docx(report))) as parts:
        text = parts.read("word/document.xml").decode()
    rows = etree.fromstring(text.encode()).iter(f"{W}tr")
    shades = [[s.get(f"{W}fill") for s in row.iter(f"{W}shd")] for row in rows]
    (sites,) = (b for b in report.blocks if isinstance(b, Table))
    assert len(sites.rows) > 1
    assert not any(shades[1 : 1 + len(sites.rows)]), "only the head is shaded"


def test_nothing_to_ask_is_said(assessment, language) -> None:
    empty = replace(
        assessment,
        finding=assessment.finding.where("rule_id", "none"),
        not_evaluated=assessment.not_evaluated.where("what", "none"),
    )
    report = made(PaperKind.DEPARTMENTS, empty, language)
    assert not [block for block in report.blocks if isinstance(block, Heading)]
    assert len(report.blocks) == 2


def test_papers_are_named_as_they_are_written() -> None:
    assert parse_papers("public, Report，report") == (PaperKind.PUBLIC, PaperKind.REPORT)
    with pytest.raises(OptionError, match="report, departments"):
        parse_papers("summary")


def test_what_a_person_set_aside_is_no_point_of_a_department(assessment, language) -> None:
    values = dict(assessment.finding.values)
    aside = values["rule_id"] == "W1"
    assert aside.any()
    values["override"] = np.where(aside, SET_ASIDE, values["override"]).astype(object)
    told = replace(assessment, finding=replace(assessment.finding, values=values))
    report = made(PaperKind.DEPARTMENTS, told, language)
    water = next(row["message"] for row in assessment.finding.rows() if row["rule_id"] == "W1")
    shown = [cell.text for b in report.blocks if isinstance(b, Table) for r in b.rows for cell in r]
    assert water not in shown
    before = made(PaperKind.DEPARTMENTS, assessment, language)
    assert water in [
        c.text for b in before.blocks if isinstance(b, Table) for r in b.rows for c in r
    ]
