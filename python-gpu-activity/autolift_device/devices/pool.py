"""One run a device at a time, first come first served, and no loop more devices than it asked for.

Locks hold that between the workers of one host, too, when two were given the same devices.
"""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..contract import LoopShare
from ..failures import Stopped
from ..watch import Watch
from .device import Device
from .file_lock import FileLock
from .loop_places import LoopPlaces

_RETRY_SECONDS = 0.05


@dataclass(eq=False, slots=True)
class _Waiting:
    share: LoopShare | None
    got: "Lease | None" = None


@dataclass(eq=False, slots=True)
class Lease:
    """A device that is held until it is released; again is no harm."""

    device: Device
    pool: "DevicePool"
    lock: FileLock
    place: FileLock | None
    released: bool = False

    def release(self) -> None:
        if not self.released:
            self.released = True
            self.pool.give_back(self)


class DevicePool:
    def __init__(self, devices: list[Device], locks: Path) -> None:
        self.devices = devices
        self._locks = locks
        self._places = LoopPlaces(locks)
        self._free = list(devices)
        self._queue: list[_Waiting] = []
        self._changed = threading.Condition()

    @property
    def common_nodes(self) -> tuple[str, ...] | None:
        """Nodes in /dev that every device needs; None when a run must know its device first."""
        nodes = {device.nodes for device in self.devices}
        return nodes.pop() if len(nodes) == 1 else None

    @contextlib.contextmanager
    def lease(self, watch: Watch, share: LoopShare | None = None) -> Iterator[Lease]:
        """Waits for a free device and holds it, to the end at most."""
        lease = self._take(watch, _Waiting(share))
        try:
            yield lease
        finally:
            lease.release()

    def give_back(self, lease: Lease) -> None:
        with self._changed:
            lease.lock.release()
            if lease.place is not None:
                self._places.give_back(lease.place)
            self._free.append(lease.device)
            self._changed.notify_all()

    def _take(self, watch: Watch, waiting: _Waiting) -> Lease:
        with self._changed:
            self._queue.append(waiting)
            try:
                while True:
                    self._serve()
                    if waiting.got is not None:
                        return waiting.got
                    if watch.should_stop():
                        raise Stopped
                    self._changed.wait(_RETRY_SECONDS)
            finally:
                if waiting.got is None:
                    self._queue.remove(waiting)

    def _serve(self) -> None:
        """Gives free devices to those who came first, passing over the runs of a loop that has its share."""
        for waiting in list(self._queue):
            if not self._free:
                return
            place = self._places.take(waiting.share) if waiting.share else None
            if waiting.share and place is None:
                continue
            taken = self._take_device()
            if taken is None:
                if place is not None:
                    self._places.give_back(place)
                return
            device, lock = taken
            self._queue.remove(waiting)
            waiting.got = Lease(device, self, lock, place)
            self._changed.notify_all()

    def _take_device(self) -> tuple[Device, FileLock] | None:
        for device in self._free:
            lock = FileLock.take(self._locks / device.lock_name)
            if lock is not None:
                self._free.remove(device)
                return device, lock
        return None
