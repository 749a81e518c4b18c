# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings on a site: the list above, and below it the law and how the finding came about."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QSplitter, QTextBrowser, QWidget

from eco_onemap.gui.results.finding_views import FindingView, finding_listing, finding_views
from eco_onemap.gui.results.listing import Line
from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.outputs.report.material import Material
from eco_onemap.qgis_bridge.translation import tr


class FindingPanel(QSplitter):
    """Shows findings; one that is gone to is told, and one that a person wants to set aside.

    target_chosen, target_opened: a Target. override_wanted: a FindingView.
    """

    target_chosen = pyqtSignal(object)
    target_opened = pyqtSignal(object)
    override_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._views: dict[int, FindingView] = {}
        self._list = ListingView()
        self._list.line_chosen.connect(self._choose)
        self._list.line_opened.connect(lambda line: self.target_opened.emit(line.target))
        self._details = QTextBrowser()
        self._details.setOpenLinks(False)
        self._details.anchorClicked.connect(self.turn_law)
        self._law_is_open = True
        self._told: FindingView | None = None
        aside = QAction(tr("Set aside…"), self)
        aside.triggered.connect(self.want_override)
        self._list.add_context_action(aside)
        self.addWidget(self._list)
        self.addWidget(self._details)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setChildrenCollapsible(False)

    def show_site(self, material: Material, site_id: str) -> int:
        """Show the findings on a site and return how many they are."""
        views = finding_views(material, site_id)
        listing = finding_listing(material, views)
        self._views = {id(line): view for line, view in zip(listing.lines, views, strict=True)}
        self._list.show_listing(listing)
        self._details.setVisible(bool(views))
        self._tell(views[0] if views else None)
        return len(views)

    @property
    def details(self) -> str:
        """What is told of the finding that the user is at."""
        return str(self._details.toPlainText())

    def choose_first(self) -> None:
        """Go to the first finding."""
        self._list.choose_first()

    def turn_law(self, *_: object) -> None:
        """Open the wording of laws, or shut it; so it stays for other findings."""
        self._law_is_open = not self._law_is_open
        self._tell(self._told)

    def _tell(self, view: FindingView | None) -> None:
        self._told = view
        html = "" if view is None else (view.details if self._law_is_open else view.short_details)
        self._details.setHtml(html)

    def _choose(self, line: Line) -> None:
        self._tell(self._views[id(line)])
        self.target_chosen.emit(line.target)

    def want_override(self) -> None:
        """Tell that a person wants to set the finding aside that the user is at."""
        line = self._list.current
        if line is not None:
            self.override_wanted.emit(self._views[id(line)])
