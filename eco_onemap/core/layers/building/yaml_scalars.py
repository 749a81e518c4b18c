# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes values in YAML as a person would: bare where that is safe, in quotes where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from eco_onemap.core.layers.building.yaml_marks import loaded

LONGEST_LINE = 100
"""Mappings that fit into a line of this length are written in one."""

FLOW_SIGNS = frozenset("?:#,[]{}")
"""In brackets, YAML's readers disagree on what these mean inside a bare text."""


def scalar_text(value: Any, quote: str = "", in_flow: bool = False) -> str:
    """Return a value as YAML; *quote* is the sign that the value had around it before."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(int(value)) if float(value).is_integer() else repr(value)
    text = str(value)
    if not quote and _is_safe(text, in_flow):
        return text
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return _double_quoted(text)


def flow_text(value: Any) -> str:
    """Return any value on one line, mappings and lists in brackets."""
    if isinstance(value, Mapping):
        pairs = (f"{scalar_text(key, '', True)}: {flow_text(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    return scalar_text(value, "", True)


def key_lines(key: str, value: Any, indent: int) -> list[str]:
    """Return a key with its value as lines; a mapping that is too long gets a line for each key."""
    blank = " " * indent
    if not isinstance(value, Mapping | list | tuple):
        return [f"{blank}{scalar_text(key)}: {scalar_text(value)}"]
    line = f"{blank}{key}: {flow_text(value)}"
    if len(line) <= LONGEST_LINE or not isinstance(value, Mapping):
        return [line]
    inner = " " * (indent + 2)
    return [
        f"{blank}{key}:",
        *(f"{inner}{scalar_text(name)}: {scalar_text(one)}" for name, one in value.items()),
    ]


def entry_lines(entry: Mapping[str, Any], indent: int) -> list[str]:
    """Return the lines of a list's entry; *indent* is the column of its dash."""
    lines = [line for key, value in entry.items() for line in key_lines(key, value, indent + 2)]
    lines[0] = " " * indent + "- " + lines[0].lstrip()
    return lines


def _is_safe(text: str, in_flow: bool) -> bool:
    """Return whether a bare text is read back as itself."""
    if not text or not text.isprintable() or text != text.strip():
        return False
    if in_flow and not FLOW_SIGNS.isdisjoint(text):
        return False
    try:
        found = loaded(f"k: {text}")
    except yaml.YAMLError:
        return False
    return found == {"k": text} and _is_safe_key(text)


def _is_safe_key(text: str) -> bool:
    try:
        return loaded(f"{{{text}: 1}}") == {text: 1} or loaded(f"{text}: 1") == {text: 1}
    except yaml.YAMLError:
        return False


def _double_quoted(text: str) -> str:
    dumped = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return dumped.rstrip("\n")
