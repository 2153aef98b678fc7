"""Whether what ran on a device has let go of it."""

import time
from dataclasses import dataclass
from pathlib import Path

from .device import Device
from .gauge import Reading

# the driver takes a moment to take back what a killed process held
PATIENCE_SECONDS = 2.0
_LOOK_SECONDS = 0.02
# less than a CUDA context; a screen may take that much meanwhile
_SLACK_BYTES = 128 << 20


@dataclass(frozen=True, slots=True)
class Left:
    """Of a run that has ended: processes that the driver still knows, and memory that may be theirs."""

    processes: frozenset[int]
    memory_bytes: int

    def __bool__(self) -> bool:
        return bool(self.processes) or self.memory_bytes > 0

    def __str__(self) -> str:
        named = ", ".join(str(pid) for pid in sorted(self.processes)[:5])
        return f"processes {named}" if named else f"{self.memory_bytes >> 20} MiB"


_NOTHING = Left(frozenset(), 0)


class Occupancy:
    """From a lease's beginning: what was there before is not ours."""

    def __init__(self, device: Device, proc: Path = Path("/proc")) -> None:
        self.device = device
        self.before = self.look()
        self._proc = proc

    def look(self) -> Reading | None:
        return self.device.gauge.read() if self.device.gauge else None

    @property
    def strangers(self) -> frozenset[int]:
        return self.before.processes if self.before else frozenset()

    def beyond_before(self, reading: Reading) -> int | None:
        """Bytes that are used now and were not at the beginning."""
        if reading.used_bytes is None:
            return None
        return max(0, reading.used_bytes - ((self.before and self.before.used_bytes) or 0))

    def left(self) -> Left:
        """A device that does not answer is not held back for that."""
        now = self.look()
        if now is None:
            return _NOTHING
        more = self.beyond_before(now) or 0
        processes = (pid for pid in now.processes - self.strangers if self._may_be_ours(pid))
        return Left(frozenset(processes), more if more > _SLACK_BYTES else 0)

    def settle(self, seconds: float = PATIENCE_SECONDS) -> Left:
        """Waits until nothing is left; what still is by then."""
        deadline = time.monotonic() + seconds
        while True:
            left = self.left()
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(_LOOK_SECONDS)

    def _may_be_ours(self, pid: int) -> bool:
        """All that a run started was killed: whoever still has arguments came from elsewhere meanwhile."""
        try:
            return (self._proc / str(pid) / "cmdline").read_bytes() == b""
        except OSError:
            return True
