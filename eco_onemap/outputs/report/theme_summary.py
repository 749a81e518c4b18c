# SPDX-License-Identifier: GPL-2.0-or-later
"""A site theme by theme, in one table: conclusion, area or distance, rules; no theme left out."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.core.law.setting_aside import SET_ASIDE
from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import Align, Cell, Table, TableColumn, Tone
from eco_onemap.outputs.report.hit_list import overlap_cell
from eco_onemap.outputs.report.material import Material, Row
from eco_onemap.outputs.report.themes import Theme, theme_of, theme_title, themes
from eco_onemap.outputs.report.wording import or_dash, tone_of

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


def rule_theme(material: Material, findings: list[Row]) -> Theme:
    """Return the theme that findings of a rule are about: that of their layer."""
    layer = str(findings[0]["layer_id"])
    entry = material.entry(layer)
    return theme_of(entry.role if entry else layer)


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
        if not rows and theme is not _LAST:
            missing = Cell(say("theme_without_layer"), tone=Tone.NO_DATA)
            yield Cell(title), Cell(NO_VALUE), missing, *[Cell(NO_VALUE)] * 3
        for number, row in enumerate(rows):
            yield Cell("" if number else title), *_layer(material, site_id, row)


def _layer(material: Material, site_id: str, row: Row) -> tuple[Cell, ...]:
    findings = [
        one
        for one in material.findings.get(site_id, [])
        if one["layer_id"] == row["layer_id"] and one["override"] != SET_ASIDE
    ]
    worst = max((one["verdict"] for one in findings), key=_severity, default="")
    verdict = Cell(material.say.verdict(worst), tone=tone_of(worst)) if worst else Cell(NO_VALUE)
    rules = dict.fromkeys(one["rule_id"] for one in findings)
    return (
        Cell(material.layer_title(row["layer_id"])),
        _status(material, row),
        _measure(material, row),
        verdict,
        Cell(or_dash(material.say.listed(rules))),
    )


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
