# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet per department for talks before the application (事前沟通单), with its points only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from eco_onemap.core.law.setting_aside import SET_ASIDE
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Facts,
    Heading,
    Items,
    Paragraph,
    Report,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.gaps import is_layer, subject
from eco_onemap.outputs.report.material import EVERY_SITE, Material, Row, gather
from eco_onemap.outputs.report.papers import paper
from eco_onemap.outputs.report.wording import Wording, or_dash, tone_of
from eco_onemap.paths import resource


@dataclass(frozen=True)
class Department:
    """An office: the roles of layers that it answers for, what to ask it, what to bring."""

    id: str
    title: Mapping[str, str]
    roles: frozenset[str]
    ask: Mapping[str, str]
    bring: Mapping[str, Sequence[str]]


@cache
def departments() -> tuple[Department, ...]:
    """Return the departments of ``resources/departments.yaml``; the last takes what is left."""
    told = yaml.safe_load(resource("departments.yaml").read_text(encoding="utf-8"))
    return tuple(
        Department(**{**one, "roles": frozenset(one["roles"])}) for one in told["departments"]
    )


def compose_department_sheets(assessment: Assessment, language: str, most_sites: int) -> Report:
    """Return the sheets of all departments that have something to answer, worst sites first."""
    material = gather(assessment, language, {}, most_sites)
    say = material.say
    sheets = [
        sheet
        for department in departments()
        if (
            sheet := _Sheet(
                department, tuple(_findings(material, department)), _gaps(material, department)
            )
        ).has_points
    ]
    blocks: list[Block] = [Paragraph(say("department.intro"))]
    blocks.append(_list(say, sheets) if sheets else Paragraph(say("department.nothing")))
    for sheet in sheets:
        blocks += _blocks(material, sheet)
    return paper(material, material.say("department.title"), blocks)


def department_of(role: str) -> Department:
    """Return the department that answers for a role."""
    known = departments()
    return next((one for one in known if role in one.roles), known[-1])


@dataclass(frozen=True)
class _Sheet:
    """What a department is asked: findings with their sites, and data that lack."""

    department: Department
    findings: tuple[tuple[Row, Row], ...]
    gaps: list[Row]

    @property
    def has_points(self) -> bool:
        return bool(self.findings or self.gaps)


def _list(say: Wording, sheets: Sequence[_Sheet]) -> Table:
    """Return the departments that have something to answer, with how much."""
    return Table(
        columns=(
            TableColumn(say("department.office"), 4),
            TableColumn(say("fact.sites"), 1, Align.RIGHT),
            TableColumn(say("comparison.findings"), 1, Align.RIGHT),
            TableColumn(say("department.worst"), 2),
        ),
        rows=tuple(
            (
                Cell(say.spoken(sheet.department.title)),
                Cell(str(len({site["site_id"] for site, _ in sheet.findings}))),
                Cell(str(len(sheet.findings))),
                _worst(say, sheet),
            )
            for sheet in sheets
        ),
        caption=say("department.list"),
    )


def _worst(say: Wording, sheet: _Sheet) -> Cell:
    verdicts = [row["verdict"] for _, row in sheet.findings]
    if not verdicts:
        return Cell(say("department.gaps"))
    worst = max(verdicts, key=lambda verdict: SEVERITY[Verdict(verdict)])
    return Cell(say.verdict(worst), tone=tone_of(worst))


def _blocks(material: Material, sheet: _Sheet) -> Iterator[Block]:
    """Yield a sheet: whom to ask and what, what to bring, the points, room for the answer."""
    say, department = material.say, sheet.department
    yield Heading(say.spoken(department.title), new_page=True)
    yield Facts(
        ((say("fact.as_of"), Cell(material.assessment.options.as_of.isoformat())),),
        to_fill=(say("department.asked_by"), say("department.asked_on")),
    )
    yield Paragraph(say.spoken(department.ask))
    yield Heading(say("department.bring"), 3)
    yield Items(tuple(department.bring.get(say.language, ())), numbered=True)
    yield Heading(say("department.points"), 3)
    yield _findings_table(material, sheet.findings)
    if sheet.gaps:
        yield _gaps_table(material, sheet.gaps)
    yield Facts((), to_fill=(say("department.answer"), say("department.signature")))


def _findings(material: Material, department: Department) -> Iterator[tuple[Row, Row]]:
    """Yield each site with its findings on layers of the department, that nobody set aside."""
    for site in material.sites:
        rows = material.findings.get(site["site_id"], [])
        own = [
            row
            for row in rows
            if row["override"] != SET_ASIDE and _department(material, row["layer_id"]) is department
        ]
        for row in sorted(own, key=lambda row: -SEVERITY[Verdict(row["verdict"])]):
            yield site, row


def _department(material: Material, layer_id: str) -> Department:
    entry = material.entry(layer_id)
    return department_of(entry.role if entry else layer_id)


def _gaps(material: Material, department: Department) -> list[Row]:
    """Return the layers of the department that lack data everywhere or at some sites."""
    rows = [gap for site in (EVERY_SITE, *material.layers) for gap in material.gaps.get(site, [])]
    return [
        gap
        for gap in rows
        if is_layer(gap) and _department(material, gap["what"].split(":", 1)[1]) is department
    ]


def _findings_table(material: Material, findings: Sequence[tuple[Row, Row]]) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.site"), 2),
            TableColumn(say("fact.finding"), 4.5),
            TableColumn(say("column.verdict"), 1.8),
            TableColumn(say("column.law"), 2.4),
        ),
        rows=tuple(_finding(material, site, row) for site, row in findings),
        caption=say("department.caption"),
        empty=say("department.no_findings"),
        to_fill=(TableColumn(say("department.reply"), 2),),
    )


def _finding(material: Material, site: Row, row: Row) -> tuple[Cell, ...]:
    verdict: Any = row["verdict"]
    return (
        Cell(site["name"] or site["site_id"], site["site_id"]),
        Cell(row["message"], material.rule_title(row["rule_id"])),
        Cell(material.say.verdict(verdict), tone=tone_of(verdict)),
        Cell(or_dash(row["citation"])),
    )


def _gaps_table(material: Material, gaps: Sequence[Row]) -> Table:
    """Return what data are missing, each once with the number of sites."""
    say = material.say
    sites: dict[tuple[str, str], set[str]] = {}
    for gap in gaps:
        sites.setdefault((subject(material, gap), gap["why"]), set()).add(gap["site_id"])
    return Table(
        columns=(
            TableColumn(say("column.what"), 3),
            TableColumn(say("column.why"), 5),
            TableColumn(say("fact.sites"), 1, Align.RIGHT),
        ),
        rows=tuple(
            (Cell(what), Cell(why), Cell(_count(material, where)))
            for (what, why), where in sites.items()
        ),
        caption=say("department.gaps"),
    )


def _count(material: Material, where: set[str]) -> str:
    return str(len(material.sites) if EVERY_SITE in where else len(where))
