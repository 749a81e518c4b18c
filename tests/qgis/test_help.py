# SPDX-License-Identifier: GPL-2.0-or-later
"""The health check finds what is wrong, and the guide stays inside what came along."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QApplication, QLabel, QTreeWidget

from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.gui.help import health_dialog
from eco_onemap.gui.help.about import AboutDialog
from eco_onemap.gui.help.guide import Guide
from eco_onemap.gui.help.health_dialog import HealthDialog
from eco_onemap.paths import document
from eco_onemap.qgis_bridge.health import Health, HealthLine, check_health
from eco_onemap.qgis_bridge.layers import QgisLayers
from eco_onemap.qgis_bridge.preferences import Preferences, write_preferences
from tests.qgis.world import make_world


def test_a_missing_layer_is_what_is_wrong(tmp_path):
    catalogue = read_catalogue(make_world(tmp_path).catalogue)
    lines = list(check_health(tmp_path / "cache", catalogue, QgisLayers()))
    wrong = [line for line in lines if line.health is Health.WRONG]
    assert [line.name for line in wrong] == ["丢失的湿地"]
    assert "nowhere.gpkg" in wrong[0].detail
    schools = next(line for line in lines if line.name == "学校")
    assert schools.health is Health.GOOD
    assert str(tmp_path / "cache") in [line.detail for line in lines]


def test_a_rule_pack_of_the_settings_that_cannot_be_read_is_wrong(tmp_path):
    broken = tmp_path / "省.yaml"
    broken.write_text("pack: [", encoding="utf-8")
    write_preferences(Preferences(packs=(str(broken),)))
    try:
        lines = {line.name: line for line in check_health(tmp_path, None, QgisLayers())}
        about = AboutDialog()
    finally:
        write_preferences(Preferences())
    assert lines["cn-national"].health is Health.GOOD
    assert lines["省.yaml"].health is Health.WRONG
    assert str(broken) in lines["省.yaml"].detail
    assert any(str(broken) in label.text() for label in about.findChildren(QLabel))


def test_a_cache_below_a_file_is_noted(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    lines = list(check_health(tmp_path / "file" / "cache", None, QgisLayers()))
    noted = [line.detail for line in lines if line.health is Health.NOTE]
    assert any(str(tmp_path / "file" / "cache") in detail for detail in noted)


def test_the_dialog_shows_each_line_and_sums_up(tmp_path):
    dialog = HealthDialog(read_catalogue(make_world(tmp_path).catalogue))
    while not dialog.is_done:
        QApplication.processEvents()
    assert len(dialog.lines) > 15
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert f"Wrong: 1 of {len(dialog.lines)}." in texts


def test_why_something_is_wrong_is_read_whole(tmp_path, monkeypatch):
    why = f"/{'a folder/' * 12}wetland.gpkg is not there; put it back or correct the catalogue"
    lines = [HealthLine("Python", Health.GOOD, "3.13"), HealthLine("Wetland", Health.WRONG, why)]
    monkeypatch.setattr(health_dialog, "check_health", lambda *_: iter(lines))
    dialog = HealthDialog(None)
    dialog.show()
    while not dialog.is_done:
        QApplication.processEvents()
    rows = dialog.findChild(QTreeWidget)
    short, long = (rows.visualItemRect(rows.topLevelItem(row)).height() for row in (0, 1))
    width = rows.fontMetrics().horizontalAdvance(why)
    needed = -(-width // rows.columnWidth(1))
    assert needed > 1
    assert long >= short + (needed - 1) * rows.fontMetrics().lineSpacing()
    dialog.close()


def test_the_guide_follows_links_between_documents_only():
    guide = Guide()
    guide.open_document("rules")
    first = guide.text
    assert (
        Path(document("rules.md")).read_text(encoding="utf-8").split("\n")[0].strip("# ") in first
    )
    guide._follow(QUrl("site-files.md"))
    assert guide.text != first
    second = guide.text
    guide._follow(QUrl("https://example.org/elsewhere"))
    assert guide.text == second
    assert "https://example.org/elsewhere" in [
        label.text().partition(": ")[2] for label in guide.findChildren(QLabel)
    ]


def test_about_shows_all_of_its_text():
    about = AboutDialog()
    about.show()
    QApplication.processEvents()
    (text,) = (label for label in about.findChildren(QLabel) if "GNU" in label.text())
    assert text.height() >= text.heightForWidth(text.width())
    assert all(name in text.text() for name in ("QGIS", "GEOS", "PROJ", "cn-national"))
    about.close()


def test_pictures_of_the_guide_fit_into_it():
    guide = Guide()
    guide.show()
    guide.open_document("user-guide")
    QApplication.processEvents()
    page = guide._browser.document()
    widths, block = [], page.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            form = parts.fragment().charFormat()
            if form.isImageFormat():
                name = QUrl(form.toImageFormat().name())
                picture = guide._browser.loadResource(
                    QTextDocument.ResourceType.ImageResource, name
                )
                widths.append(picture.width())
            parts += 1
        block = block.next()
    guide.close()
    assert len(widths) >= 6
    assert min(widths) > 0
    assert max(widths) <= guide._browser.viewport().width()
    assert page.idealWidth() <= guide._browser.viewport().width()
