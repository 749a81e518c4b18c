# SPDX-License-Identifier: GPL-2.0-or-later
"""What a row of ``not_evaluated`` is about, in words."""

from __future__ import annotations

from collections.abc import Callable

from eco_onemap.core.messages import Message, message

Titled = Callable[[str], str]
"""Returns the title of a layer or rule by its id."""


def gap_subject(what: str, layer: Titled, rule: Titled) -> Message:
    """Return the rule, layer, list or override that *what* names by its kind and id."""
    kind, _, name = what.partition(":")
    if kind == "rule":
        return message("report.gap.rule", title=rule(name))
    if kind == "layer":
        return message("report.gap.layer", title=layer(name))
    if kind in ("access_list", "clauses"):
        return message("report.gap.access_list", title=layer(name))
    if kind == "override":
        return message("report.gap.override", title=rule(name.partition(":")[0]))
    return message("report.gap.site")
