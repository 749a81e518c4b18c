# SPDX-License-Identifier: GPL-2.0-or-later
"""Colours and signs of tones: a sign beside each colour, for print in black and white."""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.outputs.report.blocks import Tone

INK, SOFT, LINE, FAINT = "1C2530", "5A6673", "B9C2CC", "F3F5F8"
ACCENT, HEAD = "1F3F66", "E4EAF2"


@dataclass(frozen=True)
class Shade:
    """How a tone looks: text colour, ground colour, and a sign that GB 2312 has."""

    ink: str
    ground: str
    sign: str


SHADES = {
    Tone.PLAIN: Shade(ACCENT, "FFFFFF", ""),
    Tone.PROHIBITED: Shade("B3231B", "FCEFEE", "●"),
    Tone.RESTRICTED: Shade("B85400", "FDF3E9", "◆"),
    Tone.STUDY: Shade("806300", "FBF6E2", "▲"),
    Tone.NO_DATA: Shade("59636E", "F1F3F5", "□"),
    Tone.CLEAR: Shade("1D6B45", "EDF6F1", "○"),
}


def signed(text: str, tone: Tone) -> str:
    """Return text after the sign of its tone."""
    sign = SHADES[tone].sign
    return f"{sign} {text}" if sign else text
