# SPDX-License-Identifier: GPL-2.0-or-later
"""Which findings two assessments do not share: what a plan, a law or a layer changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.vocabulary import SEVERITY, Verdict

_Key = tuple[str, str, str, str]
_COLUMNS = ("site_id", "rule_id", "layer_id", "feature_id")


@dataclass(frozen=True)
class FindingChange:
    """One finding. before, now: the verdict that counts, None where there is no such finding."""

    site_id: str
    rule_id: str
    layer_id: str
    feature_id: str
    before: Verdict | None
    now: Verdict | None

    @property
    def is_worse(self) -> bool:
        """Whether the finding is more severe now."""
        return _severity(self.now) > _severity(self.before)


def find_changes(before: Assessment, now: Assessment) -> tuple[FindingChange, ...]:
    """Return the findings that came, went or count otherwise, sorted by site, worst first."""
    old, new = _findings(before), _findings(now)
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    made = (FindingChange(*key, before=old.get(key), now=new.get(key)) for key in changed)
    return tuple(
        sorted(made, key=lambda one: (one.site_id, -_severity(one.now), one.rule_id, one.layer_id))
    )


def _findings(assessment: Assessment) -> Mapping[_Key, Verdict]:
    """Return the findings with the worst verdict that counts of each."""
    table = assessment.finding
    keys = zip(*(table[name].tolist() for name in _COLUMNS), strict=True)
    counting = table["effective_verdict"].tolist(), table["verdict"].tolist()
    found: dict[_Key, Verdict] = {}
    for key, effective, verdict in zip(keys, *counting, strict=True):
        said = Verdict(effective or verdict)
        if _severity(said) > _severity(found.get(key)):
            found[key] = said
    return found


def _severity(verdict: Verdict | None) -> int:
    return -1 if verdict is None else SEVERITY[verdict]
