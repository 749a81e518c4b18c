# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings that rest on a doubtful place: ``study`` at most, their rule's own verdict kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from eco_onemap.core.law.findings import Findings
from eco_onemap.core.vocabulary import Verdict

STUDY = Verdict.STUDY.severity


def capped(findings: Findings, doubtful: NDArray[np.bool_]) -> Findings:
    """Return the findings, ``study`` at most where *doubtful*, shape (k,)."""
    severity, effective = (
        np.where(doubtful, np.minimum(values, STUDY), values)
        for values in (findings.severity, findings.effective)
    )
    before = findings.severity if findings.uncapped is None else findings.uncapped
    return replace(findings, severity=severity, effective=effective, uncapped=before)


def cap_older_datums(findings: Sequence[Findings]) -> list[Findings]:
    """Return the findings, ``study`` at most on layers in a datum older than CGCS2000.

    A layer that may lie a hundred metres elsewhere proves no conflict.
    """
    return [
        capped(one, np.ones(len(one), dtype=bool)) if one.measurement.entry.datum else one
        for one in findings
    ]
