# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdict on a site in a sentence, with icon and colour; what decides stands first."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QWidget

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.results.looks import verdict_icon
from eco_onemap.outputs.report.conclusion import deciding_law
from eco_onemap.outputs.report.material import Material
from eco_onemap.qgis_bridge.translation import tr
from eco_onemap.qgis_bridge.verdict_colours import VERDICT_COLOURS

ICON_PX = 36
TITLE_SIZE = 1.3
"""The verdict's letters, as many times as large as the others'."""


class Banner(QFrame):
    """Shows the verdict on one site."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("EcoOneMapBanner")
        self._icon, self._title = QLabel(), QLabel()
        self._site, self._reason = QLabel(), QLabel()
        for label in (self._title, self._site, self._reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout(self)
        grid.addWidget(self._icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._site, 1, 1)
        grid.addWidget(self._reason, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def show_site(self, material: Material) -> None:
        """Show the verdict on the one site of *material*."""
        site = material.sites[0]
        verdict = Verdict(site["verdict"])
        self._dress(verdict)
        self._icon.setPixmap(verdict_icon(verdict).pixmap(ICON_PX, ICON_PX))
        self._title.setText(material.say.verdict(verdict.value))
        self._site.setText(site_title(material))
        law = deciding_law(material, site)
        parts = [site["reason"], tr("Legal basis: {law}").format(law=law) if law else ""]
        if site["set_aside"]:
            raw = material.say.verdict(site["raw_verdict"])
            told = tr("Findings set aside: {count}; without that: {verdict}.")
            parts.append(told.format(count=site["set_aside"], verdict=raw))
        self._reason.setText("\n".join(filter(None, parts)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as all lines need at this width: nothing of a verdict is cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(0, self.layout().heightForWidth(self.width())))

    @property
    def text(self) -> str:
        """All that the banner says."""
        labels = (self._title, self._site, self._reason)
        return "\n".join(label.text() for label in labels)

    def _dress(self, verdict: Verdict) -> None:
        colour = VERDICT_COLOURS[verdict]
        self.setStyleSheet(
            f"#EcoOneMapBanner {{ border: 1px solid {colour}; border-left: 6px solid {colour}; }}"
        )
        size = TITLE_SIZE * QApplication.font().pointSizeF()
        self._title.setStyleSheet(f"font-weight: bold; font-size: {size:.1f}pt;")


def site_title(material: Material) -> str:
    """Return the one site's identifier, with its name where it has one."""
    site = material.sites[0]
    return f"{site['site_id']} {site['name']}".strip()
