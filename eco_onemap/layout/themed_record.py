# SPDX-License-Identifier: GPL-2.0-or-later
"""What an assessment says of one site about the layers of one theme only. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from eco_onemap.core.vocabulary import SEVERITY, LayerStatus, Verdict
from eco_onemap.layout.layer_rows import UNKNOWN, concerning_rows
from eco_onemap.layout.record import EVERY_SITE, Row, SiteRecord, counted_verdict
from eco_onemap.layout.subjects import Subject, SubjectKind, subjects
from eco_onemap.layout.wording import Say
from eco_onemap.outputs.formatting import metres

OVERALL = "overall_verdict"
"""Where the record of a theme keeps the verdict on all themes."""
SITE = "site"
"""What gaps of the site itself are called: its place or outline is open to doubt."""


def themes_concerned(record: SiteRecord) -> tuple[Subject, ...]:
    """Return the themes with a layer that a site meets, that is near it, or is not known there.

    A theme of which the check says something without a layer (an access list) is one, too.
    """
    roles = {row["role"] for row in concerning_rows(record)}
    roles |= {_role(row, record) for row in record.findings}
    themes = (one for one in subjects() if one.kind is SubjectKind.THEME)
    return tuple(theme for theme in themes if any(map(theme.concerns, roles)))


def about(record: SiteRecord, subject: Subject) -> SiteRecord:
    """Return the record of a site narrowed to a subject; its verdict is that on the subject.

    A theme is clear only where all its layers are known at the site, its rules could be evaluated
    there, and the site itself is beyond doubt.
    """
    if subject.kind is not SubjectKind.THEME:
        return record
    held = [layer for layer in record.entries if subject.concerns(record.entries[layer].role)]
    themed = replace(
        record,
        layers=tuple(row for row in record.layers if row["layer_id"] in held),
        hits=record.hits.take(np.flatnonzero(np.isin(record.hits["layer_id"], held))),
        findings=tuple(row for row in record.findings if subject.concerns(_role(row, record))),
        gaps=tuple(row for row in record.gaps if _is_about(row, held, record, subject)),
    )
    overall = {OVERALL: record.site["verdict"]}
    return replace(themed, site=themed.site | overall | _verdict(themed, subject))


def _role(row: Row, record: SiteRecord) -> str:
    """Return the role of a finding's layer; layers that the check makes are called by it."""
    entry = record.entries.get(row["layer_id"])
    return entry.role if entry else str(row["layer_id"])


def _is_about(gap: Row, held: Sequence[str], record: SiteRecord, subject: Subject) -> bool:
    kind, _, name = gap["what"].partition(":")
    if kind == "layer":
        return name in held
    if kind == "rule":
        rules = (rule for pack in record.assessment.packs for rule in pack.rules)
        about = next((rule for rule in rules if rule.id == name), None)
        return about is not None and (
            any(map(subject.concerns, about.roles)) or not set(held).isdisjoint(about.layers)
        )
    return kind == SITE or subject.concerns(kind)


def _verdict(record: SiteRecord, subject: Subject) -> Row:
    """Return verdict, deciding rule and reason on the layers of a narrowed record."""
    counted = [row for row in record.findings if counted_verdict(row) is not Verdict.CLEAR]
    if counted:
        worst = max(counted, key=lambda row: SEVERITY[counted_verdict(row)])
        return _said(counted_verdict(worst), worst["message"], worst["rule_id"])
    doubts = [row["why"] for row in record.gaps if row["what"] == SITE]
    if doubts:
        return _said(Verdict.STUDY, doubts[0])
    unknown = [row for row in record.layers if row["status"] in UNKNOWN]
    if unknown or not record.layers:
        return _said(Verdict.NO_DATA, _unknown(record, unknown, subject))
    unanswered = [row["why"] for row in record.gaps if row["site_id"] != EVERY_SITE]
    if unanswered:
        return _said(Verdict.NO_DATA, unanswered[0])
    return _said(Verdict.CLEAR, _nothing_found(record, subject))


def _said(verdict: Verdict, reason: str, rule: str = "") -> Row:
    return {"verdict": verdict.value, "deciding_rule": rule, "reason": reason}


def _unknown(record: SiteRecord, rows: Sequence[Row], subject: Subject) -> str:
    say = Say(record.language)
    if not rows:
        return say("theme.without_layer", subject=subject.phrases[record.language])
    named = [
        say("theme.of", layer=_title(row, record), status=say(f"status.{row['status']}"))
        for row in rows
    ]
    return say("theme.unknown", layers=say.listed(named))


def _nothing_found(record: SiteRecord, subject: Subject) -> str:
    """Return the layers met without a finding, or else the nearest one."""
    say = Say(record.language)
    met = [_title(row, record) for row in record.layers if row["status"] == LayerStatus.HIT.value]
    if met:
        return say("theme.met", layers=say.listed(met))
    apart = say("theme.apart", subject=subject.phrases[record.language])
    near = [row for row in record.layers if row["nearest_m"] > 0]
    if not near:
        return apart
    nearest = min(near, key=lambda row: float(row["nearest_m"]))
    distance = metres(nearest["nearest_m"])
    return say.told((apart, say("theme.nearest", layer=_title(nearest, record), distance=distance)))


def _title(row: Row, record: SiteRecord) -> str:
    return record.entries[row["layer_id"]].title
