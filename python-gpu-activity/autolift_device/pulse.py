"""Heartbeats of all runs from one thread: a run that is over within a second costs none."""

import contextlib
import contextvars
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from temporalio import activity

from .watch import Watch

INTERVAL_SECONDS = 1.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Beat:
    watch: Watch
    send: Callable[[], None]
    due: float


class Pulse:
    def __init__(self, interval: float = INTERVAL_SECONDS) -> None:
        self._interval = interval
        self._beats: dict[int, _Beat] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def beating(self, watch: Watch) -> Iterator[None]:
        """Sends the run's progress every second, in its activity's name; the answers tell of cancels."""
        context = contextvars.copy_context()

        def send() -> None:
            context.run(activity.heartbeat, watch.progress().model_dump())

        with self._lock:
            self._beats[id(watch)] = _Beat(watch, send, time.monotonic() + self._interval)
        self._wake.set()
        try:
            yield
        finally:
            with self._lock:
                del self._beats[id(watch)]

    def close(self) -> None:
        self._closed.set()
        self._wake.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._closed.is_set():
            with self._lock:
                busy = bool(self._beats)
            if not busy:
                self._wake.wait()
            self._wake.clear()
            self._closed.wait(self._interval / 4)
            self._send_due()

    def _send_due(self) -> None:
        now = time.monotonic()
        with self._lock:
            due = [beat for beat in self._beats.values() if beat.due <= now]
        for beat in due:
            beat.due = now + self._interval
            try:
                beat.send()
            except Exception as error:  # a heartbeat that fails must not stop those of other runs
                _log.debug("heartbeat of %s: %s", beat.watch.key, error)
