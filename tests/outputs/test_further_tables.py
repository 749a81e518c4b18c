# SPDX-License-Identifier: GPL-2.0-or-later
"""The report shows units, clauses, neighbours, candidates and headroom as the tables have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eco_onemap.core.assess import assess
from eco_onemap.core.law.rule_reading import read_pack
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.core.messages import message
from eco_onemap.core.options import Options, parse_date
from eco_onemap.core.sites.site_building import build_site_set
from eco_onemap.core.sites.site_region import find_region
from eco_onemap.core.sites.site_settings import SiteSettings
from eco_onemap.outputs.html import write_html
from eco_onemap.outputs.report import (
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    compose_batch_report,
)
from eco_onemap.outputs.report.further_tables import MOST_PASSES
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.themes import theme_of, themes
from eco_onemap.paths import resource, sample
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.sites import read_sites


@pytest.fixture(scope="module")
def result():
    catalogue, layers = read_catalogue(sample("onemap.yaml")), FileLayers()
    settings = SiteSettings(region=find_region(catalogue, layers))
    return assess(
        build_site_set(read_sites(sample("sites.gpkg")), settings),
        catalogue,
        [read_pack(resource("rules", "cn-national.yaml"))],
        Options(as_of=parse_date("2026-11-23")),
        layers,
    )


def tables(result, language, site_id):
    """The tables of a site's section by the heading above them."""
    report = compose_batch_report(result.in_language(language), language, {})
    found, inside, title = {}, False, ""
    for block in report.blocks:
        if isinstance(block, Heading):
            inside = (block.level >= 3 and inside) or f"（{site_id}）" in block.text
            inside = inside or f"({site_id})" in block.text
            title = block.text
        elif inside and isinstance(block, Table):
            found[title] = block
    return found


