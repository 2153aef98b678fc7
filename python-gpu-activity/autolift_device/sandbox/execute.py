"""Runs one command to its end: drains its output, watches time and memory, and kills it whole."""

import contextlib
import fcntl
import math
import os
import select
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..failures import InfrastructureFailure, Stopped
from ..watch import Watch
from .disk_watch import DiskWatch
from .listener import Listener
from .memory_files import memory_files
from .oom_kills import oom_kills
from .output import OutputLog
from .process_table import descendants, memory, started_at
from .sandbox import Contained, Job, Sandbox
from .shared_memory import size_for

# The first samples come early: a short run would else show no memory at all.
_SAMPLES = (0.005, 0.015, 0.04, 0.1)
_INTERVAL = 0.1
_STUCK_SECONDS = 15.0
_PIPE_BYTES = 1 << 20
_SET_PIPE_SIZE = 1031
# A run that forks without end would leave none for others; counted with the sandbox's own three.
MOST_PROCESSES = 1024
Why = Literal["exit", "timeout", "memory", "disk", "processes", "listener"]


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: by itself, or because a limit was passed."""

    why: Why
    exit_code: int
    seconds: float
    peak_memory: int
    left_running: int
    output: Path
    output_bytes: int
    omitted_bytes: int
    # while it ran, the kernel killed something for want of memory
    memory_ran_out: bool


class Execution:
    """One command, made ready and then run, under the eyes of a watch."""

    def __init__(self, watch: Watch, log: OutputLog, job: Job) -> None:
        self.watch, self.log, self.job = watch, log, job
        self.listener: Listener | None = None
        self._reader = -1
        self._contained: Contained | None = None

    @property
    def is_ready(self) -> bool:
        return self._contained is not None

    def make_ready(
        self, sandbox: Sandbox, nodes: tuple[str, ...], started: Callable[[int, str], None]
    ) -> None:
        """Builds the sandbox, with these nodes of /dev, in which the command waits."""
        self._reader, writer = os.pipe2(os.O_CLOEXEC) if hasattr(os, "pipe2") else os.pipe()
        try:
            os.set_blocking(self._reader, False)
            with contextlib.suppress(OSError):
                fcntl.fcntl(self._reader, _SET_PIPE_SIZE, _PIPE_BYTES)
            self._contained = sandbox.start(replace(self.job, nodes=nodes), writer)
        finally:
            os.close(writer)
        started(self._contained.root, started_at(self._contained.root))

    def settle(self) -> None:
        """Returns once it would run at once when it is let go."""

    def run(self, limits: Limits, environment: dict[str, str]) -> Ended:
        """Lets the command go, and has its clock begin; once, after make_ready."""
        contained, self._contained = self._contained, None
        assert contained is not None
        return _Supervision(self, contained, self._reader, limits).until_ended(environment)

    def close(self) -> None:
        """Ends what never ran, and lets go of an output that nobody wants."""
        if self._contained is not None:
            _end(self._contained)
            self._contained = None
        if self._reader >= 0:
            os.close(self._reader)
            self._reader = -1
        self.log.discard()


def _end(contained: Contained) -> None:
    contained.kill()
    with contextlib.suppress(InfrastructureFailure):
        contained.finish()


class _Supervision:
    def __init__(self, execution: Execution, contained: Contained, reader: int, limits: Limits) -> None:
        self.execution, self.contained, self.reader, self.limits = execution, contained, reader, limits
        self.begin = time.monotonic()
        self.peak = 0
        self.samples = 0
        self.why: Why = "exit"
        self.oom_kills = oom_kills()
        self.disk = DiskWatch(execution.log.path.parent)
        self.shared_size = size_for(execution.job.memory)
        self.killed_at: float | None = None
        self.stopped = False

    def until_ended(self, environment: dict[str, str]) -> Ended:
        execution = self.execution
        execution.watch.attach(execution.log)
        try:
            self.contained.go(environment)
            self._poll()
        except BaseException:
            _end(self.contained)
            raise
        self._look_at_shared_memory()
        try:
            done = self.contained.finish()
        except InfrastructureFailure:
            if self.stopped:
                raise Stopped from None
            raise
        seconds = time.monotonic() - self.begin
        self._drain(math.inf)
        if self.stopped:
            raise Stopped
        if self.why == "exit" and execution.listener is not None:
            execution.listener.over(seconds)
        return Ended(
            why=self.why,
            exit_code=done.exit_code,
            seconds=seconds,
            peak_memory=max(self.peak, done.largest_process_bytes),
            left_running=done.left_running if self.killed_at is None else 0,
            output=execution.log.finish(),
            output_bytes=execution.log.total,
            omitted_bytes=execution.log.omitted,
            memory_ran_out=oom_kills() > self.oom_kills,
        )

    def _poll(self) -> None:
        poller = select.poll()
        poller.register(self.reader, select.POLLIN)
        poller.register(self.contained, select.POLLIN)
        ended = False
        while not ended:
            for handle, _ in poller.poll(self._wait_milliseconds()):
                if handle != self.reader:
                    ended = True
                elif self._drain(_INTERVAL):
                    poller.unregister(self.reader)
            if not ended:
                self._check()

    def _wait_milliseconds(self) -> float:
        now = time.monotonic() - self.begin
        return max(0.0, min(self._next_sample() - now, self.limits.seconds - now, _INTERVAL)) * 1000 + 1

    def _next_sample(self) -> float:
        if self.samples < len(_SAMPLES):
            return _SAMPLES[self.samples]
        return _SAMPLES[-1] + (self.samples - len(_SAMPLES) + 1) * _INTERVAL

    def _check(self) -> None:
        now = time.monotonic() - self.begin
        if self.killed_at is not None:
            if now - self.killed_at > _STUCK_SECONDS:
                raise InfrastructureFailure("SandboxFailed", "a killed run does not die")
            self.contained.kill()
            return
        if self.execution.watch.should_stop():
            self.stopped = True
            self._kill(now)
        elif self.execution.listener is not None and self.execution.listener.ends:
            self.why = "listener"
            self._kill(now)
        elif now >= self.limits.seconds:
            self.why = "timeout"
            self._kill(now)
        elif now >= self._next_sample():
            self._sample(now)

    def _sample(self, now: float) -> None:
        while self._next_sample() <= now:
            self.samples += 1
        pids = descendants(self.contained.root, MOST_PROCESSES + 1)
        if len(pids) > MOST_PROCESSES:
            self.why = "processes"
            self._kill(now)
            return
        held, files = memory(pids), self.contained.shared_memory()
        # files that are mapped are in both numbers
        together = held.own + max(held.shared, files + memory_files(pids))
        self.execution.watch.memory = together
        self.peak = max(self.peak, together, held.largest)
        allowed = self.limits.memory
        if files >= self.shared_size or (allowed is not None and together > allowed):
            self.why = "memory"
            self._kill(now)
        elif self.disk.is_filling():
            self.why = "disk"
            self._kill(now)

    def _look_at_shared_memory(self) -> None:
        """A command that filled it ends at once by itself, and is no crash."""
        files = self.contained.shared_memory()
        self.peak = max(self.peak, files)
        if files >= self.shared_size and self.killed_at is None:
            self.why = "memory"

    def _kill(self, now: float) -> None:
        self.killed_at = now
        self.contained.kill()

    def _drain(self, seconds: float) -> bool:
        """Takes what is there, for about so long at most; true at the end of the output."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                data = os.read(self.reader, _PIPE_BYTES)
            except BlockingIOError:
                return False
            if not data:
                return True
            self.execution.log.write(data)
            if self.execution.listener is not None:
                self.execution.listener.hear(data, time.monotonic() - self.begin)
        return False
