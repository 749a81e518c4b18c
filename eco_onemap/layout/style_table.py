# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of styles, one entry per role: drawing order, importance, labels and class names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.paths import resource

GEOMETRIES = ("polygon", "line", "point")
UNKNOWN_ROLE = "other"
NAMES_FROM = 100_000.0
USUAL_SCHEME = "redline"
"""The colour scheme whose styles lie in the folder itself; others keep what differs in theirs."""


@dataclass(frozen=True)
class RoleStyle:
    """How layers of a role are shown.

    rank: drawing order, 1 at the bottom.
    constraint: importance of the nearest feature, 1 first, 0 for never.
    label: internal attribute that names features on a map, "" for none.
    by: internal attribute that tells the classes apart, "" for one symbol.
    geometries: kinds of geometry that the role has symbols for, the usual one first.
    shown_from, names_from: in the window, the scale (its denominator) from which on features and
        their names are shown; 0 for features that are always shown.
    english: class labels by their Chinese ones, as they stand in the QML.
    """

    role: str
    rank: int
    constraint: int
    label: str
    by: str
    geometries: tuple[str, ...]
    shown_from: float
    names_from: float
    english: Mapping[str, str]


@cache
def role_styles() -> Mapping[str, RoleStyle]:
    """Return the styles of all roles, read once."""
    table = yaml.safe_load(resource("styles", "styles.yaml").read_text(encoding="utf-8"))
    return {role: _role_style(role, entry) for role, entry in table.items()}


def _role_style(role: str, entry: Mapping[str, Any]) -> RoleStyle:
    labels = [item["label"] for item in entry.get("classes", ())]
    labels += [entry["other"]] if "other" in entry else []
    return RoleStyle(
        role=role,
        rank=entry["rank"],
        constraint=entry["constraint"],
        label=entry["label"],
        by=entry.get("by", ""),
        geometries=tuple(key for key in entry if key in GEOMETRIES),
        shown_from=float(entry.get("from", 0.0)),
        names_from=float(entry.get("names_from", NAMES_FROM)),
        english=dict(labels),
    )


def role_style(role: str) -> RoleStyle:
    """Return the style of a role; free roles get the one of ``other``."""
    styles = role_styles()
    return styles.get(role, styles[UNKNOWN_ROLE])


def source_field(entry: LayerEntry, internal: str) -> str:
    """Return the source's own field name of an internal attribute."""
    return entry.fields.get(internal, internal)


def style_file(role: str, geometry: str, scheme: str = USUAL_SCHEME) -> Path:
    """Return the QML file for a role's features of a kind of geometry (or ``raster``)."""
    style = role_style(role)
    if geometry != "raster" and geometry not in style.geometries:
        style = role_style(UNKNOWN_ROLE)
    is_usual = geometry == "raster" or geometry == style.geometries[0]
    name = style.role + (".qml" if is_usual else f".{geometry}.qml")
    own = resource("styles", scheme, name)
    return own if own.is_file() else resource("styles", name)
