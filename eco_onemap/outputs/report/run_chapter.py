# SPDX-License-Identifier: GPL-2.0-or-later
"""The chapter on how the check came about, so that it can be repeated: versions, options, inputs.

What the other chapters tell in words, and what is recorded of each rule, is not printed again.
"""

from __future__ import annotations

from collections.abc import Iterator

from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    Paragraph,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.material import Material
from eco_onemap.outputs.report.wording import or_dash

_OF_MANY = ("layer.", "rule.")
_IN_WORDS = ("method.area", "method.distance", "sites.crs_evidence", "sites.notes",
             "catalogue.notes")  # fmt: skip


def run_chapter(material: Material) -> Iterator[Block]:
    """Yield the record of the run, and what was read of each layer."""
    say, record = material.say, material.record
    yield Heading(say("chapter.run"), anchor="run", new_page=True)
    yield Paragraph(say("run_intro", n=f"{len(record):,}"))
    shown = {
        key: value
        for key, value in record.items()
        if value and not key.startswith(_OF_MANY) and key not in _IN_WORDS
    }
    yield Table(
        columns=(TableColumn(say("column.key"), 2), TableColumn(say("column.value"), 4)),
        rows=tuple((Cell(key), Cell(value)) for key, value in shown.items()),
        caption=say("caption.run"),
    )
    yield _layers(material)


def _layers(material: Material) -> Table:
    """Return what was read of each layer, with the whole fingerprint of its file."""
    say = material.say
    return Table(
        columns=(
            TableColumn(say("column.layer"), 2),
            TableColumn(say("column.digest"), 3.4),
            TableColumn(say("column.count"), 0.9, Align.RIGHT),
            TableColumn(say("column.repaired"), 0.9, Align.RIGHT),
            TableColumn(say("column.lost"), 0.9, Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(entry.title, entry.id),
                Cell(_told(material, entry.id, "sha256"), _problem(material, entry.id)),
                *(
                    Cell(_told(material, entry.id, key))
                    for key in ("features", "repaired_features", "lost_features")
                ),
            )
            for entry in material.assessment.catalogue.layers
        ),
        caption=say("caption.run_layers"),
    )


def _told(material: Material, layer_id: str, key: str) -> str:
    return or_dash(material.record.get(f"layer.{layer_id}.{key}", ""))


def _problem(material: Material, layer_id: str) -> str:
    """Return what was noted when a layer was read, or why it was not, as it is recorded."""
    told = (material.record.get(f"layer.{layer_id}.{key}", "") for key in ("problem", "notes"))
    return " ".join(filter(None, told))
