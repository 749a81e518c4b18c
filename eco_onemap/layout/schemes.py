# SPDX-License-Identifier: GPL-2.0-or-later
"""The colour schemes that the one map can be drawn in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from eco_onemap.paths import resource


@cache
def scheme_titles() -> Mapping[str, Mapping[str, str]]:
    """Return the title of each scheme by language; the usual scheme comes first."""
    table = yaml.safe_load(resource("styles", "schemes.yaml").read_text(encoding="utf-8"))
    return {name: told["title"] for name, told in table.items()}
