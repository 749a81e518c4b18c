# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report tells of each site: verdict, facts and map, then theme by theme what was found."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.outputs import formatting
from eco_onemap.outputs.report.blocks import Block, Cell, Facts, Figure, Heading, Notice, Paragraph
from eco_onemap.outputs.report.boundary_points import degrees
from eco_onemap.outputs.report.conclusion import deciding_law, site_anchor
from eco_onemap.outputs.report.crossings import crossing_sections
from eco_onemap.outputs.report.further_tables import pass_sections
from eco_onemap.outputs.report.gaps import gaps_table, is_layer
from eco_onemap.outputs.report.material import EVERY_SITE, Material, Row
from eco_onemap.outputs.report.theme_chapters import theme_sections
from eco_onemap.outputs.report.theme_summary import theme_summary
from eco_onemap.outputs.report.wording import tone_of


def sites_chapter(material: Material) -> Iterator[Block]:
    """Yield a section for each site of several."""
    say = material.say
    yield Heading(say("chapter.sites"), anchor="sites", new_page=True)
    if not material.maps:
        yield Paragraph(say("no_maps"))
    for number, site in enumerate(material.sites, start=1):
        yield Heading(_title(material, site), 2, site_anchor(number), new_page=number > 1)
        yield from _about(material, number, site)
        yield Heading(say("section.themes"), 3)
        yield theme_summary(material, site["site_id"])
        yield from _found(material, site["site_id"], 3)
        yield from site_gaps(material, site["site_id"], 3)
        yield from other_gaps(material, site["site_id"])


def project_chapter(material: Material) -> Iterator[Block]:
    """Yield the chapter on what the only site of a report is."""
    (site,) = material.sites
    yield Heading(material.say("chapter.project"), 1, site_anchor(1), new_page=True)
    yield Heading(_title(material, site), 2)
    if not material.maps:
        yield Paragraph(material.say("no_maps"))
    yield from _about(material, 1, site)


def found_chapters(material: Material) -> Iterator[Block]:
    """Yield a chapter for each theme of the only site of a report, and on what it passed."""
    (site,) = material.sites
    yield from _found(material, site["site_id"], 1)


def _title(material: Material, site: Row) -> str:
    return material.say("site_title", id=site["site_id"], name=site["name"]).strip()


def _about(material: Material, number: int, site: Row) -> Iterator[Block]:
    """Yield a site's verdict, facts and map."""
    say, site_id = material.say, site["site_id"]
    yield _verdict(material, site)
    yield _facts(material, site)
    if site_id in material.maps:
        caption = say("caption.map", number=number, name=site["name"] or site_id)
        yield Figure(material.maps[site_id], caption)


def _found(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield what was found at a site, theme by theme, along its line, and what it passed."""
    if not material.findings.get(site_id):
        yield Paragraph(material.say("no_findings"))
    yield from theme_sections(material, site_id, level)
    yield from crossing_sections(material, site_id, level)
    yield from pass_sections(material, site_id, level)


def _verdict(material: Material, site: Row) -> Notice:
    """Return the verdict in one full sentence whose verb carries the severity."""
    say, verdict = material.say, site["verdict"]
    rule, law = site["deciding_rule"], deciding_law(material, site)
    lines = [say(f"sentence.{verdict}")]
    if rule:
        key = "sentence.decided_by_law" if law else "sentence.decided_by"
        lines.append(say(key, rule=material.rule_title(rule), law=law))
    elif verdict == Verdict.NO_DATA.value:
        lines.append(site["reason"])
    return Notice(say.verdict(verdict), tuple(lines), tone_of(verdict))


def _facts(material: Material, site: Row) -> Facts:
    site_id = site["site_id"]
    rows = [*_sizes(material, site), *_middle(material, site_id), *_project(material, site_id)]
    if site["unmapped_share"] > 0:
        share = formatting.percent(100 * site["unmapped_share"])
        rows.append((material.say("fact.unmapped"), Cell(share)))
    if site["repaired"]:
        rows.append((material.say("fact.repaired"), Cell(site["repaired"])))
    return Facts(tuple(rows), pairs=2)


def _sizes(material: Material, site: Row) -> Iterator[tuple[str, Cell]]:
    """Yield area and length; the area on the ellipsoid counts, the others stand beside it."""
    say = material.say
    if site["area_ellipsoid_m2"] > 0:
        yield say("fact.area"), say.area(site["area_ellipsoid_m2"])
    if site["area_planar_m2"] > 0:
        yield say("fact.planar_area", crs=site["planar_crs"]), _planar(material, site)
    if site["declared_area_m2"] > 0:
        yield say("fact.declared_area"), _declared(material, site)
    if site["length_m"] > 0:
        yield say("fact.length"), Cell(formatting.metres(site["length_m"]))


def _middle(material: Material, site_id: str) -> Iterator[tuple[str, Cell]]:
    """Yield the centre of gravity of a site's ground in CGCS2000, to a thousandth of a second."""
    say, sites = material.say, material.assessment.sites
    (geometry,) = sites.geometries[sites.ids == site_id]
    if geometry is None or geometry.is_empty:
        return
    middle = geometry.centroid
    told = say("middle", longitude=degrees(middle.x), latitude=degrees(middle.y))
    yield say("fact.middle"), Cell(told)


def _planar(material: Material, site: Row) -> Cell:
    planar, measured = site["area_planar_m2"], site["area_ellipsoid_m2"]
    note = material.say("planar_difference", **_difference(planar, measured))
    return Cell(formatting.square_metres(planar), note)


def _declared(material: Material, site: Row) -> Cell:
    declared, measured = site["declared_area_m2"], site["area_ellipsoid_m2"]
    if not measured > 0:
        return material.say.area(declared)
    note = material.say("declared_difference", **_difference(declared, measured))
    return Cell(formatting.square_metres(declared), note)


def _difference(area_m2: float, measured_m2: float) -> dict[str, str]:
    """Return by how much an area differs from the measured one, the one on the ellipsoid."""
    difference = area_m2 - measured_m2
    size = abs(difference)
    return {
        "area": _signed(formatting.square_metres(size), difference),
        "share": _signed(formatting.percent(100 * size / measured_m2), difference),
    }


def _signed(size: str, difference: float) -> str:
    """Return the text of a difference with its sign; none where it is less than what is written."""
    if size.startswith("<") or not difference:
        return size
    return f"{'+' if difference > 0 else '−'}{size}"


def _project(material: Material, site_id: str) -> Iterator[tuple[str, Cell]]:
    """Yield what is known of the project: rules ask for it."""
    say, facts = material.say, material.facts[site_id]
    tags = say.words("tag", sorted(facts.tags | material.assessment.options.tags))
    denied = say.words("tag", sorted(facts.not_tags))
    known = (
        ("fact.industry", facts.industry),
        ("fact.planned_use", say.word("use", facts.planned_use)),
        ("fact.stage", say.word("stage", facts.stage)),
        ("fact.tags", tags or say("nothing_stated")),
        ("fact.not_tags", denied),
    )
    yield from ((say(key), Cell(text)) for key, text in known if text)


def site_gaps(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield the rules not evaluated at the site; layers stand in the list without data."""
    say = material.say
    gaps = [gap for gap in material.gaps.get(site_id, []) if not is_layer(gap)]
    if gaps:
        yield Heading(say("section.gaps"), level)
        yield gaps_table(material, gaps)


def other_gaps(material: Material, site_id: str) -> Iterator[Block]:
    """Yield where the rules are told that were evaluated nowhere, or that all were evaluated."""
    say = material.say
    gaps = [gap for gap in material.gaps.get(site_id, []) if not is_layer(gap)]
    everywhere = sum(not is_layer(gap) for gap in material.gaps.get(EVERY_SITE, []))
    if everywhere:
        yield Paragraph(say("gaps_everywhere", n=everywhere))
    elif not gaps:
        yield Paragraph(say("no_gaps"))
