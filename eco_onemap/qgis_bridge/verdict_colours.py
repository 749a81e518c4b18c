# SPDX-License-Identifier: GPL-2.0-or-later
"""The colour of each verdict, the same in panels, charts and layers."""

from __future__ import annotations

from collections.abc import Mapping

from eco_onemap.core.vocabulary import Verdict

VERDICT_COLOURS: Mapping[Verdict, str] = {
    Verdict.PROHIBITED: "#b3231b",
    Verdict.RESTRICTED: "#b85400",
    Verdict.STUDY: "#806300",
    Verdict.NO_DATA: "#59636e",
    Verdict.CLEAR: "#1d6b45",
}
