# SPDX-License-Identifier: GPL-2.0-or-later
"""What is decided of a sheet before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.layout.imprint import BLANK, Imprint
from eco_onemap.layout.paper import LANDSCAPE_A4, Paper
from eco_onemap.layout.subjects import RISK, Subject


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet is about and how it is made.

    template: the office's own layout, "" for none. number: of what the file is verified by, "" for
    a file that carries nothing.
    """

    subject: Subject = RISK
    paper: Paper = LANDSCAPE_A4
    imprint: Imprint = BLANK
    template: str = ""
    number: str = ""


PLAIN = SheetPlan()
