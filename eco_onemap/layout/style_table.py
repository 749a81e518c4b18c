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


@dataclass(frozen=True)
class RoleStyle:
    """How layers of a role are shown.

    rank: drawing order, 1 at the bottom.
    constraint: importance of the nearest feature, 1 first, 0 for never.
    label: internal attribute that names features on a map, "" for none.
    by: internal attribute that tells the classes apart, "" for one symbol.
    geometries: kinds of geometry that the role has symbols for, the usual one first.
    english: class labels by their Chinese ones, as they stand in the QML.
    """

    role: str
    rank: int
    constraint: int
    label: str
    by: str
    geometries: tuple[str, ...]
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
        english=dict(labels),
    )


def role_style(role: str) -> RoleStyle:
    """Return the style of a role; free roles get the one of ``other``."""
    styles = role_styles()
    return styles.get(role, styles[UNKNOWN_ROLE])


def source_field(entry: LayerEntry, internal: str) -> str:
    """Return the source's own field name of an internal attribute."""
    return entry.fields.get(internal, internal)


def style_file(role: str, geometry: str) -> Path:
    """Return the QML file for a role's features of a kind of geometry (or ``raster``)."""
    style = role_style(role)
    if geometry != "raster" and geometry not in style.geometries:
        style = role_style(UNKNOWN_ROLE)
    is_usual = geometry == "raster" or geometry == style.geometries[0]
    ending = ".qml" if is_usual else f".{geometry}.qml"
    return resource("styles", style.role + ending)
