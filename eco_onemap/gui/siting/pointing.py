# SPDX-License-Identifier: GPL-2.0-or-later
"""What a click in the dock shows on the map: sites in hand, sites of a result, findings."""

from __future__ import annotations

from eco_onemap.core.sites.crs_candidates import Candidate
from eco_onemap.core.sites.joining import choose_sites
from eco_onemap.gui.results.listing import Target
from eco_onemap.gui.results.panel import ResultPanel
from eco_onemap.gui.siting.highlight import Highlight, find_site
from eco_onemap.gui.siting.inputs import InputsBox
from eco_onemap.gui.siting.placing import placed_names, placed_sites

MOST_SHOWN = 200
"""So many sites that were not checked yet are drawn on the map."""


class Pointing:
    """Listens to the parts of the dock and points on the map."""

    def __init__(self, inputs: InputsBox, result: ResultPanel, highlight: Highlight) -> None:
        self._inputs, self._result, self._highlight = inputs, result, highlight
        inputs.sites.list.pointed.connect(self._point_at)
        inputs.place.candidate_shown.connect(self._show_reading)
        inputs.place.placed.connect(self._show_placed)
        result.site_shown.connect(self._show_site)
        result.target_chosen.connect(self._show_target)
        result.target_opened.connect(self._zoom_to_target)

    def _show_reading(self, candidate: Candidate) -> None:
        """Show where one way to read the coordinates puts the sites."""
        raw = self._inputs.sites.sites
        if raw is not None:
            shapes = placed_sites(raw, candidate, MOST_SHOWN)
            self._highlight.show_sites(shapes)
            self._highlight.zoom_to(shapes)

    def _show_placed(self) -> None:
        """Show the sites in hand."""
        raw, answer = self._inputs.sites.sites, self._inputs.place.answer
        if raw is not None and answer is not None:
            shapes = placed_sites(raw, answer.used, MOST_SHOWN)
            self._highlight.show_sites(shapes, placed_names(raw))

    def _point_at(self, row: int) -> None:
        """Go to a site in hand."""
        raw, answer = self._inputs.sites.sites, self._inputs.place.answer
        if raw is not None and answer is not None and answer.candidates:
            self._highlight.look_at(placed_sites(choose_sites(raw, [row]), answer.used, 1))

    def _show_site(self, site_id: str) -> None:
        """Show a site of the result with its rings, and go there."""
        assessment = self._result.assessment
        if assessment is not None:
            self._highlight.show_site(assessment, site_id)
            self._highlight.zoom_to([find_site(assessment, site_id)])

    def _show_target(self, target: Target) -> None:
        """Highlight and flash what a line is about; go there where it is out of sight."""
        assessment = self._result.assessment
        if assessment is not None:
            shown = self._highlight.show_target(assessment, target)
            self._highlight.look_at([find_site(assessment, target.site_id), shown])

    def _zoom_to_target(self, target: Target) -> None:
        assessment = self._result.assessment
        if assessment is not None:
            shown = self._highlight.show_target(assessment, target)
            self._highlight.zoom_to([find_site(assessment, target.site_id), shown])
