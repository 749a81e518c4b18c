# SPDX-License-Identifier: GPL-2.0-or-later
"""A guess is never a fact: it has a degree of certainty and the reasons that speak for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from eco_onemap.core.messages import Message, message


class Certainty(Enum):
    """How far a guess can be trusted; what is doubtful is asked, never taken."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"

    @property
    def is_taken(self) -> bool:
        """Whether the guess may stand in a catalogue before a person has looked at it."""
        return self is not Certainty.DOUBTFUL

    @property
    def word(self) -> Message:
        """The certainty in a word."""
        return message(f"guess.certainty.{self.value}")


@dataclass(frozen=True)
class RoleGuess:
    """A role that a layer may have. score: 0 to 1, to put guesses in order."""

    role: str
    score: float
    certainty: Certainty
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class FieldGuess:
    """A source's field that may hold an internal attribute. source: the field's exact name."""

    internal: str
    source: str
    score: float
    certainty: Certainty
    reasons: tuple[Message, ...]
