# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a catalogue, in a sentence, with cures that can be applied at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from eco_onemap.core.layers.building.description import LayerDescription
from eco_onemap.core.layers.building.draft import Draft
from eco_onemap.core.layers.building.yaml_edits import Place
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.core.messages import Message


class Weight(Enum):
    """How bad a problem is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Cure:
    """Changes that do away with a problem.

    edits: places of the catalogue with their new values, in the order in which they are made;
        None takes a key out.
    layer: an entry that is added, None for none.
    """

    text: Message
    edits: tuple[tuple[Place, Any], ...] = ()
    layer: Mapping[str, Any] | None = None

    def apply(self, catalogue: CatalogueText) -> CatalogueText:
        """Return the cured catalogue; CatalogueError where its text does not take the edits."""
        for place, value in self.edits:
            catalogue = catalogue.with_value(place, value)
        return catalogue if self.layer is None else catalogue.with_entry(self.layer)


@dataclass(frozen=True)
class Problem:
    """One problem. layer: the number of the entry it is about, None for the whole catalogue."""

    weight: Weight
    text: Message
    layer: int | None = None
    cures: tuple[Cure, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What a reader found of an entry's source.

    description: None where it could not be read, and *failure* says why.
    elsewhere: where a file of the missing one's name lies, "" for nowhere near.
    """

    description: LayerDescription | None = None
    failure: Message | None = None
    elsewhere: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a catalogue is looked at with.

    seen: by the number of the entry, for those whose source was looked at.
    needs: roles that rules ask about and their attributes (:mod:`eco_onemap.core.law.needs`).
    offered: layers at hand that may be added.
    """

    folder: Path
    seen: Mapping[int, Seen] = field(default_factory=dict)
    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    offered: Sequence[Draft] = ()
    language: str = "zh"
    exists: Callable[[Path], bool] = Path.exists
