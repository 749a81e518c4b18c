# SPDX-License-Identifier: GPL-2.0-or-later
"""Project tags that imply others: the kinds of limited activity, of sensitive places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import yaml

from eco_onemap.core.options import parse_tags
from eco_onemap.paths import resource


@cache
def special_tags() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return a general tag to those that imply it, each with its titles by language code.

    They stand in ``resources/project_tags.yaml``.
    """
    text = resource("project_tags.yaml").read_text(encoding="utf-8")
    kinds: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(text)
    return kinds


@cache
def implied_tags() -> Mapping[str, str]:
    """Return a special tag to the general one that it implies."""
    kinds = special_tags()
    return {special: general for general, special_ones in kinds.items() for special in special_ones}


def imply(tags: Iterable[str]) -> frozenset[str]:
    """Return the tags with all that they imply."""
    stated = frozenset(tags)
    return stated | {implied_tags()[tag] for tag in stated if tag in implied_tags()}


def stated_tags(text: str) -> frozenset[str]:
    """Return the tags written as ``limited_patrol,new`` with all that they imply."""
    return imply(parse_tags(text))
