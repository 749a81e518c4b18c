# SPDX-License-Identifier: GPL-2.0-or-later
"""Gives a report its number and what it was made of, so that anybody can verify it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from eco_onemap.core.results.dossier import Dossier, digest_of, pack_dossier
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.report.blocks import Cell, Facts, Figure, Heading, Paragraph, Report, Seal
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.plates import Plate
from eco_onemap.outputs.report.wording import Wording


def seal_of(dossier: Dossier) -> Seal:
    """Return what travels inside the report that a dossier is of."""
    content = pack_dossier(dossier)
    return Seal(content, digest_of(content))


def sealed_maps(maps: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Return what a dossier says of the maps in a report: name, and SHA-256 of the picture."""
    return {site: _told_map(path) for site, path in maps.items()}


def sealed_plates(plates: Sequence[Plate]) -> tuple[tuple[str, str, str], ...]:
    """Return what a dossier says of further sheets: name, SHA-256 of the picture, and title."""
    return tuple((*_told_map(plate.path), plate.title) for plate in plates)


def _told_map(path: Path) -> tuple[str, str]:
    image = Figure(path, "").image
    try:
        return (image.name, sha256(image.read_bytes()).hexdigest()) if image else (path.name, "")
    except OSError:  # who writes the report leaves it out, too
        return path.name, ""


def unsealed(report: Report) -> Report:
    """Return the report with a chapter, and a mark on each page: nobody can verify it, and why."""
    say = Wording(report.language)
    footer = " · ".join((report.footer, say("unsealed_mark")))
    chapter = Heading(say("chapter.seal"), anchor="seal"), Paragraph(say("unsealed"))
    return replace(report, footer=footer, blocks=(*report.blocks, *chapter))


def with_seal(report: Report, seal: Seal) -> Report:
    """Return the report with a seal that is there already."""
    say = Wording(report.language)
    chapter = (
        Heading(say("chapter.seal"), anchor="seal"),
        Facts(
            (
                (say("fact.number"), Cell(seal.number)),
                (say("fact.digest"), Cell(seal.digest)),
                (say("fact.verify"), Cell(say("how_to_verify"))),
            )
        ),
    )
    footer = say("sealed_footer", footer=report.footer, number=seal.number)
    return replace(report, footer=footer, blocks=(*report.blocks, *chapter), seal=seal)


def composed_again(dossier: Dossier, seal: Seal) -> Report:
    """Return the report that a dossier was packed for; of maps the names only."""
    maps = {site: Path(name) for site, (name, _) in dossier.maps.items()}
    plates = [Plate(Path(name), title) for name, _, title in dossier.plates]
    made = PaperKind(dossier.kind), dossier.assessment, dossier.language, maps
    report = compose(*made, plates=plates)
    return with_seal(HouseStyle(texts=dossier.texts).worded(report), seal)
