# SPDX-License-Identifier: GPL-2.0-or-later
"""Counts the frames that a window paints while the dock checks many sites, and while it rests."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from docks import open_map, take_sites, the_dock
from pictures import fill_screen, rest, wait_until
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QWidget
from qgis.utils import iface
from script import given, run_in_window

TICK_MS = 10
"""As often at most a frame is asked for; a screen shows one every 17 ms."""
IDLE_S = 3.0
WINDOW_S = 1.0

Moment = tuple[float, float]
"""By the clock and in processor time of this program, in seconds."""


def now() -> Moment:
    """Return the present moment."""
    return time.perf_counter(), time.process_time()


class Clock(QWidget):
    """Paints a bar that grows; a frame counts when it has been painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setGeometry(0, 0, 100, 20)
        self.painted: list[Moment] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.update)
        self._timer.start()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint in Python, which waits for the interpreter's lock as all of the plugin does."""
        painter = QPainter(self)
        painter.fillRect(
            0, 0, len(self.painted) % self.width(), self.height(), self.palette().text()
        )
        painter.end()
        self.painted.append(now())


def frames(painted: list[Moment], start: Moment, end: Moment) -> dict[str, float]:
    """Return the frames a second in the slowest second and on average, and the longest gap in s.

    slowest_of_processor: in the slowest second of this program's processor time, in which other
    programs on the machine do not count.
    """
    inside = np.array([start, *(at for at in painted if start < at < end), end])
    seconds = end[0] - start[0]
    return {
        "seconds": seconds,
        "slowest": slowest(inside[:, 0]),
        "slowest_of_processor": slowest(inside[:, 1]),
        "mean": (len(inside) - 2) / seconds,
        "longest_gap": float(np.diff(inside[:, 0]).max()),
    }


def slowest(times: np.ndarray) -> float:
    """Return the frames a second in the second with the fewest; first and last time are none."""
    end = times[-1]
    width = min(WINDOW_S, end - times[0])
    starts = np.concatenate((times[times <= end - width], [end - width]))
    until = np.searchsorted(times, starts + width, "left")
    counts = until - np.searchsorted(times, starts, "right")
    return float(counts.min() / width)


def steps() -> dict[str, Any]:
    """Return the frames of an idle window and of each check."""
    asked = given()
    fill_screen()
    open_map(Path(asked["catalogue"]))
    dock = the_dock()
    take_sites(dock, Path(asked["sites"]))
    clock = Clock(iface.mainWindow())
    rest(1.0)
    start = now()
    rest_by_events(IDLE_S)
    found: dict[str, Any] = {"idle": frames(clock.painted, start, now())}
    for name in asked["checks"]:
        found[name] = checked(dock, clock)
    found["sites"] = len(dock.result.assessment.sites)
    return found


def checked(dock: Any, clock: Clock) -> dict[str, float]:
    """Check once, by Qt's own loop of events, and return the frames until the result stands."""
    ended: list[Moment] = []
    dock.checked.connect(lambda _: ended.append(now()))
    start = now()
    dock.check()
    wait_until(lambda: bool(ended), 300.0)
    rest(0.1)
    return frames(clock.painted, start, now())


def rest_by_events(seconds: float) -> None:
    """Let the window work as it does during a check."""
    end = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() > end, seconds + 10.0)


run_in_window(steps)
