# SPDX-License-Identifier: GPL-2.0-or-later
"""What the sheets of a file of maps do not say as the data inside do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eco_onemap.core.errors import ResultsError
from eco_onemap.core.results.dossier import Dossier
from eco_onemap.core.results.sheet_texts import SheetTexts, unpack_sheets
from eco_onemap.layout.sheet_words import sheet_words, unlike_words
from eco_onemap.readers.printed_changes import bare
from eco_onemap.readers.sealed_pages import SealedPages
from eco_onemap.readers.sheet_changes import find_sheet_changes
from eco_onemap.readers.text_changes import Change, TextChanges
from eco_onemap.verifying.differences import Differences


def map_differences(
    path: Path, held: SealedPages, dossier: Dossier, number: str
) -> Differences | None:
    """Return what differs between pages, the texts of their sheets and the tables of the check.

    ``None`` where sheets bear another number than that of the data. ResultsError names *path*.
    """
    if not held.sheets:
        raise ResultsError("dossier.none", path=str(path))
    sheets = unpack_sheets(held.sheets, str(path))
    if not all(_has(sheet, number) for sheet in sheets):
        return None
    unlike = (change for sheet in sheets for change in _unlike_data(sheet, dossier))
    changes = TextChanges([*find_sheet_changes(held.pages, sheets), *unlike])
    return Differences(changes, held.looks)


def _has(sheet: SheetTexts, number: str) -> bool:
    return any(bare(number) in bare(text) for _, text in sheet.texts)


def _unlike_data(sheet: SheetTexts, dossier: Dossier) -> Iterator[Change]:
    """Yield the texts of a sheet that the tables inside do not give."""
    words = sheet_words(dossier.assessment, sheet.site_id, sheet.sheet, dossier.language)
    for text in unlike_words(sheet, words):
        yield Change(f"{sheet.site_id} {sheet.title}", "", " ".join(text.split()))
