"""Looks at leased devices while a command runs: the peak of their memory, their clocks, what slowed them."""

import contextlib
import threading
from collections.abc import Iterator, Sequence

from ..device_info import Clocks, DeviceFacts
from .gauge import Reading
from .occupancy import Occupancy


class DeviceWatch:
    def __init__(self, occupancies: Sequence[Occupancy]) -> None:
        self._watched = [_Watched(one) for one in occupancies]

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """On a thread of its own: a driver that hangs must not keep a run from being killed."""
        gauges = [one.occupancy.device.gauge for one in self._watched]
        pause = max((gauge.seconds for gauge in gauges if gauge), default=None)
        if pause is None:
            yield
            return
        over = threading.Event()
        thread = threading.Thread(target=self._look, args=(over, pause), name="device-watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(pause)

    def used(self) -> int | None:
        """Bytes that the run holds now of the fullest of them, as last seen."""
        return max((one.used for one in self._watched if one.used is not None), default=None)

    def facts(self) -> DeviceFacts | None:
        """What was seen, of several devices the slowest and the fullest."""
        known = [facts for one in self._watched if (facts := one.occupancy.device.facts)]
        if not known:
            return None
        busy = [one.busy for one in self._watched if one.busy]
        slowest = min(busy, key=lambda reading: reading.clocks.get("sm", 0), default=None)
        peaks = [one.peak for one in self._watched if one.peak is not None]
        return known[0].model_copy(
            update={
                "serial": ",".join(facts.serial for facts in known if facts.serial) or None,
                "clocks": Clocks(**slowest.clocks) if slowest and slowest.clocks else None,
                "throttle": sorted(set[str]().union(*(one.throttle for one in self._watched))),
                "powerLimitWatts": slowest.power_limit_watts if slowest else None,
                "peakDeviceMemoryBytes": max(peaks, default=None),
            }
        )

    def _look(self, over: threading.Event, pause: float) -> None:
        while not over.is_set():
            for one in self._watched:
                one.look()
            over.wait(pause)


class _Watched:
    def __init__(self, occupancy: Occupancy) -> None:
        self.occupancy = occupancy
        # the last reading under load: an idle GPU's clocks say nothing of the run
        self.busy: Reading | None = occupancy.before
        self.peak: int | None = None
        self.used: int | None = None
        self.throttle: set[str] = set()

    def look(self) -> None:
        reading = self.occupancy.look()
        if reading is None:
            return
        self.throttle |= reading.throttle
        used = self.occupancy.beyond_before(reading)
        if used or reading.processes or self.busy is None:
            self.busy = reading
        self.used = used
        if used is not None:
            self.peak = max(self.peak or 0, used)
