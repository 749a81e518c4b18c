# SPDX-License-Identifier: GPL-2.0-or-later
"""The result of a check: all sites with their verdicts, and one site with all that was found."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.results.areas import preferred_areas
from eco_onemap.gui.results.banner import Banner, site_title
from eco_onemap.gui.results.comparison_view import ComparisonView
from eco_onemap.gui.results.finding_panel import FindingPanel
from eco_onemap.gui.results.layer_listings import concerned, lacking, not_concerned
from eco_onemap.gui.results.listing import Line, Target, shortened
from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.gui.results.site_listing import site_listing, verdict_counts
from eco_onemap.gui.results.site_part import site_material
from eco_onemap.gui.results.verdict_chart import VerdictChart
from eco_onemap.qgis_bridge.translation import tr, user_language

LONGEST_TAB = 16
"""So many characters of a site's name are read on its tab."""
MOST_COMPARED = 12
"""More candidates side by side are read by nobody."""


class ResultPanel(QWidget):
    """Shows an assessment.

    target_chosen: the :class:`~eco_onemap.gui.results.listing.Target` of the line that the user
    went to. target_opened: of one that was double-clicked. override_wanted: a
    :class:`~eco_onemap.gui.results.finding_views.FindingView` that a person wants to set aside.
    site_shown: the identifier of the site whose result is shown.
    """

    target_chosen = pyqtSignal(object)
    target_opened = pyqtSignal(object)
    override_wanted = pyqtSignal(object)
    site_shown = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessment: Assessment | None = None
        self._site_id = ""
        self._language = user_language()
        self._chart, self._sites = VerdictChart(self._language), ListingView()
        self._chart.verdict_chosen.connect(self._sites.show_tone)
        self._sites.line_chosen.connect(self._show_line)
        self._banner, self._findings = Banner(), FindingPanel()
        self._concerned, self._clear, self._lacking = ListingView(), ListingView(), ListingView()
        self._comparison = ComparisonView()
        self._tabs = QTabWidget()
        self._tabs.setUsesScrollButtons(True)
        self._connect_lists()
        self._pages = QTabWidget()
        self._pages.setDocumentMode(True)
        self._make_pages()
        self.clear()

    def show_assessment(self, assessment: Assessment) -> None:
        """Show the result of a check, of its worst site first."""
        self._assessment, self._language = assessment, user_language()
        sites = site_listing(assessment, self._language, preferred_areas())
        several = len(sites.lines) > 1
        self._chart.show_counts(verdict_counts(assessment))
        self._sites.show_listing(sites)
        self._sites.show_tone("")
        self._pages.setTabText(0, tr("All sites ({count})").format(count=len(sites.lines)))
        compared = several and len(sites.lines) <= MOST_COMPARED
        self._show_pages(several=several, compared=compared)
        if compared:
            self._comparison.show_assessment(assessment, self._language)
        if sites.lines:
            self.show_site(sites.lines[0].target.site_id)

    def _show_pages(self, *, several: bool, compared: bool) -> None:
        """Offer the pages that there is something on, of one site its own only."""
        self._pages.setTabVisible(0, several)
        self._pages.setTabVisible(2, compared)
        self._pages.setCurrentWidget(self._all if several else self._one)
        self._pages.show()

    def show_site(self, site_id: str) -> None:
        """Show what was found on one site."""
        if self._assessment is None:
            return
        self._site_id = site_id
        material = site_material(self._assessment, site_id, self._language)
        self._pages.setTabText(1, shortened(site_title(material), LONGEST_TAB))
        self._banner.show_site(material)
        count = self._findings.show_site(material, site_id)
        self._tabs.setTabText(0, tr("Findings ({count})").format(count=count))
        listings = (
            (
                self._concerned,
                concerned(material, site_id, preferred_areas()),
                tr("Concerned ({count})"),
            ),
            (self._clear, not_concerned(material, site_id), tr("Not concerned ({count})")),
            (self._lacking, lacking(material, site_id), tr("No data ({count})")),
        )
        for view, listing, title in listings:
            view.show_listing(listing)
            text = title.format(count=len(listing.lines))
            self._tabs.setTabText(self._tabs.indexOf(view), text)
        self.site_shown.emit(site_id)

    def hasHeightForWidth(self) -> bool:
        """Return that it fits into the height that there is: its lists scroll, not the dock."""
        return False

    def refresh(self) -> None:
        """Show the same again, in units and places that the user prefers by now."""
        if self._assessment is not None:
            page, site_id = self._pages.currentWidget(), self._site_id
            self.show_assessment(self._assessment)
            self.show_site(site_id)
            self._pages.setCurrentWidget(page)

    def clear(self) -> None:
        """Show nothing."""
        self._assessment, self._site_id = None, ""
        self._pages.hide()

    @property
    def assessment(self) -> Assessment | None:
        """What is shown."""
        return self._assessment

    @property
    def site_id(self) -> str:
        """The site whose result is shown, "" for none."""
        return self._site_id

    @property
    def banner_text(self) -> str:
        """The verdict as it is told."""
        return self._banner.text

    @property
    def findings(self) -> FindingPanel:
        """The list of findings."""
        return self._findings

    def _connect_lists(self) -> None:
        for view in (self._concerned, self._clear, self._lacking):
            view.line_chosen.connect(lambda line: self.target_chosen.emit(line.target))
            view.line_opened.connect(lambda line: self.target_opened.emit(line.target))
        self._findings.target_chosen.connect(self.target_chosen)
        self._findings.target_opened.connect(self.target_opened)
        self._findings.override_wanted.connect(self.override_wanted)
        self._sites.line_opened.connect(self._open_line)

    def _make_pages(self) -> None:
        """Put all sites on one page and the one site on the other: each has the whole height."""
        for view in (self._findings, self._concerned, self._clear, self._lacking):
            self._tabs.addTab(view, "")
        self._all = _stacked(self._chart, self._sites)
        self._one = _stacked(self._banner, self._tabs)
        self._pages.addTab(self._all, tr("All sites"))
        self._pages.addTab(self._one, tr("Site"))
        self._pages.addTab(self._comparison, tr("Side by side"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _show_line(self, line: Line) -> None:
        self.show_site(line.target.site_id)
        self.target_chosen.emit(Target(line.target.site_id))

    def _open_line(self, line: Line) -> None:
        self._pages.setCurrentWidget(self._one)
        self.target_opened.emit(line.target)


def _stacked(*widgets: QWidget) -> QWidget:
    """Return widgets one below the other."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    return holder
