"""How many runs a host takes at a time: one a device, and a few on deck while runs are short.

A long run on deck waits in vain where another host of its class has a free device: it would have run there.
"""

import asyncio
import threading

from temporalio.worker import (
    CustomSlotSupplier,
    FixedSizeSlotSupplier,
    SlotMarkUsedContext,
    SlotPermit,
    SlotReleaseContext,
    SlotReserveContext,
    WorkerTuner,
)

from .pace import Pace


class Places(CustomSlotSupplier):
    def __init__(self, devices: int, on_deck: int, pace: Pace) -> None:
        self._devices = devices
        self._on_deck = on_deck
        self._pace = pace
        self._lock = threading.Lock()
        self._taken = 0
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    async def reserve_slot(self, ctx: SlotReserveContext) -> SlotPermit:
        one = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(one)
        try:
            while not self._take():
                await one[1].wait()
                one[1].clear()
        finally:
            with self._lock:
                self._waiting.discard(one)
        return SlotPermit()

    def try_reserve_slot(self, ctx: SlotReserveContext) -> SlotPermit | None:
        return SlotPermit() if self._take() else None

    def mark_slot_used(self, ctx: SlotMarkUsedContext) -> None:
        pass

    def release_slot(self, ctx: SlotReleaseContext) -> None:
        """Called from any thread."""
        with self._lock:
            self._taken -= 1
            waiting = list(self._waiting)
        for loop, freed in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(freed.set)

    def _take(self) -> bool:
        with self._lock:
            most = self._devices + (self._on_deck if self._pace.is_short else 0)
            if self._taken >= most:
                return False
            self._taken += 1
            return True


def tuner_of(places: Places) -> WorkerTuner:
    """Of a worker that has nothing but activities."""
    return WorkerTuner.create_composite(
        workflow_supplier=FixedSizeSlotSupplier(1),
        activity_supplier=places,
        local_activity_supplier=FixedSizeSlotSupplier(1),
        nexus_supplier=FixedSizeSlotSupplier(1),
    )
