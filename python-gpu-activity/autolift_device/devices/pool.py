"""One run a device at a time: also when two workers of one host were given the same devices."""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from ..failures import InfrastructureFailure, Stopped
from ..watch import Watch
from .device import Device

_RETRY_SECONDS = 0.05


class DevicePool:
    def __init__(self, devices: list[Device], locks: Path) -> None:
        self.devices = devices
        self._locks = locks
        self._free = list(reversed(devices))
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def lease(self, watch: Watch) -> Iterator[Device]:
        """Waits for a free device and holds it."""
        device, lock = self._take(watch)
        try:
            yield device
        finally:
            os.close(lock)
            with self._changed:
                self._free.append(device)
                self._changed.notify()

    def _take(self, watch: Watch) -> tuple[Device, int]:
        with self._changed:
            while True:
                if watch.should_stop():
                    raise Stopped
                for device in reversed(self._free):
                    lock = self._lock(device)
                    if lock is not None:
                        self._free.remove(device)
                        return device, lock
                self._changed.wait(_RETRY_SECONDS)

    def _lock(self, device: Device) -> int | None:
        """The operating system drops such a lock when its holder dies, however it dies."""
        try:
            self._locks.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._locks / device.lock_name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise InfrastructureFailure("HomeUnusable", f"{error.filename}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        return handle
