# SPDX-License-Identifier: GPL-2.0-or-later
"""The themes of a report, in the order of an environmental impact file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from eco_onemap.core.zoning.vocabulary import Terms, term
from eco_onemap.paths import resource

ZONING = "control"
"""The theme with two names: 三线一单, and 生态环境分区管控 since 2024."""


@dataclass(frozen=True, eq=False)
class Theme:
    """What belongs together in a report: the roles of layers; titles by language."""

    id: str
    title: Mapping[str, str]
    roles: frozenset[str]


@cache
def themes() -> tuple[Theme, ...]:
    """Return the themes of ``resources/report_themes.yaml``; the last takes what is left."""
    told = yaml.safe_load(resource("report_themes.yaml").read_text(encoding="utf-8"))
    return tuple(Theme(one["id"], one["title"], frozenset(one["roles"])) for one in told)


def theme_title(theme: Theme, terms: Terms, language: str) -> str:
    """Return a theme's title; zoning control is called by the word of a vocabulary."""
    if theme.id != ZONING:
        return theme.title[language]
    title = term(terms, "system").text(language)
    return title[:1].upper() + title[1:]


def theme_of(role: str) -> Theme:
    """Return the theme that a role belongs to."""
    known = themes()
    return next((theme for theme in known if role in theme.roles), known[-1])