def titled(language, name, count):
    return message(f"report.section.{name}", n=count).text(language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_clause_stands_with_its_answer_and_what_waits_is_marked(result, language):
    expected = list(result.in_language(language).further["clause"].where("site_id", "P62").rows())
    table = tables(result, language, "P62")[titled(language, "clause", len(expected))]
    shown = [(row[1].text, row[2].text) for row in table.rows]
    assert shown == [(row["clause_text"], row["answer"]) for row in expected]
    for cells, row in zip(table.rows, expected, strict=True):
        assert row["scope_code"] in cells[0].note
        assert (cells[2].tone is Tone.STUDY) == (row["conformity"] == "manual")
    assert len(table.to_fill) == 1


def test_units_add_up_to_the_site(result):
    table = tables(result, "zh", "P62")[titled("zh", "site_unit", 2)]
    assert [row[0].text for row in table.rows] == ["ZH99010130001", "ZH99010130002"]
    shares = [float(row[3].text.rstrip("%")) for row in table.rows]
    assert sum(shares) == pytest.approx(100.0, abs=0.01)


def test_whom_to_consult_is_marked(result):
    found = tables(result, "zh", "L01")
    table = next(table for title, table in found.items() if title.startswith("周边行政区"))
    asked = {row[0].note for row in table.rows if row[4].text == "应会商"}
    assert asked == {"990101", "990102"}  # the road crosses both


def test_an_entry_in_words_is_shown_with_what_it_borders_on(result):
    (row,) = tables(result, "zh", "P46")[titled("zh", "candidate", 1)].rows
    assert "农药厂" in row[0].text
    assert "东至" in row[1].note
    assert row[2].text == "名称"


def amount(text):
    """A headroom as the report writes it: percent, metres, or kilometres from ten on."""
    number, unit = text.split()
    return float(number.replace(",", "")) * {"m": 1.0, "km": 1000.0, "%": 1.0}[unit]


def test_headroom_is_told_nearest_first(result):
    every = list(result.further["pass"].where("site_id", "P60").rows())
    table = tables(result, "en", "P60")[titled("en", "pass", len(every))]
    exact = sorted(
        (row["headroom"], row["unit"])
        for row in every
        if row["certainty"] in ("exact", "partly_mapped")
    )
    assert len(table.rows) == MOST_PASSES
    assert any(row["certainty"] == "none" for row in every)  # the raster's classes
    told = [row[2].text for row in table.rows][: len(exact)]
    least = [headroom for headroom, _ in exact][:MOST_PASSES]
    assert list(map(amount, told)) == pytest.approx(least, rel=1e-3)
    assert ["%" in text for text in told] == [unit == "pct" for _, unit in exact][:MOST_PASSES]


def test_sources_of_drinking_water_have_their_sheets_in_the_report(result, tmp_path: Path):
    report = compose_batch_report(result.in_language("zh"), "zh", {})
    headings = {block.text for block in report.blocks if isinstance(block, Heading)}
    names = {row["source_name"] for row in result.further["site_source"].rows()}
    assert names
    assert names <= headings
    write_html(tmp_path / "report.html", report)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "准入清单条款逐条对照" in text
    assert "名录疑似匹配" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_of_sources_lists_them_before_their_sheets(result, language):
    report = compose(PaperKind.SOURCES, result.in_language(language), language, {})
    rows = list(result.further["site_source"].rows())
    listed = next(block for block in report.blocks if isinstance(block, Table))
    codes = sorted({row["source_code"] for row in rows})
    assert [row[1].text for row in listed.rows] == codes
    for _, code, *_others, inside, near in listed.rows:
        own = [bool(row["level"]) for row in rows if row["source_code"] == code.text]
        assert (inside.text, near.text) == (str(sum(own)), str(len(own) - sum(own)))
    sheets = [b for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    assert len(sheets) == len(codes)
    assert all(sheet.new_page for sheet in sheets)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_crossings_stand_by_chainage_with_the_lengths_between(result, language):
    rows = list(result.further["crossing"].where("site_id", "L02").rows())
    met = [r for r in rows if r["scope"] == "feature" and r["passage"] != "near"]
    near = [r for r in rows if r["passage"] == "near"]
    found = tables(result, language, "L02")
    crossed = found[titled(language, "crossing", len(met))]
    assert sorted(row[0].text for row in crossed.rows) == sorted(row["chainage"] for row in met)
    starts = [int(row[0].text[1:6].replace("+", "")) for row in crossed.rows]
    assert starts == sorted(starts)
    for cells in crossed.rows:
        ends = [int(end[1:].replace("+", "")) for end in cells[0].text.split("–")]
        told = f"{ends[-1] - ends[0]:,} m".replace(" ", "\N{NO-BREAK SPACE}")
        assert cells[1].text == (told if len(ends) == 2 else "—")
    assert "K0+000–K3+751" in crossed.caption
    beside = found[titled(language, "approach", len(near))]
    assert [row[0].text for row in beside.rows] == [
        row["chainage"] for row in sorted(near, key=lambda row: row["from_m"])
    ]


def test_totals_of_crossed_layers_are_the_overlaps_of_the_layers(result):
    table = tables(result, "zh", "L03")[message("report.section.crossing_totals").text("zh")]
    overlaps = {
        row["layer_id"]: row["overlap_length_m"]
        for row in result.site_layer.where("site_id", "L03").rows()
    }
    titles = {entry.title: entry.id for entry in result.catalogue.layers}
    for cells in table.rows:
        expected = overlaps[titles[cells[0].text]]
        metres = float(cells[2].text.removesuffix("\N{NO-BREAK SPACE}m").replace(",", ""))
        assert metres == pytest.approx(expected, abs=0.0051)


def test_areas_have_no_crossings(result):
    assert not any("桩号" in title for title in tables(result, "zh", "P62"))


def test_a_theme_is_without_findings_only_where_no_layer_of_it_has_any(result):
    told = result.in_language("zh")
    report = compose_batch_report(told, "zh", {})
    quiet = message("report.theme_no_findings").text("zh")
    titles = {theme.title["zh"]: theme for theme in themes()}
    roles = {layer.id: layer.role for layer in told.catalogue.layers}
    roles |= {entry.id: "access_list" for entry in told.catalogue.access_lists}

    def of(row):
        return theme_of(roles.get(row["layer_id"], row["layer_id"]))

    found = {(row["site_id"], of(row)) for row in told.finding.rows()}
    site, theme, said, seen = "", None, [], 0
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 2:
            site = block.text.rpartition("（")[2].rstrip("）")
        elif isinstance(block, Heading) and block.level == 3:
            theme = titles.get(block.text)
        elif isinstance(block, Paragraph) and block.text == quiet:
            assert (site, theme) not in found
            said.append((site, theme))
        elif isinstance(block, Facts) and block.title and theme is not None:
            assert (site, theme) in found
            seen += 1
    of_rules = {(row["site_id"], row["rule_id"], of(row))
                for row in told.finding.rows()}  # fmt: skip
    assert seen == len(of_rules), "a card for each rule in each theme that it found something in"
    assert len(said) == len(set(said)) > 100


def test_units_of_a_line_tell_its_lengths_and_features_have_no_share_of_it(result):
    table = tables(result, "en", "L02")[titled("en", "site_unit", 2)]
    rows = {row["code"]: row for row in result.further["site_unit"].where("site_id", "L02").rows()}
    for code, _, length, _ in table.rows:
        assert length.text == f"{rows[code.text]['overlap_length_m']:,.2f}\N{NO-BREAK SPACE}m"
    told = result.in_language("en")
    alone = replace(told, site_verdict=told.site_verdict.where("site_id", "L02"))
    report = compose_batch_report(alone, "en", {})
    hits = next(b for b in report.blocks if isinstance(b, Table) and len(b.columns) == 8)
    assert len(hits.rows) == len(result.hit.where("site_id", "L02"))
    assert {row[6].text for row in hits.rows} == {"—"}


def test_lists_of_which_clauses_wait_are_named(result):
    report = compose_batch_report(result.in_language("zh"), "zh", {})
    named = {row[0].text for b in report.blocks if isinstance(b, Table) for row in b.rows}
    assert "准入清单“海湾市生态环境准入清单（虚构）”" in named


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sources_tell_distances_to_the_centimetre(result, language):
    report = compose(PaperKind.SOURCES, result.in_language(language), language, {})
    told = [
        cell.text.removesuffix("\N{NO-BREAK SPACE}m")
        for table in report.blocks
        if isinstance(table, Table) and len(table.columns) == 6 and table.columns[4].align
        for row in table.rows
        for cell in row[3:5]
        if cell.text.endswith("\N{NO-BREAK SPACE}m")
    ]
    assert told
    assert all(len(text.partition(".")[2]) == 2 for text in told)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_site_meets_is_not_told_as_a_distance(result, language):
    told = result.in_language(language)
    near = {"zh": "0.00 米", "en": "lies 0.00 m"}[language]
    meets = {"zh": "相接或重叠", "en": "The site meets"}[language]
    rows = [r for r in told.finding.rows() if r["unit"] == "m" and r["measured"] == 0]
    assert any(meets in row["message"] for row in rows)
    assert not [row["message"] for row in told.finding.rows() if near in row["message"]]
