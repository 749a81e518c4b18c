# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites in blocks of neighbours, checked by several workers, handed on as they are done.

A block holds sites that lie close to each other, so that a worker touches few pieces of a layer.
Blocks know nothing of each other and results are put back into the order of the sites: they are
the same, byte for byte, for any number of workers, any size of block and any order of completion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from eco_onemap.core.blocks import Ground, Tables, check_block
from eco_onemap.core.geometry.crs import CHINA
from eco_onemap.core.progress import Progress, stop_if_cancelled
from eco_onemap.core.sites.site import SiteSet
from eco_onemap.core.table import Geometries

Indices = NDArray[np.intp]

WAITING = 2
"""Blocks that wait for each worker: enough to keep it busy, few enough to bound the memory."""

LOOK_EVERY_S = 0.2
"""How often cancelling is looked for while blocks are being checked."""


@dataclass(frozen=True)
class Block:
    """Some sites of a batch: their numbers in it, ascending, and where the block stands."""

    number: int
    rows: Indices


class Executor(Protocol):
    """Checks blocks somewhere and yields the tables of each as it is done."""

    def run(
        self, blocks: Sequence[Block], sites: SiteSet, ground: Ground, progress: Progress
    ) -> Iterator[tuple[Block, Tables]]:
        """Yield each block with its tables, in any order; stop all when cancelled."""


def plan_blocks(geometries: Geometries, size: int) -> list[Block]:
    """Return blocks of at most *size* sites that lie close to each other.

    geometries: shape (n,), longitude and latitude; missing ones come last. No sites are one block.
    """
    order = np.argsort(_curve_places(geometries), kind="stable")
    starts = range(0, max(len(order), 1), size)
    return [
        Block(number, np.sort(order[start : start + size])) for number, start in enumerate(starts)
    ]


def _curve_places(geometries: Geometries) -> NDArray[np.uint64]:
    """Return where the middle of each geometry lies on a Z-order curve over China."""
    bounds = shapely.bounds(geometries).reshape(-1, 4)
    west, south, east, north = CHINA
    x = (0.5 * (bounds[:, 0] + bounds[:, 2]) - west) / (east - west)
    y = (0.5 * (bounds[:, 1] + bounds[:, 3]) - south) / (north - south)
    places = _spread(x) | (_spread(y) << np.uint64(1))
    places[np.isnan(x)] = np.iinfo(np.uint64).max
    return places


def _spread(share: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return shares (0 to 1) as numbers of 31 bits with a zero between any two of them."""
    bits = (np.clip(np.nan_to_num(share), 0.0, 1.0) * (2**31 - 1)).astype(np.uint64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits


@dataclass(frozen=True)
class Threads:
    """Checks blocks in threads of this process; GEOS and numpy let them run side by side."""

    workers: int = 1

    def run(
        self, blocks: Sequence[Block], sites: SiteSet, ground: Ground, progress: Progress
    ) -> Iterator[tuple[Block, Tables]]:
        """Yield each block with its tables as it is done."""

        def check(block: Block) -> tuple[Block, Tables]:
            return block, check_block(sites.take(block.rows), ground, progress)

        if self.workers == 1 or len(blocks) < 2:
            for block in blocks:
                stop_if_cancelled(progress)
                yield check(block)
            return
        with ThreadPoolExecutor(self.workers) as pool:

            def submit(block: Block) -> Future[tuple[Block, Tables]]:
                return pool.submit(check, block)

            yield from as_completed(submit, blocks, WAITING * self.workers, progress)


def as_completed(
    submit: Callable[[Block], Future[tuple[Block, Tables]]],
    blocks: Sequence[Block],
    at_once: int,
    progress: Progress,
) -> Iterator[tuple[Block, Tables]]:
    """Yield results as they come, with few blocks under way at a time."""
    ahead = iter(blocks)
    under_way: set[Future[tuple[Block, Tables]]] = set()
    try:
        while True:
            while len(under_way) < at_once and (block := next(ahead, None)) is not None:
                under_way.add(submit(block))
            if not under_way:
                return
            done, under_way = wait(under_way, LOOK_EVERY_S, FIRST_COMPLETED)
            stop_if_cancelled(progress)
            for result in done:
                yield result.result()
    finally:
        for result in under_way:
            result.cancel()


def site_numbers(tables: Tables, block: Block, ids: NDArray[np.object_]) -> dict[str, Indices]:
    """Return the number in the batch of the site of each row, by table.

    ids: shape (n,), of all sites of the batch, unique.
    """
    number_of = dict(zip(ids[block.rows].tolist(), block.rows.tolist(), strict=True))
    return {
        name: np.fromiter(map(number_of.__getitem__, table["site_id"]), np.intp, len(table))
        for name, table in tables.items()
    }
