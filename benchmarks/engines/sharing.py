# SPDX-License-Identifier: GPL-2.0-or-later
"""What an engine is given and gives back; nothing but the standard library and arrays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")

QUICK_S, MOST_TURNS = 2.0, 3


@dataclass(frozen=True)
class Parts:
    """What sites and features share, one row a pair that meets (or a piece of one).

    sites: numbers of the sites. blobs: the shared geometries as WKB.
    """

    sites: list[int]
    blobs: list[bytes]


@dataclass(frozen=True)
class Areas:
    """Each site's overlap in m² on the ellipsoid, from an engine that gives no geometries."""

    area_m2: np.ndarray


@dataclass
class Clock:
    """Takes the time of preparing and of working apart, and notes what ran."""

    preparing_s: float = 0.0
    working_s: float = 0.0
    version: str = ""
    other_peak_mib: float = field(default=0.0)
    """Peak memory of a server's process that did the work."""

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """Count what is done once for a layer, such as loading and indexing it."""
        start = time.perf_counter()
        yield
        self.preparing_s += time.perf_counter() - start

    def working(self, work: Callable[[], Result]) -> Result:
        """Return what *work* makes of the sites, and count it; the best of three where it is quick.

        What takes a few hundredths of a second is soon doubled by whatever else the machine does.
        """
        for turn in range(MOST_TURNS):
            start = time.perf_counter()
            result = work()
            taken = time.perf_counter() - start
            self.working_s = taken if turn == 0 else min(self.working_s, taken)
            if taken > QUICK_S:
                break
        return result


def peak_mib(process: int | str = "self", anew: bool = False) -> float:
    """Return a process's own highest resident memory in MiB; *anew*: since now.

    ``ru_maxrss`` would begin with the memory of the process that started it.
    """
    if anew:
        Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")  # see proc(5)
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return float(line.split()[1]) / 1024
    raise RuntimeError("this system tells no peak memory in /proc")
