# SPDX-License-Identifier: GPL-2.0-or-later
"""A site theme by theme: its layers in three lists, what rules say of it, and its own tables."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.outputs.report.blocks import Block, Heading, Notice, Paragraph, Tone
from eco_onemap.outputs.report.finding_cards import finding_cards
from eco_onemap.outputs.report.further_tables import (
    candidate_sections,
    neighbour_sections,
    unit_sections,
)
from eco_onemap.outputs.report.layer_lists import class_tables, layer_lists
from eco_onemap.outputs.report.material import Material
from eco_onemap.outputs.report.target_section import target_section
from eco_onemap.outputs.report.theme_summary import layers_by_theme
from eco_onemap.outputs.report.themes import theme_title, themes

_TABLES = {
    "control": unit_sections,
    "soil": candidate_sections,
    "targets": target_section,
    "borders": neighbour_sections,
}
"""The themes that have tables of their own, beside those of layers."""


def theme_sections(material: Material, site_id: str, level: int) -> Iterator[Block]:
    """Yield a section for each theme, its heading of *level*; none is left out.

    A theme without a layer says that it was not checked. The last one, of what belongs to no
    theme, stands only where there is something in it.
    """
    say, terms = material.say, material.assessment.options.terms
    cards = finding_cards(material, site_id)
    for theme, layers in layers_by_theme(material, site_id).items():
        is_empty = not layers and not cards.get(theme)
        if is_empty and theme is themes()[-1]:
            continue
        yield Heading(theme_title(theme, terms, say.language), level)
        if is_empty:
            yield Notice(say("theme_not_checked"), (say("theme_not_checked.why"),), Tone.NO_DATA)
        yield from layer_lists(material, site_id, layers)
        yield from class_tables(material, site_id, layers)
        yield from cards.get(theme, ())
        if layers and not cards.get(theme):
            yield Paragraph(say("theme_no_findings"))
        if theme.id in _TABLES:
            yield from _TABLES[theme.id](material, site_id, level + 1)
