# SPDX-License-Identifier: GPL-2.0-or-later
"""What the command line says of a catalogue's problems."""

from __future__ import annotations

from pathlib import Path

from eco_onemap.core.law.needs import needed_attributes
from eco_onemap.core.law.rule_reading import read_unchecked
from eco_onemap.core.layers.building.problem import Surroundings, Weight
from eco_onemap.core.layers.building.problems import find_problems
from eco_onemap.core.layers.catalogue_text import CatalogueText
from eco_onemap.core.messages import message
from eco_onemap.paths import resource
from eco_onemap.readers.files import FileLayers
from eco_onemap.readers.looking import look_at

NATIONAL_PACK = resource("rules", "cn-national.yaml")


def advice_lines(catalogue: CatalogueText, folder: Path, language: str) -> list[str]:
    """Return a line for each problem; hints on single layers are only counted."""
    around = Surroundings(
        folder,
        look_at(catalogue, folder, FileLayers()),
        needed_attributes([read_unchecked(NATIONAL_PACK)]),
        language=language,
    )
    problems = find_problems(catalogue, around)
    hints = [each for each in problems if each.weight is Weight.HINT and each.layer is not None]
    lines = [
        f"{message(f'problem.weight.{each.weight.value}').text(language)}: "
        f"{each.text.text(language)}"
        for each in problems
        if each not in hints
    ]
    if hints:
        lines.append(message("cli.more_hints", count=len(hints)).text(language))
    return lines
