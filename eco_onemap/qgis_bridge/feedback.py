# SPDX-License-Identifier: GPL-2.0-or-later
"""The progress of a check in QGIS's own feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eco_onemap.core.messages import Message

if TYPE_CHECKING:
    from qgis.core import QgsProcessingFeedback


class FeedbackProgress:
    """Shows the core's progress in a ``QgsProcessingFeedback`` and asks it about stopping."""

    def __init__(self, feedback: QgsProcessingFeedback, language: str) -> None:
        self._feedback, self._language = feedback, language
        self._last = ""

    def report(self, share: float, step: Message) -> None:
        """Move the bar to *share* (0 to 1) and say the step, once."""
        self._feedback.setProgress(100 * share)
        text = step.text(self._language)
        if text != self._last:
            self._feedback.setProgressText(text)
            self._last = text

    def is_cancelled(self) -> bool:
        """Return whether the user pressed the stop button."""
        return bool(self._feedback.isCanceled())
