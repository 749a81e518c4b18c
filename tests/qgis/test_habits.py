# SPDX-License-Identifier: GPL-2.0-or-later
"""The language by QGIS's locale, and days and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QDate, QLocale
from qgis.PyQt.QtWidgets import QDateEdit

from eco_onemap.core.vocabulary import Verdict
from eco_onemap.gui.history.history_model import HistoryModel
from eco_onemap.gui.history.kept_checks import KeptCheck
from eco_onemap.outputs import formatting
from eco_onemap.outputs.report.wording import Wording
from eco_onemap.qgis_bridge.day_text import day_format, day_locale, day_text, moment_text
from eco_onemap.qgis_bridge.translation import tr, user_language

LOCALES = {
    "zh-Hans": "zh",
    "zh_CN": "zh",
    "zh_TW": "zh",  # no Chinese but the simplified one comes along
    "zh-Hant": "zh",
    "zh": "zh",
    "en": "en",
    "en_US": "en",
    "de": "en",
    "C": "en",  # what a system without any language says
}
DAYS = {
    "zh-Hans": ("2026年11月29日", "2026年3月5日 08:07"),
    "en": ("29 Nov 2026", "5 Mar 2026 08:07"),
}


@pytest.fixture
def speak() -> Iterator[object]:
    """Lets QGIS speak a language, and its own again afterwards."""
    settings = QgsSettings()

    def choose(locale: str) -> None:
        settings.setValue("locale/overrideFlag", True)
        settings.setValue("locale/userLocale", locale)
        assert QgsApplication.locale().startswith(locale[:2])

    yield choose
    settings.remove("locale/overrideFlag")
    settings.remove("locale/userLocale")


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_the_plugin_speaks_as_qgis_does(speak, locale):
    speak(locale)
    assert user_language() == LOCALES[locale]
    assert tr("Siting check") == {"zh": "选址检查", "en": "Siting check"}[LOCALES[locale]]


@pytest.mark.parametrize("locale", sorted(DAYS))
def test_days_are_written_as_the_language_does(speak, locale):
    speak(locale)
    assert (day_text(date(2026, 11, 29)), moment_text(datetime(2026, 3, 5, 8, 7))) == DAYS[locale]


@pytest.mark.parametrize("locale", sorted(DAYS))
def test_days_can_be_typed_as_they_are_shown(speak, locale):
    speak(locale)
    shown, _ = DAYS[locale]
    assert day_locale().toDate(shown, day_format()) == QDate(2026, 11, 29)
    edit = QDateEdit()
    edit.setLocale(day_locale())
    edit.setDisplayFormat(day_format())
    edit.setDate(QDate(2026, 11, 29))
    assert edit.text() == shown


@pytest.mark.parametrize("locale", sorted(DAYS))
def test_the_history_tells_days_so(speak, locale, tmp_path):
    speak(locale)
    check = KeptCheck(
        tmp_path / "a.gpkg", datetime(2026, 3, 5, 8, 7), "小图", "2026-11-29", ((Verdict.CLEAR, 1),)
    )
    model = HistoryModel(Wording(user_language()))
    model.show_checks([check])
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert DAYS[locale][1] in row
    assert DAYS[locale][0] in row


@pytest.mark.parametrize("language", ["zh_CN", "en_US", "en_GB"])
@pytest.mark.parametrize("number", [0.5, 12.345, 1234.56, 1_234_567.891])
def test_numbers_are_grouped_as_qt_does_in_each_language(language, number):
    expected = QLocale(language).toString(number + 1e-9, "f", 2)
    assert formatting.decimal_text(number + 1e-9, 2) == expected
