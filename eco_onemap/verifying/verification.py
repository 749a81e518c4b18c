# SPDX-License-Identifier: GPL-2.0-or-later
"""Verifies a report or maps: the text against the data inside, these against the present ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparing import Comparison, compare
from eco_onemap.core.results.dossier import Dossier, digest_of, unpack_dossier
from eco_onemap.core.results.sheet_texts import KIND as MAPS
from eco_onemap.outputs.report.blocks import Seal
from eco_onemap.outputs.report.sealing import composed_again
from eco_onemap.readers.sealed_files import read_sealed
from eco_onemap.readers.sealed_pages import SealedPages, read_sealed_pages
from eco_onemap.readers.sealed_text import SealedFile
from eco_onemap.verifying.differences import (
    Differences,
    bears,
    is_too_large,
    page_differences,
    text_differences,
)
from eco_onemap.verifying.map_differences import map_differences
from eco_onemap.verifying.telling import told_differences

Again = Callable[[Dossier], Assessment]
"""Checks the sites of a report on the present data; its errors are those of ``assess``."""


@dataclass(frozen=True)
class Verification:
    """What was found.

    sentences: to be told, in order. is_intact: whether the report is as it was made. holds: whether
    the present data give the same result, ``None`` where nobody asked.
    """

    sentences: tuple[Message, ...]
    is_intact: bool
    holds: bool | None = None

    @property
    def is_same(self) -> bool:
        """Whether nothing that was looked at differs."""
        return self.is_intact and self.holds is not False


def verify_report(path: Path, again: Again | None = None, number: str = "") -> Verification:
    """Return what is found of a report (DOCX, XLSX, HTML or PDF) or a file of maps (PDF).

    again: how its sites are checked on the present data, ``None`` where they are not. number: the
    one that its maker told, "" where nobody knows it. ResultsError for what cannot be verified,
    MissingPackageError where the package for its format is not installed.
    """
    is_paged = path.suffix.lower() == ".pdf"
    held = (read_sealed_pages if is_paged else read_sealed)(path)
    if not held.contents:
        raise ResultsError(
            "dossier.large" if is_too_large(held) else "dossier.none", path=str(path)
        )
    dossier = unpack_dossier(held.contents[0], str(path))
    seal = Seal(held.contents[0], digest_of(held.contents[0]))
    heading = _heading(dossier, seal)
    if number and _bare(number) != _bare(seal.number):
        other = message("verify.other_number", given=number, number=seal.number)
        return Verification((heading, other), is_intact=False)
    found = _differences(path, held, dossier, seal)
    if found is None:
        return Verification((heading, message("verify.forged")), is_intact=False)
    told = (heading, *told_differences(found, dossier))
    if again is None:
        return Verification((*told, message("verify.not_run")), found.is_intact)
    comparison = compare(dossier.assessment, again(dossier))
    return Verification((*told, *_told(comparison)), found.is_intact, comparison.is_same)


def _bare(number: str) -> str:
    return "".join(letter for letter in number.upper() if letter.isalnum())


def _heading(dossier: Dossier, seal: Seal) -> Message:
    given = dossier.assessment
    day = given.options.as_of.isoformat()
    key = "verify.maps_number" if dossier.kind == MAPS else "verify.number"
    return message(key, number=seal.number, day=day, sites=len(given.sites))


def _differences(
    path: Path, held: SealedFile | SealedPages, dossier: Dossier, seal: Seal
) -> Differences | None:
    """Return how a file differs from what its data say; ``None`` where it is of other data."""
    if len(held.contents) > 1:
        return None
    if isinstance(held, SealedPages) and dossier.kind == MAPS:
        return map_differences(path, held, dossier, seal.number)
    report = composed_again(dossier, seal)
    if not bears(held, seal.number):
        return None
    if isinstance(held, SealedPages):
        return page_differences(held, dossier, report)
    return text_differences(path.suffix, held, dossier, report)


def _told(comparison: Comparison) -> Iterator[Message]:
    if comparison.is_same and not comparison.causes:
        yield message("verify.same")
    elif comparison.is_same:
        yield message("verify.same_but")
        yield from _items(comparison.causes)
    else:
        yield message("verify.differs")
        yield from _items(comparison.differences)
        yield message("verify.causes")
        yield from _items(comparison.causes or (message("verify.no_cause"),))


def _items(told: tuple[Message, ...]) -> Iterator[Message]:
    """Yield sentences as lines of a list below the one that leads to them."""
    return (message("verify.item", item=one) for one in told)
