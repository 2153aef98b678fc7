"""Devices that one run holds until it releases them."""

from dataclasses import dataclass, field
from typing import Protocol

from .device import Device, together
from .file_lock import FileLock
from .host_lock import HostLock
from .occupancy import Occupancy


@dataclass(frozen=True, slots=True)
class Held:
    """A device with the locks that keep others from it."""

    device: Device
    locks: tuple[FileLock | HostLock, ...]

    def unlock(self) -> None:
        for lock in self.locks:
            lock.release()


class Keeper(Protocol):
    def give_back(self, lease: "Lease") -> None: ...


@dataclass(eq=False, slots=True)
class Lease:
    """Released once; again is no harm."""

    held: tuple[Held, ...]
    pool: Keeper
    place: FileLock | None
    # what is worth telling of the devices
    notes: list[str] = field(default_factory=list)
    occupancies: list[Occupancy] = field(default_factory=list)
    released: bool = False

    @property
    def devices(self) -> list[Device]:
        return [one.device for one in self.held]

    @property
    def device(self) -> Device:
        """All of them as one."""
        return together(self.devices)

    def begin(self) -> None:
        """Sees who is there already."""
        self.occupancies = [Occupancy(device) for device in self.devices]
        for one in self.occupancies:
            if one.strangers:
                pids = ", ".join(map(str, sorted(one.strangers)[:5]))
                self.notes.append(f"others use {one.device.id}, too, and may slow it down: processes {pids}")

    def release(self) -> None:
        if not self.released:
            self.released = True
            self.pool.give_back(self)
