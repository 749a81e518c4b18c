# SPDX-License-Identifier: GPL-2.0-or-later
"""How a check in the background leaves the interpreter to the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_S = 0.001
"""How long the window waits at most for a thread that computes in Python; 5 ms is Python's own."""

NEVER = 1 << 30
"""So many collections of the middle generation come before one of the oldest."""


@contextmanager
def window_first() -> Iterator[None]:
    """Let the window's thread have the interpreter soon, and put off what would hold it long.

    A full collection of garbage looks at every object there is, a million after a check of ten
    thousand sites, and holds the interpreter for a tenth of a second or more; those of younger
    objects go on.
    """
    interval, (young, middle, oldest) = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(young, middle, NEVER)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(young, middle, oldest)
