"""One run a device at a time, first come first served, and no loop more runs at once than it asked for.

Locks hold that between the workers of one host, too, when two were given the same devices.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..contract import LoopShare
from ..failures import RefusedRequest, Stopped
from ..watch import Watch
from .device import Device
from .file_lock import FileLock
from .host_lock import HostLock
from .lease import Held, Lease
from .loop_places import LoopPlaces
from .occupancy import PATIENCE_SECONDS, Occupancy
from .turn import Turn

_log = logging.getLogger(__name__)
_RETRY_SECONDS = 0.05
_RECLAIM_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run needs: how many devices, and whose share of the host they count against."""

    share: LoopShare | None = None
    devices: int = 1


@dataclass(eq=False, slots=True)
class _Waiting:
    wish: Wish
    turn: Turn
    got: Lease | None = None


@dataclass(slots=True)
class _Occupied:
    """A device whose last run has ended and not let go of it."""

    held: Held
    occupancy: Occupancy
    due: float = field(default_factory=lambda: time.monotonic() + _RECLAIM_SECONDS)


class DevicePool:
    def __init__(self, devices: list[Device], locks: Path) -> None:
        self.devices = devices
        self._locks = locks
        self._places = LoopPlaces(locks)
        self._free = list(devices)
        self._occupied: list[_Occupied] = []
        self._queue: list[_Waiting] = []
        self._changed = threading.Condition()

    @property
    def common_nodes(self) -> tuple[str, ...] | None:
        """Nodes in /dev that every device needs; None when a run must know its device first."""
        nodes = {device.nodes for device in self.devices}
        return nodes.pop() if len(nodes) == 1 else None

    def check(self, wanted: int) -> None:
        """Refuses what would wait for ever."""
        device_class = self.devices[0].device_class
        if wanted > len(self.devices):
            raise RefusedRequest(
                "TooFewDevices",
                f"the run asks for {wanted} devices of the class {device_class}, and this host has "
                f"{len(self.devices)}: lower run.devices, or serve the class by hosts that have as many",
            )
        if wanted > 1 and not all(device.joins for device in self.devices):
            raise RefusedRequest(
                "TooFewDevices",
                f"the run asks for {wanted} devices, and of {device_class} a program can use only one: "
                "set run.devices to 1",
            )

    @contextlib.contextmanager
    def lease(self, watch: Watch, wish: Wish = Wish()) -> Iterator[Lease]:
        """Waits for free devices and holds them, to the end at most."""
        self.check(wish.devices)
        lease = self._take(
            watch, _Waiting(wish, Turn(self._locks / f"{self.devices[0].device_class}-turn.lock"))
        )
        try:
            lease.begin()
            yield lease
        finally:
            lease.release()

    def give_back(self, lease: Lease) -> None:
        """What a run has not let go of stays out of reach until it has."""
        occupied = self._settle(lease)
        with self._changed:
            for held in lease.held:
                occupancy = occupied.get(held.device)
                if occupancy is None:
                    self._free_again(held)
                else:
                    self._occupied.append(_Occupied(held, occupancy))
            if lease.place is not None:
                self._places.give_back(lease.place)
            self._changed.notify_all()

    def _settle(self, lease: Lease) -> dict[Device, Occupancy]:
        """The devices on which processes of the run are left."""
        occupied: dict[Device, Occupancy] = {}
        for one in lease.occupancies:
            left = one.settle()
            if left:
                kept = "; it is kept until they are gone" if left.processes else ""
                note = f"{one.device.id}: {left} left {PATIENCE_SECONDS:g} s after the run's end{kept}"
                _log.warning(note)
                lease.notes.append(note)
            if left.processes:
                occupied[one.device] = one
        return occupied

    def _free_again(self, held: Held) -> None:
        held.unlock()
        self._free.append(held.device)

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
                waiting.turn.give_back()
                if waiting.got is None:
                    self._queue.remove(waiting)

    def _serve(self) -> None:
        """Gives free devices to those who came first, passing over the runs of a loop that has its share."""
        self._reclaim()
        for waiting in list(self._queue):
            if not self._free:
                return
            share = waiting.wish.share
            place = self._places.take(share) if share else None
            if share and place is None:
                waiting.turn.give_back()
                continue
            held = self._take_devices(waiting)
            if held is None:
                if place is not None:
                    self._places.give_back(place)
                return
            self._queue.remove(waiting)
            waiting.got = Lease(held, self, place)
            self._changed.notify_all()

    def _take_devices(self, waiting: _Waiting) -> tuple[Held, ...] | None:
        """All that are wanted or none: two runs that each hold half of what they need would wait for ever."""
        wanted = waiting.wish.devices
        if not waiting.turn.is_mine(keep=wanted > 1):
            return None
        taken: list[Held] = []
        for device in self._free:
            held = self._lock(device) if len(taken) < wanted else None
            if held is not None:
                taken.append(held)
        if len(taken) < wanted:
            for held in taken:
                held.unlock()
            return None
        for held in taken:
            self._free.remove(held.device)
        return tuple(taken)

    def _lock(self, device: Device) -> Held | None:
        ours = FileLock.take(self._locks / device.lock_name)
        if ours is None or not device.hardware:
            return None if ours is None else Held(device, (ours,))
        everyones = HostLock.take(device.hardware)
        if everyones is None:
            ours.release()
            return None
        return Held(device, (everyones, ours))

    def _reclaim(self) -> None:
        now = time.monotonic()
        for one in [one for one in self._occupied if one.due <= now]:
            one.due = now + _RECLAIM_SECONDS
            if not one.occupancy.left().processes:
                self._occupied.remove(one)
                self._free_again(one.held)
