# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidate sites side by side, and which of them is never better than another."""

from __future__ import annotations

import math
from collections.abc import Mapping

from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparison import Comparison, Criterion, compare_sites
from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target, shortened
from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.outputs import formatting
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.material import Material, gather
from eco_onemap.qgis_bridge.translation import tr

LONGEST_WIDE, LONGEST_NARROW = 8, 14
"""So many Chinese, or Latin, characters of a site's name stand over its column."""
_BY_SEVERITY = {verdict.severity: verdict for verdict in Verdict}


class ComparisonView(QWidget):
    """Shows one column a site and one row a criterion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences, self._list = QLabel(), ListingView()
        self._sentences.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sentences)
        column.addWidget(self._list, stretch=1)

    def show_assessment(self, assessment: Assessment, language: str) -> None:
        """Compare all sites of an assessment."""
        comparison = compare_sites(assessment, assessment.site_verdict["site_id"].tolist())
        material = gather(assessment, language, {}, most_sites=0)
        names = site_titles(assessment)
        self._sentences.setText("\n".join(dominance_sentences(comparison, names)))
        self._list.show_listing(comparison_listing(comparison, material, names))


def site_titles(assessment: Assessment) -> dict[str, str]:
    """Return each site's identifier with its name behind it, where it has one."""
    table = assessment.site_verdict
    pairs = zip(table["site_id"].tolist(), table["name"].tolist(), strict=True)
    return {site_id: f"{site_id} {name}".strip() for site_id, name in pairs}


def dominance_sentences(comparison: Comparison, names: Mapping[str, str]) -> list[str]:
    """Return one sentence a pair of sites of which one is never better than the other."""
    ids = [names[site_id] for site_id in comparison.site_ids]
    sentence = tr("{one} is never better than {other}, and worse in something.")
    told = [
        sentence.format(one=ids[one], other=ids[other]) for one, other in comparison.never_better
    ]
    return told or [tr("No site is in everything as good as another and better in something.")]


def comparison_listing(
    comparison: Comparison, material: Material, names: Mapping[str, str]
) -> Listing:
    """Return one row a criterion, one column a site."""
    titles = [names[site_id] for site_id in comparison.site_ids]
    return Listing(
        headings=(tr("Criterion"), *map(_heading, titles)),
        lines=tuple(_line(criterion, comparison, material) for criterion in comparison.criteria),
        numeric=frozenset(range(1, 1 + len(titles))),
        tips=dict(enumerate(titles, start=1)),
    )


def _heading(title: str) -> str:
    """Return a site's identifier with the beginning of its name below it."""
    site_id, _, name = title.partition(" ")
    most = LONGEST_NARROW if name.isascii() else LONGEST_WIDE
    return f"{site_id}\n{shortened(name, most)}" if name else site_id


def _line(criterion: Criterion, comparison: Comparison, material: Material) -> Line:
    title = _title(criterion, material)
    pairs = zip(criterion.values.tolist(), criterion.badness.tolist(), strict=True)
    cells = [
        Entry(_shown(criterion, value, known=not math.isnan(badness), material=material), badness)
        for value, badness in pairs
    ]
    layer = criterion.subject if criterion.kind in ("overlap", "length", "distance") else ""
    return Line((Entry(title, title, title), *cells), Target("", layer))


def _title(criterion: Criterion, material: Material) -> str:
    if criterion.kind == "verdict":
        return tr("Verdict")
    if criterion.kind == "rule":
        return material.rule_title(criterion.subject)
    titles = {
        "overlap": tr("{layer}: overlap"),
        "length": tr("{layer}: length inside"),
        "distance": tr("{layer}: distance"),
    }
    return titles[criterion.kind].format(layer=material.layer_title(criterion.subject))


def _shown(criterion: Criterion, value: float, *, known: bool, material: Material) -> str:
    if not known:
        return tr("not known")
    if criterion.kind == "rule" and value == 0:
        return NO_VALUE
    if criterion.kind in ("verdict", "rule"):
        return material.say.verdict(_BY_SEVERITY[int(value)].value)
    if math.isnan(value):
        return NO_VALUE
    return (
        formatting.square_metres(value) if criterion.kind == "overlap" else formatting.metres(value)
    )
