# SPDX-License-Identifier: GPL-2.0-or-later
"""Trees of conditions from a line of YAML."""

from __future__ import annotations

from eco_onemap.core.errors import RulePackError
from eco_onemap.core.law.when_reading import read_when
from eco_onemap.core.reading import Section, parse_yaml


def tree(text):
    """The tree that *text* writes, such as ``{near: {distance_m: 5}}``."""
    data = parse_yaml(text, "tree.yaml", RulePackError)
    return read_when(Section(data, "tree.yaml", "when", RulePackError))
