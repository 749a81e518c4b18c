# SPDX-License-Identifier: GPL-2.0-or-later
"""What the papers made of one assessment have in common: title, mark and footer."""

from __future__ import annotations

from collections.abc import Iterable

import eco_onemap
from eco_onemap.core.layers.catalogue import Secrecy
from eco_onemap.outputs.report.blocks import Block, Report
from eco_onemap.outputs.report.material import Material


def paper(material: Material, title: str, blocks: Iterable[Block]) -> Report:
    """Return the blocks as a report on an assessment."""
    say, given = material.say, material.assessment
    return Report(
        title=title,
        subtitle=given.catalogue.title,
        language=say.language,
        mark=say("mark") if is_restricted(material) else "",
        footer=say(
            "footer",
            title=given.catalogue.title,
            day=given.options.as_of.isoformat(),
            version=material.record.get("eco_onemap.version", eco_onemap.__version__),
        ),
        blocks=tuple(blocks),
    )


def is_restricted(material: Material) -> bool:
    """Return whether any layer of the one map is not public."""
    entries = material.assessment.catalogue.layers
    return any(entry.secrecy is not Secrecy.PUBLIC for entry in entries)
