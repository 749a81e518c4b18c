# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts entries into lists of a YAML text and takes them out; the rest stays letter by letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import yaml

from eco_onemap.core.layers.building.yaml_edits import (
    Uneditable,
    cut_from_flow,
    find_key,
    newline_of,
    top_of,
    with_last_line_ended,
)
from eco_onemap.core.layers.building.yaml_marks import (
    colon_after,
    comments,
    end_of,
    is_flow,
    line_end,
    line_start,
    start_of,
    value_end,
)
from eco_onemap.core.layers.building.yaml_scalars import entry_lines, flow_text

INDENT = 2
_BLANK_LINE_AT_END = re.compile(r"(?<=\n)[ \t]*\r?\n\Z")
_BLANK_LINES = re.compile(r"([ \t]*\r?\n)+")


def append_entry(text: str, section: str, entry: Mapping[str, Any]) -> str:
    """Return the text with an entry at the end of a list, which is made where there is none."""
    key, value = find_key(top_of(text), section)
    newline = newline_of(text)
    text = with_last_line_ended(text)
    if key is None or value is None:
        return text + newline.join(["", f"{section}:", *entry_lines(entry, INDENT), ""])
    if not isinstance(value, yaml.SequenceNode) or not value.value:
        colon = colon_after(text, key) + 1
        bare = text[:colon] + text[value_end(text, key, value) :]
        return _with_lines(bare, line_end(bare, colon), entry_lines(entry, INDENT))
    last = value.value[-1]
    if is_flow(value):
        return text[: end_of(last)] + ", " + flow_text(entry) + text[end_of(last) :]
    gap = [""] if _has_gaps(text, value) else []
    lines = gap + entry_lines(entry, int(value.start_mark.column))
    return _with_lines(text, line_end(text, item_end(text, last)), lines)


def remove_entry(text: str, section: str, number: int) -> str:
    """Return the text without an entry of a list, and without the comments in it."""
    key, value = find_key(top_of(text), section)
    if key is None or not isinstance(value, yaml.SequenceNode):
        raise Uneditable
    if is_flow(value):
        return cut_from_flow(text, [(start_of(n), end_of(n)) for n in value.value], number)
    begin, after = entry_span(text, value.value[number])
    if len(value.value) == 1:
        colon = colon_after(text, key) + 1
        return text[:colon] + " []" + text[colon:begin] + text[after:]
    head = text[:begin]
    if number == len(value.value) - 1:
        head = _BLANK_LINE_AT_END.sub("", head)
    else:
        found = _BLANK_LINES.match(text, after)
        after = found.end() if found else after
    return head + text[after:]


def move_entry(text: str, section: str, number: int, to: int) -> str:
    """Return the text with an entry moved to the place of another one.

    Comment lines right above an entry go with it; blank lines between entries stay where they are.
    """
    _, value = find_key(top_of(text), section)
    if not isinstance(value, yaml.SequenceNode) or max(number, to) >= len(value.value):
        raise Uneditable
    low, high = sorted((number, to))
    text = text if is_flow(value) else with_last_line_ended(text)
    spans: list[tuple[int, int]] = []
    for node in value.value[low : high + 1]:
        least = spans[-1][1] if spans else 0
        inline = (start_of(node), end_of(node))
        spans.append(inline if is_flow(value) else _span_with_head(text, node, least))
    entries = [text[start:end] for start, end in spans]
    entries.insert(to - low, entries.pop(number - low))
    gaps = [text[end:begin] for (_, end), (begin, _) in pairwise(spans)]
    moved = "".join(entry + gap for entry, gap in zip(entries, [*gaps, ""], strict=True))
    return text[: spans[0][0]] + moved + text[spans[-1][1] :]


def _span_with_head(text: str, node: yaml.Node, least: int) -> tuple[int, int]:
    """Return where an entry's lines begin and end, with the comment lines right above them."""
    begin, after = entry_span(text, node)
    while begin > least and text[line_start(text, begin - 1) : begin].lstrip().startswith("#"):
        begin = line_start(text, begin - 1)
    return begin, after


def entry_span(text: str, node: yaml.Node) -> tuple[int, int]:
    """Return where the lines of a list's entry begin and end."""
    dash = text.rfind("-", 0, start_of(node))
    if text[dash + 1 : start_of(node)].strip():  # a comment stands between dash and entry
        raise Uneditable
    begin, after = line_start(text, dash), line_end(text, item_end(text, node))
    return begin, after


def item_end(text: str, node: yaml.Node) -> int:
    """Return the position behind an entry's last letter."""
    if isinstance(node, yaml.MappingNode) and node.value and not is_flow(node):
        return value_end(text, *node.value[-1])
    return end_of(node)


def comments_of_entry(text: str, section: str, number: int) -> list[str]:
    """Return the comments that go with an entry."""
    _, value = find_key(top_of(text), section)
    if not isinstance(value, yaml.SequenceNode):
        return []
    node = value.value[number]
    span = (start_of(node), end_of(node)) if is_flow(value) else entry_span(text, node)
    return [comment for at, comment in comments(text) if span[0] <= at < span[1]]


def _with_lines(text: str, at: int, lines: list[str]) -> str:
    newline = newline_of(text)
    return text[:at] + newline.join([*lines, ""]) + text[at:]


def _has_gaps(text: str, value: yaml.SequenceNode) -> bool:
    """Return whether blank lines part the entries of a list; a single one has room to grow."""
    if len(value.value) == 1:
        return True
    between = text[item_end(text, value.value[-2]) : start_of(value.value[-1])]
    return between.count("\n") > 1 and not between.strip().strip("-")
