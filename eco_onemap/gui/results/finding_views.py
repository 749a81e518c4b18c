# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings on a site: a list, worst first, and what stands behind each."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from eco_onemap.core.law.setting_aside import SET_ASIDE
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target
from eco_onemap.outputs.report.finding_cards import validity
from eco_onemap.outputs.report.material import Material, Row
from eco_onemap.outputs.report.wording import or_dash, tone_of
from eco_onemap.qgis_bridge.translation import tr

LAW = "law"
"""The address behind the sign that opens and shuts the wording of laws."""


@dataclass(frozen=True)
class FindingView:
    """One finding: what identifies it, how it is told, and its details as rich text.

    short_details: without the wording of laws.
    """

    row: Row
    verdict: Verdict
    title: str
    details: str
    short_details: str

    @property
    def is_set_aside(self) -> bool:
        """Whether a person set it aside."""
        return bool(self.row["override"] == SET_ASIDE)

    @property
    def target(self) -> Target:
        """What it is about on the map."""
        return Target(self.row["site_id"], self.row["layer_id"], self.row["feature_id"])


def finding_views(material: Material, site_id: str) -> tuple[FindingView, ...]:
    """Return the findings on a site, the worst that counts first."""
    views = [_view(material, row) for row in material.findings.get(site_id, [])]
    return tuple(sorted(views, key=lambda view: (-SEVERITY[view.verdict], view.row["rule_id"])))


def finding_listing(material: Material, views: tuple[FindingView, ...]) -> Listing:
    """Return the findings as a list."""
    return Listing(
        headings=(tr("Verdict"), tr("Rule"), tr("Feature"), tr("Margin")),
        lines=tuple(_line(material, view) for view in views),
        empty=tr("No rule of the packs applied to the site."),
    )


def _line(material: Material, view: FindingView) -> Line:
    row, verdict = view.row, view.verdict
    word = tr("set aside") if view.is_set_aside else material.say.verdict(verdict.value)
    layer = material.layer_title(row["layer_id"]) if row["layer_id"] else ""
    names = {
        (hit["layer_id"], hit["feature_id"]): hit["feature_name"]
        for hit in material.hits.get(row["site_id"], [])
    }
    feature = names.get((row["layer_id"], row["feature_id"])) or row["feature_id"] or layer
    cells = (
        Entry(word, -SEVERITY[verdict]),
        Entry(view.title, view.title, row["message"]),
        Entry(or_dash(feature), feature, layer),
        Entry(or_dash(row["margin"]), row["margin"], row["margin"]),
    )
    return Line(cells, view.target, tone_of(verdict.value))


def _view(material: Material, row: Row) -> FindingView:
    effective = row["effective_verdict"] or row["verdict"]
    title = material.rule_title(row["rule_id"])
    whole, short = (
        _details(material, row, title, law_is_open=is_open) for is_open in (True, False)
    )
    return FindingView(row, Verdict(effective), title, whole, short)


def _details(material: Material, row: Row, title: str, *, law_is_open: bool) -> str:
    """Return the finding as rich text: sentence, law in force, advice, and how it came about."""
    parts = [f"<h3>{_safe(title)}</h3>", f"<p>{_safe(row['message'])}</p>"]
    parts += [_paragraph(tr("Margin"), row["margin"]), _paragraph(tr("Doubt"), row["doubt"])]
    parts += [_paragraph(tr("Set aside"), _aside(row))]
    parts += _law(material, row, is_open=law_is_open)
    rule = material.rules.get(row["rule_id"])
    advice = (rule.advice.get(material.say.language) if rule else None) or row["advice"]
    parts += [_paragraph(tr("Advice"), advice)]
    parts += [_paragraph(tr("How this came about"), row["explanation"])]
    return "".join(parts)


def _law(material: Material, row: Row, *, is_open: bool) -> Iterator[str]:
    """Yield each basis with its dates; a click on its head opens or shuts the wording."""
    bases = material.in_force(row["rule_id"])
    sign = "▾" if is_open else "▸"
    for basis in bases:
        citation, dates = _safe(basis.citation), _safe(validity(material.say, basis))
        head = f'<a href="{LAW}">{sign}</a> <b>{citation}</b> <i>{dates}</i>'
        yield f"<p>{head}<br/>{_safe(basis.text)}</p>" if is_open else f"<p>{head}</p>"
    if not bases:
        yield _paragraph(tr("Law"), row["citation"] or material.say("no_basis"))


def _aside(row: Row) -> str:
    if row["override"] != SET_ASIDE:
        return ""
    told = tr("{reason} ({author}, {day})")
    return told.format(
        reason=row["override_reason"], author=row["override_author"], day=row["override_date"]
    )


def _paragraph(head: str, text: str) -> str:
    return f"<p><b>{_safe(head)}</b><br/>{_safe(text)}</p>" if text else ""


def _safe(text: str) -> str:
    return html.escape(text).replace("\n", "<br/>")
