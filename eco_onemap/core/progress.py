# SPDX-License-Identifier: GPL-2.0-or-later
"""How long work is followed and stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from eco_onemap.core.errors import Cancelled
from eco_onemap.core.messages import Message

T = TypeVar("T")


class Progress(Protocol):
    """What a door gives to follow the work: a bar, a line of text, a stop button."""

    def report(self, share: float, step: Message) -> None:
        """Show that *share* (0 to 1) of the work is done and *step* comes next."""

    def is_cancelled(self) -> bool:
        """Return whether the user wants the work to stop."""


class NoProgress:
    """Shows nothing and is never cancelled."""

    def report(self, share: float, step: Message) -> None:
        """Do nothing."""

    def is_cancelled(self) -> bool:
        """Return False."""
        return False


class SubProgress:
    """The part of another progress between *start* and *end* (shares of the whole)."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        self._whole, self._start, self._width = whole, start, end - start

    def report(self, share: float, step: Message) -> None:
        """Report a share of the part as a share of the whole."""
        self._whole.report(self._start + share * self._width, step)

    def is_cancelled(self) -> bool:
        """Return whether the whole is cancelled."""
        return self._whole.is_cancelled()


def stop_if_cancelled(progress: Progress) -> None:
    """Raise :class:`Cancelled` if the user asked to stop."""
    if progress.is_cancelled():
        raise Cancelled


def steps(items: Sequence[T], progress: Progress) -> Iterator[tuple[T, SubProgress]]:
    """Yield each item with its own part of *progress*, stopping when cancelled."""
    for number, item in enumerate(items):
        stop_if_cancelled(progress)
        yield item, SubProgress(progress, number / len(items), (number + 1) / len(items))
