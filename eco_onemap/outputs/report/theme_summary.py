# SPDX-License-Identifier: GPL-2.0-or-later
"""A site theme by theme, in one table: conclusion, area or distance, rules; no theme left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from eco_onemap.core.law.setting_aside import SET_ASIDE
from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import Align, Cell, Table, TableColumn, Tone
from eco_onemap.outputs.report.hit_list import overlap_cell
from eco_onemap.outputs.report.material import Material, Row
from eco_onemap.outputs.report.themes import Theme, theme_of, theme_title, themes
from eco_onemap.outputs.report.wording import or_dash, tone_of

ACCESS_LIST = "access_list"
"""The role of an access list among those of layers."""

_LAST = themes()[-1]


def theme_summary(material: Material, site_id: str) -> Table:
    """Return a row for each layer below its theme; a theme without a layer says so."""
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.theme"), 2.2),
            TableColumn(say("column.layer"), 2.6),
            TableColumn(say("column.status"), 2),
            TableColumn(say("column.measure"), 2.4, Align.RIGHT),
            TableColumn(say("column.verdict"), 2),
            TableColumn(say("column.rules_of_theme"), 1.4),
        ),
        rows=tuple(_rows(material, site_id)),
        caption=say("caption.themes"),
    )


def layer_theme(material: Material, layer_id: str) -> Theme:
    """Return the theme that a layer, or an access list, belongs to."""
    if layer_id in {entry.id for entry in material.assessment.catalogue.access_lists}:
        return theme_of(ACCESS_LIST)
    entry = material.entry(layer_id)
    return theme_of(entry.role if entry else layer_id)


def layers_by_theme(material: Material, site_id: str) -> dict[Theme, list[Row]]:
    """Return the rows of ``site_layer`` of a site by theme; each theme is there, in order."""
    by_theme: dict[Theme, list[Row]] = {theme: [] for theme in themes()}
    for row in material.layers.get(site_id, []):
        by_theme[theme_of(row["role"])].append(row)
    return by_theme


def _rows(material: Material, site_id: str) -> Iterator[tuple[Cell, ...]]:
    say = material.say
    for theme, rows in layers_by_theme(material, site_id).items():
        title = theme_title(theme, material.assessment.options.terms, say.language)
        told = [_layer(material, site_id, row) for row in rows]
        told += _lists(material, site_id, theme, {row["layer_id"] for row in rows})
        if not told and theme is not _LAST:
            missing = Cell(say("theme_without_layer"), tone=Tone.NO_DATA)
            told = [(Cell(NO_VALUE), missing, *[Cell(NO_VALUE)] * 3)]
        for number, cells in enumerate(told):
            yield Cell("" if number else title), *cells


def _layer(material: Material, site_id: str, row: Row) -> tuple[Cell, ...]:
    return (
        Cell(material.layer_title(row["layer_id"])),
        _status(material, row),
        _measure(material, row),
        *_findings(material, site_id, row["layer_id"]),
    )


def _lists(
    material: Material, site_id: str, theme: Theme, layers: Collection[str]
) -> Iterator[tuple[Cell, ...]]:
    """Yield what has findings in a theme and is no layer of it: lists, intakes downstream."""
    found = [row["layer_id"] for row in material.findings.get(site_id, [])]
    for name in dict.fromkeys(found):
        if name not in layers and layer_theme(material, name) is theme:
            title = material.layer_title(name)
            named = Cell(material.say.word("role", name) if title == name else title)
            yield named, *[Cell(NO_VALUE)] * 2, *_findings(material, site_id, name)


def _findings(material: Material, site_id: str, layer_id: str) -> tuple[Cell, Cell]:
    """Return the worst verdict of the findings on a layer that count, and their rules."""
    findings = [
        one
        for one in material.findings.get(site_id, [])
        if one["layer_id"] == layer_id and one["override"] != SET_ASIDE
    ]
    worst = max((one["verdict"] for one in findings), key=_severity, default="")
    verdict = Cell(material.say.verdict(worst), tone=tone_of(worst)) if worst else Cell(NO_VALUE)
    rules = dict.fromkeys(one["rule_id"] for one in findings)
    return verdict, Cell(or_dash(material.say.listed(rules)))


def _severity(verdict: str) -> int:
    return SEVERITY[Verdict(verdict)]


def _status(material: Material, row: Row) -> Cell:
    known = {LayerStatus.HIT.value, LayerStatus.NO_HIT.value, LayerStatus.NOT_APPLICABLE.value}
    tone = Tone.PLAIN if row["status"] in known else Tone.NO_DATA
    return Cell(material.say.word("status", row["status"]), tone=tone)


def _measure(material: Material, row: Row) -> Cell:
    """Return what the site takes of a layer, or else how far away it is."""
    if row["status"] == LayerStatus.HIT.value:
        return overlap_cell(material, row)
    return Cell(formatting.metres(row["nearest_m"]))
