# SPDX-License-Identifier: GPL-2.0-or-later
"""What a row of ``not_evaluated`` is about, in words."""

from __future__ import annotations

from collections.abc import Callable

from eco_onemap.core.messages import Message, message

Titled = Callable[[str], str]
"""Returns the title of a layer or rule by its id."""


def gap_subject(what: str, layer: Titled, rule: Titled) -> Message:
    """Return in words what *what* names by its kind and id: a rule, a layer, a list and so on."""
    kind, _, name = what.partition(":")
    if kind == "rule":
        return message("explain.subject_rule", title=rule(name))
    if kind == "layer":
        return message("explain.subject_layer", title=layer(name))
    if kind in ("access_list", "clauses"):
        return message("explain.subject_access_list", title=layer(name))
    if kind == "override":
        return message("explain.subject_override", title=rule(name.partition(":")[0]))
    if kind == "transformation":
        return message("explain.subject_transformation")
    return message("explain.subject_site")
