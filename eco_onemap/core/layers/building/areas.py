# SPDX-License-Identifier: GPL-2.0-or-later
"""Fields that hold areas, and in which unit: told by the name, or found by measuring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from eco_onemap.core.layers.building.description import FieldDescription
from eco_onemap.core.layers.building.guess import Certainty, FieldGuess
from eco_onemap.core.layers.building.values import are_numbers, numbers_of
from eco_onemap.core.layers.building.vocabulary import area_names
from eco_onemap.core.messages import message
from eco_onemap.core.spellings import plain

SQUARE_METRES = {"m2": 1.0, "mu": 2000 / 3, "ha": 10_000.0, "km2": 1_000_000.0}
TOLERANCE = 0.05
"""How far a field's areas may be from the measured ones: they are planar, or rounded."""


def guess_areas(
    fields: Sequence[FieldDescription], areas_m2: Sequence[float]
) -> Iterable[FieldGuess]:
    """Yield fields with areas as ``area_m2``, ``area_ha``, ``area_mu`` or ``area_km2``.

    A field whose unit is neither told by its name nor found by measuring is a doubtful
    ``area_m2``, as is one whose name and values contradict each other.
    """
    for field in fields:
        if not are_numbers(field):
            continue
        name = plain(field.name)
        told = next((unit for unit, names in area_names().items() if name in names), None)
        if told is None:
            continue
        measured = _unit_by_measuring(numbers_of(field), areas_m2)
        yield _guess(field, told, measured)


def _guess(field: FieldDescription, told: str, measured: str | None) -> FieldGuess:
    name = field.name.strip()
    unit = measured or told
    if unit == "any":
        reason = message("guess.area_unit_unknown", name=name)
        return FieldGuess("area_m2", field.name, 0.4, Certainty.DOUBTFUL, (reason,))
    shown = message(f"guess.unit.{unit}")
    if measured and told in ("any", measured):
        reason = message("guess.area_measured", name=name, unit=shown)
        return FieldGuess(f"area_{unit}", field.name, 0.95, Certainty.SURE, (reason,))
    if measured:
        reason = message("guess.area_contradicts", name=name, unit=shown)
        return FieldGuess(f"area_{unit}", field.name, 0.5, Certainty.DOUBTFUL, (reason,))
    reason = message("guess.area_told", name=name, unit=shown)
    return FieldGuess(f"area_{unit}", field.name, 0.8, Certainty.LIKELY, (reason,))


def _unit_by_measuring(values: Sequence[float | None], areas_m2: Sequence[float]) -> str | None:
    """Return the unit in which the values are the measured areas, None where none fits."""
    ratios = [
        area / value
        for value, area in zip(values, areas_m2, strict=False)
        if value and value > 0 and area > 0
    ]
    if not ratios:
        return None
    ratio = median(ratios)
    fitting = (u for u, size in SQUARE_METRES.items() if abs(ratio / size - 1) <= TOLERANCE)
    return next(fitting, None)
