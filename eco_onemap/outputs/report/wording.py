# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of a report in its language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from eco_onemap.core.messages import Message, sentences
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.outputs import formatting
from eco_onemap.outputs.report.blocks import Cell, Tone


@dataclass(frozen=True)
class Wording:
    """Says the sentences below ``report.`` in one language."""

    language: str

    def __call__(self, key: str, /, **args: Any) -> str:
        """Return the sentence ``report.KEY``."""
        return Message(f"report.{key}", args).text(self.language)

    def word(self, group: str, value: str) -> str:
        """Return the word for a value of a group (role, tag …), *value* if there is none."""
        return sentences(self.language).get(f"report.{group}.{value}", value)

    def words(self, group: str, values: Iterable[str]) -> str:
        """Return the words for several values as an enumeration."""
        return self.listed(self.word(group, value) for value in values)

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts as an enumeration."""
        return ("、" if self.language == "zh" else ", ").join(texts)

    def spoken(self, told: dict[str, str] | Any, fallback: str = "") -> str:
        """Return a text given by language code, in this one or else in the first there is."""
        return told.get(self.language) or next(iter(told.values()), fallback)

    def verdict(self, verdict: str) -> str:
        """Return the full words of a verdict, as a title."""
        words = Message(f"verdict.{verdict}").text(self.language)
        return words[:1].upper() + words[1:]

    def area(self, area_m2: float) -> Cell:
        """Return an area in square metres, with hectares and mu below."""
        units = self.land_units(area_m2) if area_m2 > 0 else ""
        return Cell(formatting.square_metres(area_m2), units)

    def land_units(self, area_m2: float) -> str:
        """Return an area in hectares and mu."""
        language = self.language
        return f"{formatting.hectares(area_m2, language)} · {formatting.mu(area_m2, language)}"

    def day(self, day: date | None) -> str:
        """Return a date, a dash for none."""
        return day.isoformat() if day else formatting.NO_VALUE


def tone_of(verdict: str) -> Tone:
    """Return the tone of a verdict."""
    return Tone(Verdict(verdict).value)


def or_dash(text: str) -> str:
    """Return *text*, a dash if there is none."""
    return text or formatting.NO_VALUE
