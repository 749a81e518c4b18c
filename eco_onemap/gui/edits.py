# SPDX-License-Identifier: GPL-2.0-or-later
"""The states that something had: each edit can be undone and done again.

Qt's own undo stack lies in different modules in Qt 5 and 6; whole states need no more than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True)
class Edit(Generic[State]):
    """An edit in words, with the states before and after it."""

    text: str
    before: State
    after: State


class Edits(Generic[State]):
    """Edits that were made, the last one last, and those that were undone."""

    def __init__(self) -> None:
        self._done: list[Edit[State]] = []
        self._undone: list[Edit[State]] = []

    @property
    def last(self) -> Edit[State] | None:
        """The edit that undo takes back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Edit[State] | None:
        """The edit that redo makes again."""
        return self._undone[-1] if self._undone else None

    def add(self, edit: Edit[State]) -> None:
        """Take an edit in; what was undone before is forgotten."""
        self._done.append(edit)
        self._undone.clear()

    def undo(self) -> State:
        """Return the state before the last edit; IndexError where there is none."""
        edit = self._done.pop()
        self._undone.append(edit)
        return edit.before

    def redo(self) -> State:
        """Return the state after the edit that was undone last; IndexError where there is none."""
        edit = self._undone.pop()
        self._done.append(edit)
        return edit.after

    def clear(self) -> None:
        """Forget all edits."""
        self._done.clear()
        self._undone.clear()
