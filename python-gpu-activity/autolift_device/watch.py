"""What others may see of a run, and how they stop it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .contract import Phase, RunProgress
from .failures import Stopped
from .measure.metric import metric_like_lines

if TYPE_CHECKING:
    from .sandbox.output import OutputLog


class Watch:
    """Written by the run's thread, read by the one that sends heartbeats."""

    def __init__(self, key: str, should_stop: Callable[[], bool]) -> None:
        self.key = key
        self.should_stop = should_stop
        self.phase: Phase = "waiting"
        self.memory = 0
        self._log: OutputLog | None = None
        self._begin = time.monotonic()

    def attach(self, log: "OutputLog") -> None:
        self._log = log

    def enter(self, phase: Phase) -> None:
        """Starts a phase, unless the run was stopped."""
        if self.should_stop():
            raise Stopped
        self.phase = phase
        self.memory = 0

    def progress(self) -> RunProgress:
        recent = self._log.recent if self._log else b""
        return RunProgress(
            key=self.key,
            phase=self.phase,
            elapsedSeconds=round(time.monotonic() - self._begin, 3),
            memoryBytes=self.memory,
            lastLines=metric_like_lines(recent),
        )
