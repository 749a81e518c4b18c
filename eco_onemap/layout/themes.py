# SPDX-License-Identifier: GPL-2.0-or-later
"""The themes by which the layers of a one map are grouped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.layout.style_table import role_style
from eco_onemap.paths import resource


@dataclass(frozen=True, eq=False)
class Theme:
    """A group of roles; titles by language."""

    name: str
    titles: Mapping[str, str]
    roles: tuple[str, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """Return all themes, top of the layer tree first; the last takes what is in no other."""
    table = yaml.safe_load(resource("styles", "themes.yaml").read_text(encoding="utf-8"))
    return tuple(
        Theme(name, entry["title"], tuple(entry["roles"])) for name, entry in table.items()
    )


def theme_of(role: str) -> Theme:
    """Return the theme that a role stands in."""
    return next((theme for theme in themes() if role in theme.roles), themes()[-1])


def by_theme(entries: Sequence[LayerEntry]) -> Mapping[Theme, list[LayerEntry]]:
    """Return the entries of each theme that has some, top of the map first."""
    grouped: dict[Theme, list[LayerEntry]] = {theme: [] for theme in themes()}
    for entry in sorted(entries, key=lambda entry: -role_style(entry.role).rank):
        grouped[theme_of(entry.role)].append(entry)
    return {theme: found for theme, found in grouped.items() if found}
