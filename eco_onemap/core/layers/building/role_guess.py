# SPDX-License-Identifier: GPL-2.0-or-later
"""Which role a layer has: by its names, its fields, its values and its form.

Each kind of evidence gives a weight between 0 and 1 for a role; independent kinds add up as
``1 - (1 - a)(1 - b)``. A role that the layer's form does not fit keeps less than half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from eco_onemap.core.layers.building.description import FieldDescription, Form, LayerDescription
from eco_onemap.core.layers.building.field_names import Likeness, likeness
from eco_onemap.core.layers.building.guess import Certainty, RoleGuess
from eco_onemap.core.layers.building.names import Found, find_words, names_of
from eco_onemap.core.layers.building.values import matches_all, share_that_fits
from eco_onemap.core.layers.building.vocabulary import (
    STRONG,
    FieldTerm,
    coverage_words,
    role_title,
    role_words,
    roles,
    telling_names,
)
from eco_onemap.core.messages import Message, message
from eco_onemap.core.spellings import plain

SURE, LIKELY, POSSIBLE = 0.85, 0.6, 0.25
CLEAR_LEAD = 0.15
"""A guess whose score is not this far above the next one is doubtful."""

EARLIER = 0.6
"""What a word of a name counts that is not the last one."""

EXTENT = 0.5
"""What a word counts in the name of a layer that tells where another one is mapped."""

FIELD_WEIGHTS = {1: 0.5, 2: 0.3, 3: 0.15}
"""What a field counts whose name this many roles have."""

CUT_OFF = 0.7
"""What a name is worth that a shapefile may have cut off."""

VALUE_WEIGHT = 0.6
MOST = 0.88
"""One kind of evidence alone makes nothing sure."""

UNFIT = 0.4


@dataclass(frozen=True)
class _Evidence:
    """How far one kind of evidence speaks for a role, and in words."""

    weight: float
    reason: Message


@lru_cache(maxsize=512)
def guess_role(description: LayerDescription) -> tuple[RoleGuess, ...]:
    """Return the roles that a layer may have, the best one first; empty where nothing tells.

    Only the first guess can be better than doubtful.
    """
    kinds = (_by_names(description), _by_fields(description), _by_values(description))
    scored = [
        _scored(role, [kind[role] for kind in kinds if role in kind], description.form)
        for role in dict.fromkeys(role for kind in kinds for role in kind)
    ]
    ranked = sorted(
        (guess for guess in scored if guess.score >= POSSIBLE),
        key=lambda guess: (-guess.score, guess.role),
    )
    return tuple(_judged(ranked))


def _scored(role: str, evidence: list[_Evidence], form: Form | None) -> RoleGuess:
    doubt, reasons = 1.0, [each.reason for each in evidence]
    for each in evidence:
        doubt *= 1 - each.weight
    score = 1 - doubt
    if form is not None and form not in roles()[role].forms:
        score *= UNFIT
        reasons.append(message("guess.unfit_form", form=message(f"guess.form.{form.value}")))
    elif form is Form.RASTER:
        reasons.append(message("guess.raster"))
    certainty = Certainty.SURE if score >= SURE and len(evidence) > 1 else Certainty.LIKELY
    if score < LIKELY:
        certainty = Certainty.DOUBTFUL
    return RoleGuess(role, score, certainty, tuple(reasons))


def _judged(ranked: list[RoleGuess]) -> Iterable[RoleGuess]:
    """Yield the guesses; the first is doubtful where another follows closely, others always."""
    for number, guess in enumerate(ranked):
        rival = ranked[1] if number == 0 and len(ranked) > 1 else None
        if number == 0 and (rival is None or guess.score - rival.score >= CLEAR_LEAD):
            yield guess
            continue
        reasons = guess.reasons
        if rival is not None:
            reasons += (message("guess.rival", role=role_title(rival.role)),)
        yield RoleGuess(guess.role, guess.score, Certainty.DOUBTFUL, reasons)


def _by_names(description: LayerDescription) -> Mapping[str, _Evidence]:
    found: dict[str, _Evidence] = {}
    for name in names_of(description.title, description.source, description.layer):
        extent = find_words(name, coverage_words())
        for each in find_words(name, role_words()):
            weight = _weight_of(each) * (EXTENT if extent else 1)
            role = each.word.role
            if role in found and found[role].weight >= weight:
                continue
            said = {"name": name.strip(), "word": each.word.text}
            reason = message("guess.by_name", **said)
            if extent:
                reason = message("guess.extent_of", **said, extent=extent[0].word.text)
            found[role] = _Evidence(weight, reason)
    return found


def _weight_of(found: Found) -> float:
    return found.word.weight * (1 if found.is_last else EARLIER)


def _by_fields(description: LayerDescription) -> Mapping[str, _Evidence]:
    hits: dict[str, list[tuple[str, float]]] = {}
    for field in description.fields:
        name, owners, trust = _telling(field.name)
        for role in owners:
            term = next(t for t in roles()[role].fields.values() if name in t.names)
            weight = trust * FIELD_WEIGHTS[len(owners)] * _trust(field, term)
            hits.setdefault(role, []).append((field.name.strip(), weight))
    return {role: _joined("guess.by_fields", found) for role, found in hits.items()}


def _telling(name: str) -> tuple[str, tuple[str, ...], float]:
    """Return the spelling that a field's name is, the roles that have it, and how sure that is."""
    known = telling_names()
    own = plain(name)
    if own in known:
        return own, known[own], 1.0
    kind, spelling = likeness(name, tuple(known))
    return (spelling, known[spelling], CUT_OFF) if kind is Likeness.CUT_OFF else ("", (), 0.0)


def _trust(field: FieldDescription, term: FieldTerm) -> float:
    """Return what a name is worth, given the values below it."""
    share = share_that_fits(field, term)
    return 1.0 if share is None else 0.2 + 0.8 * share


def _by_values(description: LayerDescription) -> Mapping[str, _Evidence]:
    hits: dict[str, list[tuple[str, float]]] = {}
    for field in description.fields:
        if not field.given:
            continue
        shown = f"{field.name.strip()}={field.given[0].strip()}"
        for role in _roles_of_values(field):
            hits.setdefault(role, []).append((shown, VALUE_WEIGHT))
    return {role: _joined("guess.by_values", found) for role, found in hits.items()}


def _roles_of_values(field: FieldDescription) -> set[str]:
    """Return the roles that a field's values point to by a pattern or by words in them."""
    found = {
        role
        for role, term in roles().items()
        if any(matches_all(field, pattern) for pattern in term.values)
    }
    return found | _roles_named_in(field)


def _roles_named_in(field: FieldDescription) -> set[str]:
    """Return the roles whose strong words end most of the values, as names of features do."""
    named: dict[str, int] = {}
    given = field.given[:20]
    for value in given:
        for each in find_words(value, role_words()):
            if each.is_last and each.word.weight == STRONG:
                named[each.word.role] = named.get(each.word.role, 0) + 1
    return {role for role, count in named.items() if count >= 0.6 * len(given)}


def _joined(key: str, found: list[tuple[str, float]]) -> _Evidence:
    doubt = 1.0
    for _, weight in found:
        doubt *= 1 - weight
    best = sorted(found, key=lambda each: -each[1])[:3]
    listed = ", ".join(dict.fromkeys(name for name, _ in best))
    return _Evidence(min(1 - doubt, MOST), message(key, listed=listed))
