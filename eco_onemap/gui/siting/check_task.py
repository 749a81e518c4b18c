# SPDX-License-Identifier: GPL-2.0-or-later
"""A check in the background, with progress and cancel; its result comes on the main thread."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from eco_onemap.core.errors import Cancelled, EcoOneMapError
from eco_onemap.core.layers.sources import LayerCache
from eco_onemap.core.messages import Message, message
from eco_onemap.core.results.assessment import Assessment
from eco_onemap.gui.siting.courtesy import window_first
from eco_onemap.qgis_bridge.check_request import CheckRequest, run_request
from eco_onemap.qgis_bridge.translation import tr, user_language


@dataclass(frozen=True)
class CheckOutcome:
    """How a check ended: with an assessment, or with what to say instead.

    problem: one sentence, "" where the check was cancelled or succeeded. details: for the log.
    """

    assessment: Assessment | None = None
    problem: str = ""
    details: str = ""


class CheckTask(QgsTask):
    """Runs one request; *ended* is called once, on the main thread, however it ends.

    stepped: what the check is at, in words.
    """

    stepped = pyqtSignal(str)

    def __init__(
        self, request: CheckRequest, cache: LayerCache, ended: Callable[[CheckOutcome], None]
    ) -> None:
        super().__init__(tr("Siting check"), QgsTask.Flag.CanCancel)
        self._request, self._cache, self._ended = request, cache, ended
        self._language = user_language()
        self._last = ""
        self._outcome = CheckOutcome()
        self._running, self._is_given_up = Lock(), False

    def run(self) -> bool:
        """Check; on a thread of its own, with plain data only."""
        with self._running:
            return not self._is_given_up and self._run()

    def give_up(self) -> None:
        """Stop the check and return when it has; one that has not begun never will.

        QGIS's own wait never ends for a task that has found no free thread yet.
        """
        self.cancel()
        with self._running:
            self._is_given_up = True

    def _run(self) -> bool:
        try:
            with window_first():
                self._outcome = CheckOutcome(run_request(self._request, self._cache, self))
        except Cancelled:
            return False
        except EcoOneMapError as error:
            self._outcome = CheckOutcome(
                problem=error.message.text(self._language), details=error.details
            )
            return False
        except Exception:  # noqa: BLE001 (an unforeseen fault must reach the user, not the void)
            problem = message("qgis.unforeseen").text(self._language)
            self._outcome = CheckOutcome(problem=problem, details=traceback.format_exc())
            return False
        return True

    def finished(self, _result: bool) -> None:
        """Hand the outcome over; on the main thread."""
        with window_first():
            self._ended(self._outcome)

    def report(self, share: float, step: Message) -> None:
        """Show how far the check is."""
        self.setProgress(100 * share)
        text = step.text(self._language)
        if text != self._last:
            self._last = text
            self.stepped.emit(text)

    def is_cancelled(self) -> bool:
        """Return whether the user wants it to stop."""
        return bool(self.isCanceled())
