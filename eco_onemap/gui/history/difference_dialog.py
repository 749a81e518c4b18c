# SPDX-License-Identifier: GPL-2.0-or-later
"""What differs between two checks: verdicts, findings, and what may have made them differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from eco_onemap.core.messages import Message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.core.results.comparing import compare
from eco_onemap.core.results.finding_changes import FindingChange, find_changes
from eco_onemap.core.vocabulary import SEVERITY, Verdict
from eco_onemap.gui.buttons import Standard, button_box
from eco_onemap.gui.results.listing import Entry, Line, Listing, Target
from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.outputs.formatting import NO_VALUE
from eco_onemap.outputs.report.blocks import Tone
from eco_onemap.outputs.report.wording import Wording, or_dash, tone_of
from eco_onemap.qgis_bridge.translation import tr, user_language

SIZE = (760, 560)


class DifferenceDialog(QDialog):
    """Shows the difference between an earlier and a later check."""

    def __init__(self, before: Assessment, now: Assessment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Difference between two checks"))
        self.resize(*SIZE)
        language = user_language()
        self._told = QLabel("\n".join(difference_sentences(before, now, language)))
        self._told.setWordWrap(True)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = ListingView()
        self.list.show_listing(change_listing(before, now, Wording(language)))
        buttons = button_box(Standard.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._told)
        column.addWidget(self.list, stretch=1)
        column.addWidget(buttons)

    @property
    def text(self) -> str:
        """What is told above the list."""
        return str(self._told.text())


def difference_sentences(before: Assessment, now: Assessment, language: str) -> list[str]:
    """Return what differs, and what may have made it differ, one sentence each."""
    comparison = compare(before, now)
    if comparison.is_same:
        return [tr("Both checks say the same, to the last digit.")]
    told = [tr("What differs:"), *_items(comparison.differences, language)]
    if comparison.causes:
        told += [tr("What may have made it differ:"), *_items(comparison.causes, language)]
    return told


def _items(told: Iterable[Message], language: str) -> Iterator[str]:
    return (f"  {one.text(language)}" for one in told)


def change_listing(before: Assessment, now: Assessment, say: Wording) -> Listing:
    """Return one line a finding that came, went or counts otherwise."""
    titles = {rule.id: rule.title for pack in (*before.packs, *now.packs) for rule in pack.rules}
    layers = {entry.id: entry.title for entry in (*before.catalogue.layers, *now.catalogue.layers)}
    return Listing(
        headings=(tr("Now"), tr("Before"), tr("Site"), tr("Rule"), tr("Layer"), tr("Feature")),
        lines=tuple(
            Line(
                (
                    _entry(change.now, say),
                    _entry(change.before, say),
                    Entry(change.site_id, change.site_id),
                    _rule(change, say.spoken(titles.get(change.rule_id, {}))),
                    Entry(or_dash(layers.get(change.layer_id, change.layer_id)), change.layer_id),
                    Entry(or_dash(change.feature_id), change.feature_id),
                ),
                Target(change.site_id, change.layer_id, change.feature_id),
                tone_of(change.now.value) if change.now else Tone.PLAIN,
            )
            for change in find_changes(before, now)
        ),
        empty=tr("Both checks have the same findings."),
    )


def _entry(verdict: Verdict | None, say: Wording) -> Entry:
    if verdict is None:
        return Entry(NO_VALUE, 1)
    return Entry(say.verdict(verdict.value), -SEVERITY[verdict])


def _rule(change: FindingChange, title: str) -> Entry:
    text = f"{change.rule_id} {title}".strip()
    return Entry(text, text, text)
