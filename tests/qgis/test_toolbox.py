# SPDX-License-Identifier: GPL-2.0-or-later
"""The dialogs of the toolbox in a real window: language, help, widgets, the batch dialog."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import package
import pytest

from tests.qgis.windows import in_window
from tests.qgis.world import make_world

pytestmark = pytest.mark.slow

PICTURES = package.ROOT / "build" / "pictures"
CHINESE = re.compile(r"[一-鿿]")
SAME_EVERYWHERE = re.compile(
    r"|PDF|GeoPDF|PNG|A[34]|HTML|Word \(DOCX\)|Excel \(XLSX\)|(HTML|Word|Excel|PDF)[\w (),]+"
    r"|GB18030|UTF-8|GBK|GCJ-02|BD-09|ddd\.mmss|English|中文"
)
"""What is called the same in every language: formats, encodings, datums, languages."""

EXPECTED_WIDGETS = {
    "SITES_FILE": "QgsFileWidget",
    "CATALOGUE": "QgsFileWidget",
    "RESULTS": "QgsFileWidget",
    "HOUSE_STYLE": "QgsFileWidget",
    "SITE_CRS": "QgsProjectionSelectionWidget",
    "TARGET_CRS": "QgsProjectionSelectionWidget",
    "AS_OF": "QgsDateEdit",
    "SHEETS": "QgsCheckableComboBox",
    "CONSULT": "QgsDoubleSpinBox",
}


@pytest.fixture(scope="module", params=["zh-Hans", "en"])
def shown(request, plugins: Path, tmp_path_factory) -> Iterator[dict[str, Any]]:
    """What all dialogs show in a window of a language, and what the batch dialog wrote."""
    folder = tmp_path_factory.mktemp("toolbox")
    world = make_world(folder)
    sites = [shutil.copy(world.sites, folder / name) for name in ("one.gpkg", "two.gpkg")]
    given = {"catalogue": str(world.catalogue), "sites": list(map(str, sites))}
    given["pictures"] = str(PICTURES / request.param / "toolbox")
    found = in_window("toolbox.py", plugins, folder, given=given, locale=request.param, seconds=200)
    return {**found, "zh": request.param == "zh-Hans"}


def test_everything_in_a_dialog_is_in_the_language_of_qgis(shown) -> None:
    assert len(shown["dialogs"]) >= 7
    for name, dialog in shown["dialogs"].items():
        texts = [text for text in dialog["texts"] if not SAME_EVERYWHERE.fullmatch(text)]
        foreign = [text for text in texts if bool(CHINESE.search(text)) != shown["zh"]]
        assert foreign == [], name
        assert bool(CHINESE.search(dialog["title"])) == shown["zh"]


def test_every_parameter_explains_itself_where_one_points_at_it(shown) -> None:
    for name, dialog in shown["dialogs"].items():
        assert len(dialog["tips"]) >= 4, name
        for parameter, tip in dialog["tips"].items():
            label, told = re.findall(r"<p>(.*?)</p>", tip)[:2]
            assert parameter not in told, name  # QGIS adds that one itself
            assert told != label
            assert bool(CHINESE.search(told)) or not shown["zh"]


def test_parameters_have_the_widgets_that_fit_them(shown) -> None:
    met = set()
    for name, dialog in shown["dialogs"].items():
        for parameter, kind in dialog["widgets"].items():
            met.add(parameter)
            assert kind == EXPECTED_WIDGETS.get(parameter, kind), name
        assert dialog["wide"] == 0, name  # nothing stands outside the window
    assert set(EXPECTED_WIDGETS) <= met


def test_choices_are_told_in_words_and_passed_on_by_their_names(shown) -> None:
    maps = shown["dialogs"]["makemaps"]
    assert maps["values"]["LANGUAGE"] == ("zh" if shown["zh"] else "en")
    assert (maps["values"]["ORIENTATION"], maps["values"]["FORMAT"]) == ("landscape", "pdf")
    assert maps["values"]["SHEETS"][:2] == ["overview", "redline"]
    assert len(maps["values"]["SHEETS"]) == 11
    words = {"横向", "生态保护红线"} if shown["zh"] else {"portrait", "Coast and sea"}
    assert words <= set(maps["texts"])
    assert shown["dialogs"]["makereport"]["values"]["PAPERS"] == ["report"]


def test_closed_dialogs_leave_none_of_their_widgets(shown) -> None:
    assert shown["left"] == 0


def test_the_batch_dialog_checks_each_row(shown) -> None:
    assert len(shown["batch"]) == 2
    for path in shown["batch"]:
        with closing(sqlite3.connect(path)) as rows:
            verdicts = [row[0] for row in rows.execute("SELECT verdict FROM site_verdict")]
            spoken = rows.execute("SELECT reason FROM site_verdict").fetchone()[0]
        assert sorted(verdicts) == ["no_data", "no_data", "prohibited"]
        assert spoken.endswith(".")  # the rows say English, whatever the window speaks
