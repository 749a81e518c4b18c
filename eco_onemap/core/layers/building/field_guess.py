# SPDX-License-Identifier: GPL-2.0-or-later
"""Which fields of a source hold the attributes of a role: by their names, proved by their values.

A name that fits while the values below it do not is no proof: ``AREA`` is a county where it holds
names of places and an area where it holds numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from eco_onemap.core.layers.building.areas import guess_areas
from eco_onemap.core.layers.building.description import FieldDescription
from eco_onemap.core.layers.building.field_names import Likeness, likeness
from eco_onemap.core.layers.building.guess import Certainty, FieldGuess
from eco_onemap.core.layers.building.values import share_that_fits
from eco_onemap.core.layers.building.vocabulary import FieldTerm, common_fields, roles
from eco_onemap.core.messages import Message, message

NAME_SCORES = {
    Likeness.SAME: 0.85,
    Likeness.REPAIRED: 0.75,
    Likeness.CUT_OFF: 0.65,
    Likeness.ENDING: 0.58,
}
"""How far a name speaks for an attribute."""

BY_PATTERN, BY_KIND = 0.12, 0.08
"""What values add: those of a closed list more than those that are merely text or numbers."""

CONTRADICTED = 0.4

BY_VALUES = 0.4
"""What values alone are worth, whatever the field is called."""

SURE, LIKELY, POSSIBLE = 0.9, 0.6, 0.35
FIT, UNFIT = 0.8, 0.3
"""Shares of values: from the first on they speak for an attribute, below the second against."""

REMARK = "remark"
"""Takes no field away from others: one platform writes the class of control units into REMARKS."""

SHARING = (Likeness.SAME, Likeness.SAME)

LATER_SPELLING = 0.002
"""What each further spelling in the list is worth less: the first one is the most usual."""


def guess_fields(
    role: str, fields: Sequence[FieldDescription], areas_m2: Sequence[float] = ()
) -> Mapping[str, FieldGuess]:
    """Return the best guess for each attribute of a role that some field may hold.

    A field serves several attributes only where its name says each of them (``id`` and ``code``).
    areas_m2: measured areas of the features whose values the fields give, to find a unit by.
    """
    return _guesses(role, tuple(fields), tuple(areas_m2))


@lru_cache(maxsize=1024)
def _guesses(
    role: str, fields: tuple[FieldDescription, ...], areas_m2: tuple[float, ...]
) -> Mapping[str, FieldGuess]:
    terms = roles()[role].fields if role in roles() else common_fields()
    candidates = [
        guess
        for internal, term in terms.items()
        for field in fields
        for guess in _candidates(internal, term, field)
    ]
    chosen = _chosen(candidates)
    taken = {guess.source for guess in chosen.values()}
    for guess in guess_areas([field for field in fields if field.name not in taken], areas_m2):
        chosen.setdefault(guess.internal, guess)
    return {name: chosen[name] for name in (*terms, *chosen) if name in chosen}


def _candidates(
    internal: str, term: FieldTerm, field: FieldDescription
) -> Iterable[tuple[Likeness | None, FieldGuess]]:
    share = share_that_fits(field, term)
    kind, spelling = likeness(field.name, term.names)
    if kind is None:
        if share == 1 and term.values and _are_words(field):
            yield (
                None,
                _guess(internal, field, BY_VALUES, [_values_reason("guess.only_values", field)]),
            )
        return
    reasons = [message(f"guess.{kind.value}", name=field.name.strip(), spelling=spelling)]
    score = NAME_SCORES[kind] - LATER_SPELLING * min(term.names.index(spelling), 20)
    if share is None:
        if not field.given:
            reasons.append(message("guess.no_values"))
            score -= 0.1
    elif share >= FIT:
        reasons.append(_values_reason("guess.values_fit", field))
        score += BY_PATTERN if term.values else BY_KIND
    elif share < UNFIT:
        reasons.append(_values_reason("guess.values_unfit", field))
        score *= CONTRADICTED
    if score >= POSSIBLE:
        yield kind, _guess(internal, field, score, reasons)


def _values_reason(key: str, field: FieldDescription) -> Message:
    return message(key, value=field.given[0].strip())


def _are_words(field: FieldDescription) -> bool:
    """Return whether values say something by themselves: 1, 2 and 3 may be any classes."""
    return all(len(value.strip()) > 1 and not value.strip().isdigit() for value in field.given)


def _guess(
    internal: str, field: FieldDescription, score: float, reasons: Sequence[Message]
) -> FieldGuess:
    certainty = Certainty.SURE if score >= SURE else Certainty.LIKELY
    if score < LIKELY:
        certainty = Certainty.DOUBTFUL
    return FieldGuess(internal, field.name, score, certainty, tuple(reasons))


def _chosen(
    candidates: Sequence[tuple[Likeness | None, FieldGuess]],
) -> dict[str, FieldGuess]:
    """Return the best field for each attribute; only names that are the same share a field."""
    chosen: dict[str, FieldGuess] = {}
    taken: dict[str, Likeness | None] = {}
    guesses = [guess for _, guess in candidates]
    for kind, guess in sorted(candidates, key=lambda each: -each[1].score):
        if guess.internal in chosen:
            continue
        if guess.source in taken and (kind, taken[guess.source]) != SHARING:
            continue
        chosen[guess.internal] = _compared(guess, guesses)
        if guess.internal != REMARK:
            taken.setdefault(guess.source, kind)
    return chosen


def _compared(guess: FieldGuess, candidates: Sequence[FieldGuess]) -> FieldGuess:
    """Return the guess, doubtful where a cut-off name may as well be another attribute's."""
    equals = [
        other
        for other in candidates
        if other.internal == guess.internal
        and other.source != guess.source
        and abs(other.score - guess.score) < LATER_SPELLING / 2
    ]
    if not equals:
        return guess
    reasons = (*guess.reasons, message("guess.other_field", field=equals[0].source.strip()))
    return FieldGuess(guess.internal, guess.source, guess.score, Certainty.DOUBTFUL, reasons)
