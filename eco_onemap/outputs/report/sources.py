# SPDX-License-Identifier: GPL-2.0-or-later
"""The chapter on data: which layers were used, how old they are and where they are mapped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from eco_onemap.core.layers.addresses import is_database, without_credentials
from eco_onemap.core.layers.catalogue import LayerEntry
from eco_onemap.outputs.report.blocks import (
    Align,
    Block,
    Cell,
    Heading,
    Items,
    Paragraph,
    Table,
    TableColumn,
)
from eco_onemap.outputs.report.material import Material
from eco_onemap.outputs.report.wording import or_dash

FINGERPRINT_DIGITS = 16
"""64 bits of a SHA-256 tell files apart; the record of the run holds all of it."""


def sources_chapter(material: Material, *, new_page: bool = False) -> Iterator[Block]:
    """Yield the layers with version, dates, coverage and fingerprint, and what reading noted."""
    say = material.say
    yield Heading(say("chapter.sources"), anchor="sources", new_page=new_page)
    yield Paragraph(say("sources_intro", day=material.assessment.options.as_of.isoformat()))
    yield Table(
        columns=(
            TableColumn(say("column.layer"), 2.15),
            TableColumn(say("column.version"), 2.3),
            TableColumn(say("column.validity"), 1.85),
            TableColumn(say("column.coverage"), 1.45),
            TableColumn(say("column.count"), 1.15, Align.RIGHT),
            TableColumn(say("column.fingerprint"), 2.25),
        ),
        rows=tuple(_source(material, entry) for entry in material.assessment.catalogue.layers),
        caption=say("caption.sources"),
    )
    given = material.assessment
    notes = [note.text(say.language) for note in (*given.catalogue.notes, *given.sites.notes)]
    if notes:
        yield Paragraph(say("notes_of_reading"))
        yield Items(tuple(notes), numbered=True)


def _source(material: Material, entry: LayerEntry) -> tuple[Cell, ...]:
    say, prefix = material.say, f"layer.{entry.id}"
    role = say.word("role", entry.role)
    issued = say("issued", day=entry.issued.isoformat()) if entry.issued else ""
    return (
        Cell(entry.title, role if role != entry.title else ""),
        Cell(or_dash(entry.version), say.listed(filter(None, (entry.authority, issued)))),
        Cell(_validity(material, entry), say.word("secrecy", entry.secrecy.value)),
        Cell(say(f"coverage.{entry.coverage.kind.value}"), _accuracy(material, entry)),
        Cell(or_dash(material.record.get(f"{prefix}.features", ""))),
        Cell(_fingerprint(material, entry.id), file_name(entry.source)),
    )


def _validity(material: Material, entry: LayerEntry) -> str:
    if not entry.valid_from and not entry.valid_to:
        return or_dash("")
    say = material.say
    return say("period", since=say.day(entry.valid_from), until=say.day(entry.valid_to))


def _accuracy(material: Material, entry: LayerEntry) -> str:
    return material.say("accuracy", m=f"{entry.accuracy_m:g}") if entry.accuracy_m else ""


def _fingerprint(material: Material, layer_id: str) -> str:
    return or_dash(material.record.get(f"layer.{layer_id}.sha256", "")[:FINGERPRINT_DIGITS])


def file_name(source: str) -> str:
    """Return a source without its folder; of a database address no user name or password."""
    if is_database(source):
        return without_credentials(source)
    return PurePath(source).name
