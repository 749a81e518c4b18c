# SPDX-License-Identifier: GPL-2.0-or-later
"""The legend of a sheet: only what is on it, what the site meets apart from the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.layout.record import SiteRecord
from eco_onemap.layout.sheet import (
    Ground,
    LayerContent,
    LegendEntry,
    LegendGroup,
    SheetContent,
)
from eco_onemap.layout.style_table import role_style
from eco_onemap.layout.wording import Say

SITE, OVERLAP, RINGS = "@site", "@overlap", "@rings"
NEAREST, UNMAPPED = "@nearest", "@unmapped"
"""Names of the overlays, which stand in the legend beside the catalogue's layers."""


def legend_groups(
    record: SiteRecord, ground: Ground, content: SheetContent, say: Say
) -> tuple[LegendGroup, ...]:
    """Return the groups that have entries: the analysis, on the site, also on the sheet."""
    groups = (
        LegendGroup(say("group.analysis"), tuple(_overlays(ground, content, say))),
        LegendGroup(say("group.on_site"), tuple(_layers(record, content, True, say))),
        LegendGroup(say("group.also"), tuple(_layers(record, content, False, say))),
    )
    return tuple(group for group in groups if group.entries)


def _overlays(ground: Ground, content: SheetContent, say: Say) -> Iterator[LegendEntry]:
    yield LegendEntry(SITE, 0, say("legend.site"))
    if ground.overlaps:
        yield LegendEntry(OVERLAP, 0, say("legend.overlap"))
    if ground.rings:
        distances = "/".join(f"{ring.distance_m:g}" for ring in ground.rings) + "\u00a0m"
        yield LegendEntry(RINGS, 0, say("legend.rings", distances=distances))
    if content.nearest:
        yield LegendEntry(NEAREST, 0, say("legend.nearest"))
    hatched = [part for part in content.unmapped if not part.is_whole]
    titles = dict.fromkeys(title for part in hatched for title in part.titles)
    if titles:
        yield LegendEntry(UNMAPPED, 0, say("legend.unmapped", titles=say.listed(titles)))
    if not all(part.titles for part in hatched):
        yield LegendEntry(UNMAPPED, 0, say("legend.outside"))


def _layers(
    record: SiteRecord, content: SheetContent, on_site: bool, say: Say
) -> Iterator[LegendEntry]:
    """Yield the entries of layers that the site meets, or of the others; topmost first."""
    for layer in reversed(content.layers):
        for symbol, label in layer.on_sheet.items():
            if (symbol in layer.on_site) is on_site:
                text = _entry_text(record, layer, label, say)
                yield LegendEntry(layer.key or layer.layer_id, symbol, text)


def _entry_text(record: SiteRecord, layer: LayerContent, label: str, say: Say) -> str:
    entry = record.entries[layer.layer_id]
    if not label:
        return entry.title
    if record.language == "en":
        label = role_style(entry.role).english.get(label, label)
    return say("class", title=entry.title, label=label)
