# SPDX-License-Identifier: GPL-2.0-or-later
"""The states that a catalogue had: each edit can be undone and done again.

Qt's own undo stack lies in different modules in Qt 5 and 6; texts as states need no more than this.
"""

from __future__ import annotations

from dataclasses import dataclass

from eco_onemap.core.layers.catalogue_text import CatalogueText


@dataclass(frozen=True)
class Edit:
    """An edit in words, with the states before and after it."""

    text: str
    before: CatalogueText
    after: CatalogueText


class History:
    """Edits that were made, the last one last, and those that were undone."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def last(self) -> Edit | None:
        """The edit that undo takes back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Edit | None:
        """The edit that redo makes again."""
        return self._undone[-1] if self._undone else None

    def add(self, edit: Edit) -> None:
        """Take an edit in; what was undone before is forgotten."""
        self._done.append(edit)
        self._undone.clear()

    def undo(self) -> CatalogueText:
        """Return the state before the last edit; IndexError where there is none."""
        edit = self._done.pop()
        self._undone.append(edit)
        return edit.before

    def redo(self) -> CatalogueText:
        """Return the state after the edit that was undone last; IndexError where there is none."""
        edit = self._undone.pop()
        self._done.append(edit)
        return edit.after

    def clear(self) -> None:
        """Forget all edits."""
        self._done.clear()
        self._undone.clear()
