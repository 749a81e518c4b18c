# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong between an entry and its source: files, coordinates, fields, coverage."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from eco_onemap.core.geometry.bounds import Bounds
from eco_onemap.core.geometry.gauss_kruger import CGCS2000, MILLION, are_northings, zones_of
from eco_onemap.core.layers.building.description import Form, LayerDescription
from eco_onemap.core.layers.building.draft import relative_source
from eco_onemap.core.layers.building.field_guess import guess_fields
from eco_onemap.core.layers.building.guess import FieldGuess
from eco_onemap.core.layers.building.problem import Cure, Problem, Seen, Surroundings, Weight
from eco_onemap.core.layers.building.role_guess import guess_role
from eco_onemap.core.layers.building.vocabulary import role_title
from eco_onemap.core.layers.catalogue import FULL_COVERAGE_ROLES, CoverageKind, LayerEntry
from eco_onemap.core.messages import Message, message

FEATURE_ID = "fid"
"""The source's own number of a feature, which readers give as a field."""

NAME = "name"


def find_source_problems(entry: LayerEntry, number: int, around: Surroundings) -> Iterable[Problem]:
    """Yield what is wrong with an entry as far as its source was looked at."""
    yield from _coverage_problems(entry, number, around)
    seen = around.seen.get(number)
    if seen is None:
        return
    if seen.description is None:
        yield from _unread(seen, number, around)
        return
    found = seen.description
    yield from _crs_problems(entry, number, found)
    yield from _role_problems(entry, number, found)
    if found.form is Form.RASTER:
        return
    yield from _vacant(entry, number, found)
    guesses = guess_fields(entry.role, found.fields, found.areas_m2)
    yield from _wrong_fields(entry, number, found, guesses)
    yield from _missing_fields(entry, number, around.needs.get(entry.role, ()), guesses)


def _unread(seen: Seen, number: int, around: Surroundings) -> Iterable[Problem]:
    cures = []
    if seen.elsewhere:
        source = relative_source(seen.elsewhere, around.folder)
        said = message("cure.set", key="source", value=source)
        cures.append(Cure(said, ((("layers", number, "source"), source),)))
    if seen.failure is not None:
        yield Problem(Weight.ERROR, seen.failure, number, tuple(cures))


def _coverage_problems(entry: LayerEntry, number: int, around: Surroundings) -> Iterable[Problem]:
    place = ("layers", number, "coverage")
    if entry.coverage.kind is CoverageKind.FILE and not around.exists(Path(entry.coverage.path)):
        text = message("problem.no_coverage_file", layer=entry.title, path=entry.coverage.path)
        yield Problem(Weight.ERROR, text, number, _choices(place, ("unknown", "extent")))
    elif entry.coverage.kind is CoverageKind.UNKNOWN:
        key = "problem.unknown_coverage_required" if entry.required else "problem.unknown_coverage"
        weight = Weight.WARNING if entry.required else Weight.HINT
        cures = _choices(place, ("complete", "extent"))
        yield Problem(weight, message(key, layer=entry.title), number, cures)


def _choices(place: tuple[str, int, str], values: Sequence[str]) -> tuple[Cure, ...]:
    return tuple(Cure(message(f"cure.coverage_{value}"), ((place, value),)) for value in values)


def _crs_problems(entry: LayerEntry, number: int, found: LayerDescription) -> Iterable[Problem]:
    if found.crs is not None or entry.crs or found.form is Form.NONE:
        return
    crs = crs_of_bounds(found.bounds)
    cures: tuple[Cure, ...] = ()
    if crs:
        said = message("cure.set", key="crs", value=crs)
        cures = (Cure(said, ((("layers", number, "crs"), crs),)),)
    text = message("problem.no_crs", layer=entry.title, path=os.path.normpath(found.source))
    yield Problem(Weight.ERROR, text, number, cures)


def crs_of_bounds(bounds: Bounds | None) -> str:
    """Return the CGCS2000 system that numbers of this size are in, "" where several may be.

    Degrees, and eastings with the number of their zone, tell it; eastings without do not.
    """
    if bounds is None:
        return ""
    west, south, east, north = bounds
    if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
        return CGCS2000.geographic
    zones = zones_of(np.array([west, east]))
    if zones[0] == zones[1] and west >= MILLION and are_northings(np.array([south, north])).all():
        return CGCS2000.numbered(int(zones[0])) if zones[0] > 0 else ""
    return ""


def _role_problems(entry: LayerEntry, number: int, found: LayerDescription) -> Iterable[Problem]:
    """Yield a doubt where the layer itself speaks surely for another role."""
    guesses = guess_role(found)
    if not guesses or guesses[0].role == entry.role or not guesses[0].certainty.is_taken:
        return
    if any(guess.role == entry.role for guess in guesses):
        return
    best = guesses[0]
    text = message(
        "problem.other_role",
        layer=entry.title,
        role=role_title(entry.role),
        other=role_title(best.role),
        reason=best.reasons[0],
    )
    said = message("cure.set", key="role", value=best.role)
    yield Problem(
        Weight.WARNING, text, number, (Cure(said, ((("layers", number, "role"), best.role),)),)
    )


def _vacant(entry: LayerEntry, number: int, found: LayerDescription) -> Iterable[Problem]:
    """Yield that a layer has no feature where a check takes that for a fault."""
    if entry.empty or entry.bounds is not None or entry.role in FULL_COVERAGE_ROLES:
        return
    if not found.fields or any(field.values for field in found.fields):
        return
    key = "layer.filtered" if entry.where else "layer.vacant"
    text = message(key, layer=entry.title, where=entry.where)
    said = message("cure.set", key="empty", value="true")
    yield Problem(
        Weight.WARNING, text, number, (Cure(said, ((("layers", number, "empty"), True),)),)
    )


def _wrong_fields(
    entry: LayerEntry, number: int, found: LayerDescription, guesses: Mapping[str, FieldGuess]
) -> Iterable[Problem]:
    known = {*found.field_names, FEATURE_ID}
    for internal, source in entry.fields.items():
        if source in known:
            continue
        text = message(
            "problem.no_field",
            layer=entry.title,
            internal=internal,
            field=source,
            fields=", ".join(name.strip() for name in found.field_names),
        )
        place = ("layers", number, "fields", internal)
        cures = [Cure(message("cure.take_out", key=f"fields.{internal}"), ((place, None),))]
        if internal in guesses:
            cures.insert(0, _field_cure(number, guesses[internal]))
        yield Problem(Weight.ERROR, text, number, tuple(cures))


def _missing_fields(
    entry: LayerEntry, number: int, needed: Sequence[str], guesses: Mapping[str, FieldGuess]
) -> Iterable[Problem]:
    for internal in (*needed, NAME):
        if internal in entry.fields:
            continue
        if internal not in needed and internal not in guesses:
            continue
        key = "problem.needed_field" if internal in needed else "problem.no_name"
        weight = Weight.WARNING if internal in needed else Weight.HINT
        text = message(key, layer=entry.title, role=role_title(entry.role), internal=internal)
        cures = (_field_cure(number, guesses[internal]),) if internal in guesses else ()
        yield Problem(weight, text, number, cures)


def _field_cure(number: int, guess: FieldGuess) -> Cure:
    """Return the cure that maps a field; it says how sure the guess is."""
    said: Message = message(
        "cure.map_field",
        internal=guess.internal,
        field=guess.source.strip(),
        certainty=guess.certainty.word,
        reason=guess.reasons[-1],
    )
    return Cure(said, ((("layers", number, "fields", guess.internal), guess.source),))
