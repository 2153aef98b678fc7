"""How long runs take on this host, the recent ones counting most."""

import threading

_NEWEST = 0.1

SHORT_RUN_SECONDS = 3.0
"""Of shorter runs the next one is made ready before a device is free, as `on-deck.ts` has it of the loop."""


class Pace:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mean: float | None = None

    def add(self, seconds: float) -> None:
        with self._lock:
            before = seconds if self._mean is None else self._mean
            self._mean = before + _NEWEST * (seconds - before)

    @property
    def is_short(self) -> bool:
        mean = self._mean
        return mean is not None and mean < SHORT_RUN_SECONDS
