# SPDX-License-Identifier: GPL-2.0-or-later
"""What was noted while inputs were read stands in the record in the language of the reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eco_onemap.core.messages import LANGUAGES, message

from .worlds import check, entry, rect, rule, sites, table

NOTES = (
    message("reader.note_encoding", path="zones.dbf", encoding="GB18030"),
    message("txt.note_swapped"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_recorded_in_the_language(language) -> None:
    layer = replace(table([rect(0, 0, 9, 9)]), notes=NOTES)
    zones = entry("zones", "drinking_zone")
    noted = replace(sites(rect(0, 0, 9, 9)), notes=NOTES)
    run = check(noted, [(zones, layer)], rule("N"), language=language).run
    record = dict(zip(run["key"], run["value"], strict=True))
    joined = {"zh": "", "en": " "}[language].join(note.text(language) for note in NOTES)
    assert (record["sites.notes"], record["layer.zones.notes"]) == (joined, joined)
