# SPDX-License-Identifier: GPL-2.0-or-later
"""Gives a report its number and what it was made of, so that anybody can verify it."""

from __future__ import annotations

from dataclasses import replace

from eco_onemap.core.results.dossier import Dossier, digest_of, pack_dossier
from eco_onemap.outputs.house_style import HouseStyle
from eco_onemap.outputs.report.blocks import Cell, Facts, Heading, Report, Seal
from eco_onemap.outputs.report.kinds import PaperKind, compose
from eco_onemap.outputs.report.wording import Wording


def sealed(report: Report, dossier: Dossier) -> Report:
    """Return the report with its number on each page and in a chapter at the end."""
    content = pack_dossier(dossier)
    return with_seal(report, Seal(content, digest_of(content)))


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
    """Return the report that a dossier was packed for, without maps."""
    report = compose(PaperKind(dossier.kind), dossier.assessment, dossier.language, {})
    return with_seal(HouseStyle(texts=dossier.texts).worded(report), seal)
