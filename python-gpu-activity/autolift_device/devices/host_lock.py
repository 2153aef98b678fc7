"""A name that one process of a host holds, whatever folder it works in and whoever its user is.

A socket without a file: gone with its holder. Linux alone has these; elsewhere a worker's home is the limit.
"""

import contextlib
import socket
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HostLock:
    held: socket.socket | None

    @classmethod
    def take(cls, name: str) -> "HostLock | None":
        """None when another holds it."""
        if sys.platform != "linux":
            return cls(None)
        own = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError):
            own.bind(f"\0autolift-device-{name}")
            return cls(own)
        own.close()
        return None

    def release(self) -> None:
        if self.held is not None:
            self.held.close()
