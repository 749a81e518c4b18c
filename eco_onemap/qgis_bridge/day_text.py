# SPDX-License-Identifier: GPL-2.0-or-later
"""Days as the window tells them, in the habit of the user's language; files keep 2026-11-29."""

from __future__ import annotations

from datetime import date, datetime

from qgis.PyQt.QtCore import QDate, QLocale, QTime

from eco_onemap.qgis_bridge.translation import user_language

FORMATS = {"zh": "yyyy年M月d日", "en": "d MMM yyyy"}
TIME = "HH:mm"


def day_format() -> str:
    """Return how Qt is to write days: 2026年11月29日, 29 Nov 2026."""
    return FORMATS[user_language()]


def day_locale() -> QLocale:
    """Return where the names of months are taken from, whatever the system speaks."""
    languages = {"zh": QLocale.Language.Chinese, "en": QLocale.Language.English}
    return QLocale(languages[user_language()])


def day_text(day: date) -> str:
    """Return a day as it is read in the user's language."""
    return str(day_locale().toString(QDate(day.year, day.month, day.day), day_format()))


def moment_text(when: datetime) -> str:
    """Return a day with hour and minute."""
    return f"{day_text(when)} {day_locale().toString(QTime(when.hour, when.minute), TIME)}"
