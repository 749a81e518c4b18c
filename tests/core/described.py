# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers to guess at, described as a reader describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from eco_onemap.core.layers.building.description import FieldDescription, Form, LayerDescription
from tests.architecture.code import ROOT


def described(given: Mapping[str, Any]) -> LayerDescription:
    """Return the description of a row of ``layers.yaml``."""
    fields = tuple(
        FieldDescription(str(name), tuple(map(str, values)))
        for name, values in given["fields"].items()
    )
    return LayerDescription(
        given["name"],
        f"/data/{given['file']}",
        given.get("layer", ""),
        Form(given["form"]),
        fields,
        crs="EPSG:4490",
    )


def realistic_layers() -> list[dict[str, Any]]:
    """Return the rows of ``layers.yaml``."""
    text = (ROOT / "tests" / "data" / "catalogue" / "layers.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows
