# SPDX-License-Identifier: GPL-2.0-or-later
"""Changes single places of a YAML text and leaves every other letter as it is.

The tree of the text tells where each key and value stands. What is replaced or left out is cut
out of the text; comments that lie in what is cut stay, as lines of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from eco_onemap.core.layers.building.yaml_marks import (
    colon_after,
    comments,
    comments_within,
    composed,
    end_of,
    is_empty,
    is_flow,
    line_end,
    line_start,
    start_of,
    value_end,
)
from eco_onemap.core.layers.building.yaml_scalars import (
    flow_text,
    key_lines,
    scalar_text,
)

Place = tuple[str | int, ...]
"""Where a value stands: keys and numbers of entries from the top, ``("layers", 3, "title")``."""


class Uneditable(Exception):  # noqa: N818 (the caller turns it into a sentence)
    """A place of a text that cannot be changed without changing others."""


def set_key(text: str, place: Place, value: Any, order: Sequence[str] = ()) -> str:
    """Return the text with a key's value replaced, or the key put in where *order* has it."""
    mapping, in_flow = mapping_at(text, place[:-1])
    key, found = find_key(mapping, place[-1])
    if key is None or found is None:
        return _insert_key(text, mapping, str(place[-1]), value, order)
    if isinstance(value, Mapping | list | tuple) or not isinstance(found, yaml.ScalarNode):
        return _set_collection(text, place, value, order, found)
    if is_empty(found):
        at = colon_after(text, key) + 1
        return text[:at] + " " + scalar_text(value, "", in_flow) + text[at:]
    if found.style in ("|", ">"):
        return set_key(remove_key(text, place), place, value, order)
    new = scalar_text(value, found.style or "", in_flow)
    return text[: start_of(found)] + new + text[end_of(found) :]


def remove_key(text: str, place: Place) -> str:
    """Return the text without a key, and without a mapping that held no other; comments stay."""
    mapping, _ = mapping_at(text, place[:-1])
    key, value = find_key(mapping, place[-1])
    if key is None or value is None:
        return text
    number = [pair[0] for pair in mapping.value].index(key)
    if len(mapping.value) == 1:
        if len(place) < 2 or isinstance(place[-2], int):
            raise Uneditable
        return remove_key(text, place[:-1])
    if is_flow(mapping):
        spans = [(start_of(k), value_end(text, k, v)) for k, v in mapping.value]
        return cut_from_flow(text, spans, number)
    start, end = start_of(key), value_end(text, key, value)
    if text[line_start(text, start) : start].strip():  # the dash of an entry stands before it
        return _cut_first_key(text, mapping, end)
    begin, after = line_start(text, start), line_end(text, end)
    return text[:begin] + _kept(text, begin, after) + text[after:]


def top_of(text: str) -> yaml.MappingNode:
    """Return the mapping that a text is."""
    node = composed(text)
    if node is None:
        raise Uneditable
    return node


def mapping_at(text: str, place: Place) -> tuple[yaml.MappingNode, bool]:
    """Return the mapping at a place, and whether it stands in brackets."""
    node: yaml.Node = top_of(text)
    in_flow = is_flow(node)
    for step in place:
        if isinstance(step, int):
            if not isinstance(node, yaml.SequenceNode):
                raise Uneditable
            node = node.value[step]
        else:
            _, found = find_key(node, step)
            if found is None:
                raise Uneditable
            node = found
        in_flow = in_flow or is_flow(node)
    if not isinstance(node, yaml.MappingNode):
        raise Uneditable
    return node, in_flow


def find_key(node: yaml.Node, name: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Return the nodes of a key and its value; None and None where there is no such key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == str(name):
                return key, value
    return None, None


def newline_of(text: str) -> str:
    """Return how lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def with_last_line_ended(text: str) -> str:
    """Return the text with a line end behind its last line."""
    return text if not text or text.endswith("\n") else text + newline_of(text)


def cut_from_flow(text: str, spans: Sequence[tuple[int, int]], number: int) -> str:
    """Return the text without one of the items in brackets, and without its comma."""
    start, end = spans[number]
    if number + 1 < len(spans):
        following = spans[number + 1][0]
        comma = _comma(text, end, following)
        gap = text[comma + 1 : following]
        return text[:start] + (gap.lstrip(" ") if gap.strip() else "") + text[following:]
    if number:
        comma = _comma(text, spans[number - 1][1], start)
        between = text[comma + 1 : start]
        kept = between if between.strip() else ""
        text = text[:comma] + kept.rstrip(" ") + text[end:]
        return text
    return text[:start] + text[end:]


def _comma(text: str, start: int, end: int) -> int:
    """Return where the comma between two items is; one in a comment does not count."""
    hidden = [(at, at + len(comment)) for at, comment in comments(text) if start <= at < end]
    for position in range(start, end):
        if text[position] == "," and not any(low <= position < high for low, high in hidden):
            return position
    raise Uneditable


def _insert_key(
    text: str, mapping: yaml.MappingNode, key: str, value: Any, order: Sequence[str]
) -> str:
    if is_flow(mapping):
        pair = f"{scalar_text(key, '', True)}: {flow_text(value)}"
        if not mapping.value:
            at = start_of(mapping) + 1
            return text[:at] + pair + text[at:]
        at = value_end(text, *_key_before(mapping, key, order))
        return text[:at] + ", " + pair + text[at:]
    newline = newline_of(text)
    lines = key_lines(key, value, int(mapping.value[0][0].start_mark.column))
    text = with_last_line_ended(text)
    at = line_end(text, value_end(text, *_key_before(mapping, key, order)))
    return text[:at] + newline.join(lines) + newline + text[at:]


def _key_before(
    mapping: yaml.MappingNode, key: str, order: Sequence[str]
) -> tuple[yaml.Node, yaml.Node]:
    """Return the key and value behind which a new key belongs, the last ones where none tells."""
    if key in order:
        earlier = order[: order.index(key)]
        found = [pair for pair in mapping.value if pair[0].value in earlier]
        if found:
            pair: tuple[yaml.Node, yaml.Node] = max(
                found, key=lambda each: earlier.index(each[0].value)
            )
            return pair
    last: tuple[yaml.Node, yaml.Node] = mapping.value[-1]
    return last


def _set_collection(
    text: str, place: Place, value: Any, order: Sequence[str], found: yaml.Node
) -> str:
    """Return the text with a mapping changed key by key, or a value of another kind replaced."""
    if isinstance(value, Mapping) and isinstance(found, yaml.MappingNode) and found.value:
        present = [key.value for key, _ in found.value]
        wanted = {str(name): one for name, one in value.items()}
        if set(present) & set(wanted):
            for name, one in value.items():
                text = set_key(text, (*place, name), one)
            for name in present:
                if name not in wanted:
                    text = remove_key(text, (*place, name))
            return text
    mapping, in_flow = mapping_at(text, place[:-1])
    if len(mapping.value) == 1 or in_flow:
        start, end = start_of(found), end_of(found)
        if comments_within(text, start, end):
            raise Uneditable
        return text[:start] + flow_text(value) + text[end:]
    return set_key(remove_key(text, place), place, value, order)


def _cut_first_key(text: str, mapping: yaml.MappingNode, end: int) -> str:
    """Return the text without the first key of an entry; the dash stays before the next one."""
    start, following = start_of(mapping.value[0][0]), start_of(mapping.value[1][0])
    kept = text[end:following]
    if not kept.strip():
        return text[:start] + text[following:]
    return text[:start] + kept.lstrip(" ") + text[following:]


def _kept(text: str, begin: int, after: int) -> str:
    """Return the comments of a part that is cut out, as lines with its indent."""
    part = text[begin:after]
    indent = part[: len(part) - len(part.lstrip(" "))]
    return "".join(
        f"{indent}{comment}{newline_of(text)}" for comment in comments_within(text, begin, after)
    )
