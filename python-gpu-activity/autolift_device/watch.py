"""What others may see of a run, and how they stop it."""

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .contract import Attempt, Phase, RunProgress
from .failures import Stopped
from .measure.metric import metric_like_lines
from .training.past import Past

if TYPE_CHECKING:
    from .blobs import Blobs
    from .sandbox.output import OutputLog
    from .training.checkpoint_keeper import CheckpointKeeper
    from .training.monitor import Monitor


class Watch:
    """Written by the run's thread, read by the one that sends heartbeats."""

    def __init__(self, key: str, should_stop: Callable[[], bool]) -> None:
        self.key = key
        self.should_stop = should_stop
        self.budget_seconds = 0.0
        self.phase: Phase = "waiting"
        self.memory = 0
        # class and id of each device that is held now
        self.devices: tuple[tuple[str, str], ...] = ()
        self.since = time.time()
        self.had_device = False
        self.host = ""
        self.past = Past()
        self.monitor: Monitor | None = None
        self.keeper: CheckpointKeeper | None = None
        self.device_memory: Callable[[], int | None] = lambda: None
        self._first: tuple[tuple[tuple[str, str], ...], float] | None = None
        self._log: OutputLog | None = None
        self._begin = time.monotonic()

    def attach(self, log: "OutputLog") -> None:
        self._log = log

    def hold(self, *devices: tuple[str, str]) -> None:
        """The devices that it holds from now on; none: it has given them back."""
        if devices and self._first is None:
            self._first = devices, time.monotonic()
        self.devices = devices
        self.since = time.time()
        self.had_device = self.had_device or bool(devices)

    def enter(self, phase: Phase) -> None:
        """Starts a phase, unless the run was stopped."""
        if self.should_stop():
            raise Stopped
        self.phase = phase
        self.memory = 0

    def progress(self) -> RunProgress:
        recent = self._log.recent if self._log else b""
        newest = (self.keeper and self.keeper.newest) or self.past.checkpoint
        stored = self.keeper.stored if self.keeper else self.past.stored
        return RunProgress(
            key=self.key,
            phase=self.phase,
            elapsedSeconds=round(time.monotonic() - self._begin, 3),
            memoryBytes=self.memory,
            lastLines=metric_like_lines(recent),
            step=self.monitor.step if self.monitor else None,
            loss=self.monitor.loss if self.monitor else None,
            tokensPerSecond=self.monitor.tokens_per_second if self.monitor else None,
            deviceMemoryBytes=self.device_memory(),
            checkpoint=newest,
            olderCheckpoints=[blob for blob in stored if newest and blob.sha256 != newest.blob.sha256],
            attempt=self._attempt(),
            earlier=self.past.earlier,
        )

    def forget(self, blobs: "Blobs") -> None:
        """Nobody will take it up again: its checkpoints are of no use, nor are those of earlier attempts."""
        stored = self.keeper.all_stored() if self.keeper else self.past.stored
        for blob in stored:
            with contextlib.suppress(OSError):
                blobs.remove(blob)

    def _attempt(self) -> Attempt | None:
        """For the next one, should this one die with its host."""
        if self._first is None:
            return None
        devices, since = self._first
        return Attempt(
            host=self.host,
            device=",".join(f"{kind}/{one}" for kind, one in devices),
            seconds=round(time.monotonic() - since, 3),
            step=self.monitor.step if self.monitor else None,
        )
