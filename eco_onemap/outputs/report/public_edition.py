# SPDX-License-Identifier: GPL-2.0-or-later
"""The edition for the public (公众版): themes and offices to ask; no boundary, number or code.

Layers that are not public are named by their theme only; what a site takes of them, which
feature it meets and how far away it lies stays out, as does the record of the run. Such a report
carries no data to verify it by: they would hold what it leaves out.
"""

from __future__ import annotations

from dataclasses import replace

from eco_onemap.core.layers.catalogue import LayerEntry, Secrecy
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import LayerStatus
from eco_onemap.outputs.report.blocks import (
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
from eco_onemap.outputs.report.departments import department_of
from eco_onemap.outputs.report.material import Material, Row, gather
from eco_onemap.outputs.report.papers import paper
from eco_onemap.outputs.report.wording import Wording, or_dash, tone_of


def public_checklist(assessment: Assessment, language: str) -> tuple[str, ...]:
    """Return what a person has to look at before the edition for the public is written."""
    say = Wording(language)
    entries = assessment.catalogue.layers
    named = [entry.title for entry in entries if entry.secrecy is Secrecy.PUBLIC]
    hidden = [entry.title for entry in entries if entry.secrecy is not Secrecy.PUBLIC]
    return (
        say("public.check.layers", layers=or_dash(say.listed(named))),
        say("public.check.hidden", layers=or_dash(say.listed(hidden))),
        say("public.check.names", n=len(assessment.sites)),
        say("public.check.people"),
        say("public.check.maps"),
    )


def compose_public_edition(
    assessment: Assessment, language: str, most_sites: int, released_by: str = ""
) -> Report:
    """Return the edition for the public; released_by: who went through the checklist."""
    material = gather(assessment, language, {}, most_sites)
    say = material.say
    blocks: list[Block] = [
        Paragraph(say("public.intro")),
        Heading(say("public.sites")),
        _sites(material),
        Heading(say("public.not_known")),
        Items(tuple(_unknown(material))),
        Heading(say("public.limits")),
        Items((say("disclaimer.screening"), say("disclaimer.own_data"), say("disclaimer.redo"))),
        Heading(say("public.release")),
        Facts(
            (
                (say("public.released_by"), Cell(released_by or "________")),
                (say("public.map_number"), Cell(say("public.map_number_blank"))),
            )
        ),
    ]
    made = paper(material, say("public.title"), blocks)
    return replace(made, mark=say("public.mark"), watermark=say("public.watermark"))


def _sites(material: Material) -> Table:
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.site"), 2),
            TableColumn(say("column.verdict"), 2),
            TableColumn(say("public.themes"), 4),
            TableColumn(say("public.offices"), 3),
        ),
        rows=tuple(_site(material, site) for site in material.sites),
        caption=say("public.caption"),
        striped=False,
    )


def _site(material: Material, site: Row) -> tuple[Cell, ...]:
    say = material.say
    met = [
        entry
        for row in material.layers.get(site["site_id"], [])
        if row["status"] == LayerStatus.HIT.value and (entry := material.entry(row["layer_id"]))
    ]
    themes = dict.fromkeys(_theme(material, entry) for entry in met)
    offices = dict.fromkeys(say.spoken(department_of(entry.role).title) for entry in met)
    return (
        Cell(site["name"] or site["site_id"]),
        Cell(say.verdict(site["verdict"]), tone=tone_of(site["verdict"])),
        Cell(or_dash(say.listed(themes))),
        Cell(or_dash(say.listed(offices))),
    )


def _theme(material: Material, entry: LayerEntry) -> str:
    """Return a public layer's title, of any other the theme alone."""
    if entry.secrecy is Secrecy.PUBLIC:
        return entry.title
    return material.say("public.theme", theme=material.say.word("role", entry.role))


def _unknown(material: Material) -> list[str]:
    """Return the themes on which something is not known at some sites."""
    known = {LayerStatus.HIT.value, LayerStatus.NO_HIT.value, LayerStatus.NOT_APPLICABLE.value}
    counts: dict[str, int] = {}
    for rows in material.layers.values():
        lacking = {row["layer_id"] for row in rows if row["status"] not in known}
        for layer_id in lacking:
            entry = material.entry(layer_id)
            if entry is not None:
                theme = _theme(material, entry)
                counts[theme] = counts.get(theme, 0) + 1
    say = material.say
    told = [say("public.lacking", theme=theme, n=n) for theme, n in sorted(counts.items())]
    return [*told, say("not_checked.outside_catalogue")]
