# SPDX-License-Identifier: GPL-2.0-or-later
"""Blocks of a check on the workers of a Dask cluster (the optional extra ``cluster``).

The compiled layers go to each worker once, also to one that joins later; a task carries only its
sites. Dask gives the blocks of a worker that dies to others, and a block's tables do not depend
on where it is checked, so that nothing of this shows in the result.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

from eco_onemap.cluster.shipping import Shipment, pack, unpack
from eco_onemap.core.batch import LOOK_EVERY_S, WAITING, Block
from eco_onemap.core.blocks import Ground, Tables, check_block
from eco_onemap.core.errors import ClusterError
from eco_onemap.core.progress import NoProgress, Progress, stop_if_cancelled
from eco_onemap.core.sites.site import SiteSet

distributed: Any = None
with suppress(ImportError):  # the extra is not installed: said when a cluster is asked for
    distributed = import_module("distributed")

RETRIES = 3
"""How often a block is tried again where a worker failed."""

CONNECT_S = 10
"""How long a scheduler may take to answer."""

_grounds: dict[str, Ground] = {}
"""On a worker: what it checks against, by the key of the shipment."""


class DaskCluster:
    """Checks blocks on the workers of the scheduler at *address* (``tcp://host:port``)."""

    def __init__(self, address: str) -> None:
        if distributed is None:
            raise ClusterError("cluster.no_dask")
        self._address = address

    def run(
        self, blocks: Sequence[Block], sites: SiteSet, ground: Ground, progress: Progress
    ) -> Iterator[tuple[Block, Tables]]:
        """Yield each block with its tables as it is done."""
        with self._connect() as client:
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
            if not workers:
                raise ClusterError("cluster.no_workers", address=self._address)
            shipment = pack(ground)
            plugin = _plugin(shipment)
            client.register_plugin(plugin)
            try:
                threads = sum(client.nthreads().values())
                yield from _as_completed(client, blocks, sites, shipment.key, threads, progress)
            finally:
                client.unregister_worker_plugin(plugin.name)

    def _connect(self) -> Any:
        try:
            return distributed.Client(self._address, timeout=CONNECT_S)
        except (OSError, ValueError) as error:
            raise ClusterError(
                "cluster.no_scheduler", address=self._address, details=repr(error)
            ) from error


def _plugin(shipment: Shipment) -> Any:
    """Return the plugin that brings the shipment to every worker and unpacks it there."""

    class Layers(distributed.WorkerPlugin):  # type: ignore[misc]
        name = f"eco-onemap-{shipment.key}"

        def setup(self, worker: Any) -> None:
            receive(shipment)

        def teardown(self, worker: Any) -> None:
            forget(shipment.key)

    return Layers()


def receive(shipment: Shipment) -> None:
    """Keep a shipment on this worker."""
    if shipment.key not in _grounds:
        _grounds[shipment.key] = unpack(shipment)


def forget(key: str) -> None:
    """Free what this worker kept for a check."""
    _grounds.pop(key, None)


def check_here(key: str, sites: bytes) -> Tables:
    """Return the tables of a block, on the worker that this runs on."""
    return check_block(pickle.loads(sites), _grounds[key], NoProgress())


def _as_completed(
    client: Any,
    blocks: Sequence[Block],
    sites: SiteSet,
    key: str,
    threads: int,
    progress: Progress,
) -> Iterator[tuple[Block, Tables]]:
    """Yield results as they come, with few blocks under way for each thread of the cluster."""
    ahead = iter(blocks)
    under_way: dict[Any, Block] = {}
    try:
        while True:
            while len(under_way) < WAITING * threads and (block := next(ahead, None)) is not None:
                shipped = pickle.dumps(sites.take(block.rows), protocol=5)
                future = client.submit(check_here, key, shipped, pure=False, retries=RETRIES)
                under_way[future] = block
            if not under_way:
                return
            for future in _finished(list(under_way)):
                block = under_way.pop(future)
                yield block, _tables(future, block)
            stop_if_cancelled(progress)
    finally:
        client.cancel(list(under_way))


def _tables(future: Any, block: Block) -> Tables:
    try:
        tables: Tables = future.result()
    except distributed.KilledWorker as error:
        raise ClusterError(
            "cluster.failed", count=len(block.rows), cause="workers died", details=repr(error)
        ) from error
    return tables


def _finished(futures: Sequence[Any]) -> list[Any]:
    """Return the futures that are done, after a short wait for the first."""
    try:
        distributed.wait(futures, timeout=LOOK_EVERY_S, return_when="FIRST_COMPLETED")
    except TimeoutError:
        return []
    return [future for future in futures if future.done()]
