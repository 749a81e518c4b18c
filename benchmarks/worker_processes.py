# SPDX-License-Identifier: GPL-2.0-or-later
"""Blocks of a check in a pool of processes, to be measured against threads."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from eco_onemap.core.batch import WAITING, Block, as_completed
from eco_onemap.core.blocks import Ground, Tables, check_block
from eco_onemap.core.layers.loading import Loaded, LoadedVector
from eco_onemap.core.progress import NoProgress, Progress
from eco_onemap.core.sites.site import SiteSet

SAMPLED_EVERY_S = 0.25

_grounds: list[Ground] = []
"""In a worker: what it checks against."""


@dataclass(frozen=True)
class Processes:
    """Checks blocks in processes of this machine; an Executor of :mod:`eco_onemap.core.batch`.

    start: ``fork`` (workers see the parent's layers; Linux only, unsafe beside Qt's threads) or
    ``spawn`` (each worker loads the layers for itself).
    """

    workers: int
    start: str
    load: Callable[[], tuple[Loaded, ...]]

    def run(
        self, blocks: Sequence[Block], sites: SiteSet, ground: Ground, progress: Progress
    ) -> Iterator[tuple[Block, Tables]]:
        """Yield each block with its tables as it is done."""
        context = multiprocessing.get_context(self.start)
        if self.start == "fork":
            _grounds[:] = [ground]
            pool = ProcessPoolExecutor(self.workers, context)
        else:
            bare = replace(ground, layers=(), further=replace(ground.further, vectors={}))
            pool = ProcessPoolExecutor(self.workers, context, _receive, (bare, self.load))
        with pool:

            def submit(block: Block) -> Future[tuple[Block, Tables]]:
                return pool.submit(_check, block, sites.take(block.rows))

            yield from as_completed(submit, blocks, WAITING * self.workers, progress)


def _receive(bare: Ground, load: Callable[[], tuple[Loaded, ...]]) -> None:
    layers = load()
    vectors = {layer.entry.id: layer for layer in layers if isinstance(layer, LoadedVector)}
    _grounds[:] = [replace(bare, layers=layers, further=replace(bare.further, vectors=vectors))]


def _check(block: Block, sites: SiteSet) -> tuple[Block, Tables]:
    return block, check_block(sites, _grounds[0], NoProgress())


@dataclass
class MemoryWatch:
    """Looks now and then how much memory this process and its workers hold together.

    Shared pages count once (proportional set size), so that forked workers are not overstated.
    """

    peak_mib: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> MemoryWatch:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(SAMPLED_EVERY_S):
            held = sum(_held_mib(process) for process in [os.getpid(), *_children(os.getpid())])
            self.peak_mib = max(self.peak_mib, held)


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        try:
            named = (task / "children").read_text(encoding="ascii").split()
        except OSError:  # it has ended
            continue
        found += [int(child) for child in named]
    return found + [grandchild for child in found for grandchild in _children(child)]


def _held_mib(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has ended
        return 0.0
    line = next(line for line in told.splitlines() if line.startswith("Pss:"))
    return float(line.split()[1]) / 1024
