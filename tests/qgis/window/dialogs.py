# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens settings, health check, guide and about from the menu and takes their pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docks import check, open_map, take_sites, the_dock
from pictures import our_action, rest, take_picture, top_window, wait_until
from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QSpinBox
from script import given, run_in_window

from eco_onemap.gui.results.listing_view import ListingView
from eco_onemap.qgis_bridge.preferences import read_preferences

OPENING_MS = 3000


def options_page(folder: Path) -> dict[str, Any]:
    """Open QGIS's options at our page, change a number there, accept."""
    found: dict[str, Any] = {}

    def use() -> None:
        dialog: QDialog = QApplication.activeModalWidget()
        page = next(
            page
            for page in dialog.findChildren(QgsOptionsPageWidget)
            if page.objectName() == "EcoOneMapOptions" and page.isVisible()
        )
        page.findChild(QSpinBox).setValue(2)
        page.findChildren(QCheckBox)[0].setChecked(False)  # square metres
        take_picture(dialog, folder / "settings.png")
        dialog.accept()

    QTimer.singleShot(OPENING_MS, use)
    our_action(given()["settings"]).trigger()
    found["decimals"] = read_preferences().area_decimals
    return found


def areas_listed() -> list[list[str]]:
    """Return the list of layers concerned as the dock shows it."""
    views = the_dock().result.findChildren(ListingView)
    tables = ([line.split("\t") for line in view.copied_text().splitlines()] for view in views)
    return next(table for table in tables if table and given()["share"] in table[0])


def steps() -> dict[str, Any]:
    """Return what was found in each dialog, and what of the settings the dock shows at once."""
    folder = Path(given()["pictures"])
    open_map(Path(given()["catalogue"]))
    take_sites(the_dock(), Path(given()["sites"]))
    check(the_dock())
    the_dock().result.show_site("a")
    before = areas_listed()
    found = options_page(folder) | {"before": before, "after": areas_listed()}
    our_action(given()["health"]).trigger()
    health = top_window("HealthDialog")
    wait_until(lambda: health.is_done)
    found["health"] = [[line.name, line.health.value] for line in health.lines]
    take_picture(health, folder / "health.png")
    health.close()
    our_action(given()["about"]).trigger()
    about = top_window("AboutDialog")
    found["about"] = about.findChildren(QLabel)[1].text()
    take_picture(about, folder / "about.png")
    our_action(given()["guide"]).trigger()
    guide = top_window("Guide")
    rest(0.5)
    found["guide"] = guide.text[:200]
    take_picture(guide, folder / "guide.png")
    return found


run_in_window(steps)
