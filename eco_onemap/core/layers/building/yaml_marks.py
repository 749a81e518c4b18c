# SPDX-License-Identifier: GPL-2.0-or-later
"""Where things stand in a YAML text: nodes, ends of lines, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

_LOADER = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
_COMMENT_SIGN = re.compile(r"(?<![^ \t\n])#")
_FOLDED = ("|", ">")


def composed(text: str) -> yaml.MappingNode | None:
    """Return the tree of a text whose top is a mapping, None where it is none."""
    node = yaml.compose(text, Loader=_LOADER)
    return node if isinstance(node, yaml.MappingNode) else None


def loaded(text: str) -> object:
    """Return the plain data of a text."""
    return yaml.load(text, Loader=_LOADER)


def has_anchors(text: str) -> bool:
    """Return whether a text uses anchors or tags: one place of it may then stand for several."""
    special = yaml.AliasToken | yaml.AnchorToken | yaml.TagToken
    return any(isinstance(token, special) for token in yaml.scan(text, Loader=_LOADER))


def is_flow(node: yaml.Node) -> bool:
    """Return whether a collection is written in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def start_of(node: yaml.Node) -> int:
    """Return the position of a node's first letter."""
    return int(node.start_mark.index)


def end_of(node: yaml.Node) -> int:
    """Return the position behind a node's last letter; marks of blocks lie behind what follows."""
    if isinstance(node, yaml.CollectionNode) and not is_flow(node):
        last = node.value[-1]
        if isinstance(last, tuple):
            key, value = last
            return max(int(key.end_mark.index) + 1, end_of(value))
        return end_of(last)
    return int(node.end_mark.index)


def value_end(text: str, key: yaml.Node, value: yaml.Node) -> int:
    """Return the position behind a key's value, behind the colon where there is none."""
    if is_empty(value):
        return colon_after(text, key) + 1
    end = end_of(value)
    while isinstance(value, yaml.ScalarNode) and value.style in _FOLDED and text[end - 1] in "\r\n":
        end -= 1
    return end


def is_empty(value: yaml.Node) -> bool:
    """Return whether nothing is written for a value."""
    return isinstance(value, yaml.ScalarNode) and start_of(value) == int(value.end_mark.index)


def colon_after(text: str, key: yaml.Node) -> int:
    """Return the position of the colon behind a key."""
    return text.index(":", int(key.end_mark.index))


def line_start(text: str, position: int) -> int:
    """Return where the line of a position begins."""
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """Return where the line after that of a position begins."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1


def comments(text: str) -> list[tuple[int, str]]:
    """Return all comments with their positions, in the order of the text."""
    spans = list(_scalar_spans(text))
    found: list[tuple[int, str]] = []
    number = behind = 0
    for match in _COMMENT_SIGN.finditer(text):
        start = match.start()
        while number < len(spans) and spans[number][1] <= start:
            number += 1
        inside = number < len(spans) and spans[number][0] <= start
        if start >= behind and not inside:
            behind = line_end(text, start)
            found.append((start, text[start:behind].rstrip()))
    return found


def comments_within(text: str, start: int, end: int) -> list[str]:
    """Return the comments that begin in a part of a text."""
    return [comment for position, comment in comments(text) if start <= position < end]


def _scalar_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where scalars stand, without the line that begins a block of text."""
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken):
            start, end = int(token.start_mark.index), int(token.end_mark.index)
            yield (line_end(text, start) if token.style in _FOLDED else start), end
