"""A queue that runs come through: closed while the host is drained, opened again after."""

import asyncio
from collections.abc import Awaitable, Callable

from temporalio.worker import Worker

from .drain import Drain

_LOOK_SECONDS = 0.25


class Door:
    def __init__(self, open_worker: Callable[[], Awaitable[Worker]], drain: Drain) -> None:
        self._open = open_worker
        self._drain = drain
        self._worker: Worker | None = None
        self._finishing: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Closed on purpose is as ready as open."""
        return self._drain.is_on or (self._worker is not None and self._worker.is_running)

    async def run(self) -> None:
        while not self._closed:
            if self._drain.is_on:
                await asyncio.sleep(_LOOK_SECONDS)
                continue
            self._worker = await self._open()
            running = asyncio.create_task(self._worker.run())
            while not running.done() and not self._drain.is_on:
                await asyncio.wait([running], timeout=_LOOK_SECONDS)
            if running.done():
                await running
                return
            self._finish(self._worker, running)

    def _finish(self, worker: Worker, running: asyncio.Task[None]) -> None:
        """What this worker has begun goes on to its end while the door is closed, and when it opens again."""

        async def ending() -> None:
            await worker.shutdown()
            await running

        task = asyncio.create_task(ending())
        self._finishing.add(task)
        task.add_done_callback(self._finishing.discard)

    async def shutdown(self) -> None:
        self._closed = True
        if self._worker is not None:
            await self._worker.shutdown()
        await asyncio.gather(*self._finishing, return_exceptions=True)
