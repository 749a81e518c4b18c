# SPDX-License-Identifier: GPL-2.0-or-later
"""Further map sheets on the only site of a report (附图), behind its chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eco_onemap.outputs.report.blocks import Block, Figure, Heading
from eco_onemap.outputs.report.wording import Wording

TWO_ON_A_PAGE_MM = 110.0
"""How high plates are so that two, with their captions, stand on an A4 page."""


@dataclass(frozen=True)
class Plate:
    """An image of a map sheet, and what it shows, in the language of the report."""

    path: Path
    title: str


def plates_chapter(plates: Sequence[Plate], say: Wording) -> Iterator[Block]:
    """Yield the plates in their order, nothing where there are none."""
    if plates:
        yield Heading(say("chapter.plates"), anchor="plates", new_page=True)
    yield from (Figure(plate.path, plate.title, TWO_ON_A_PAGE_MM) for plate in plates)
