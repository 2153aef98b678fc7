"""Stores the checkpoints that a run calls complete, beside the run and seldom enough not to slow it down."""

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from ..blobs import Blobs
from ..checkout.globs import matcher
from ..contract import BlobRef, Checkpoint, CheckpointRule, RunRequest
from ..measure.open_inside import NotInside, open_inside
from ..measure.text import clean
from .monitor import Monitor, Named
from .stored_checkpoint import owner_line, store

_LOOK_SECONDS = 0.2
# storing takes this share of a run's time at most
_MOST_TIME = 0.05
_CHUNK = 4 << 20


class CheckpointKeeper:
    """`newest` is set once it is stored, for the heartbeats; what it replaced is removed one later.

    `stored` are those that are there, of this attempt and of those before it, the newest last.
    """

    def __init__(self, request: RunRequest, rule: CheckpointRule, blobs: Blobs, snapshot: Path) -> None:
        self.newest: Checkpoint | None = None
        self.stored: list[BlobRef] = []
        self.notes: list[str] = []
        self._request, self._rule, self._blobs, self._snapshot = request, rule, blobs, snapshot
        self._matches = matcher([glob_of(rule.path)])
        self._is_hidden = matcher(request.hidden)
        self._stamp: tuple[int, ...] = ()
        self._begin = 0.0
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def keeping(self, monitor: Monitor, folder: Path, used: float) -> Iterator[None]:
        """While the command runs; `used` are the seconds of its budget that earlier attempts took."""
        self._begin = time.monotonic() - used
        self._thread = threading.Thread(
            target=self._look, args=(monitor, folder), name="checkpoints", daemon=True
        )
        self._thread.start()
        try:
            yield
        finally:
            # not waited for: a large file must not keep a device
            self._over.set()

    def all_stored(self) -> list[BlobRef]:
        """Once the command is over: with the one that was on its way into the store."""
        if self._thread is not None:
            self._thread.join()
        return self.stored

    def _look(self, monitor: Monitor, folder: Path) -> None:
        last, due = monitor.checkpoint, 0.0
        while not self._over.wait(_LOOK_SECONDS):
            named, now = monitor.checkpoint, time.monotonic()
            if named is None or named is last or now < due:
                continue
            last = named
            try:
                self._save(folder, named)
            except Exception as problem:  # whatever it named, later ones are looked at
                self._note(f"checkpoint not kept: {problem}")
            took = time.monotonic() - now
            due = now + max(self._rule.everySeconds, took / _MOST_TIME)

    def _save(self, folder: Path, named: Named) -> None:
        path = named.path
        if not self._matches(path) or self._is_hidden(path):
            raise NotInside(f"{path} is not what run.checkpoint names")
        handle = open_inside(folder, path)
        try:
            stamp = _stamp(handle)
            if stamp == self._stamp:
                return
            self._take_snapshot(handle, path)
            # the clock after the copy: nothing in it is of a later moment than what is counted
            seconds = time.monotonic() - self._begin
            if _stamp(handle) != stamp:
                raise NotInside(f"{path} changed while it was copied: write another file, then rename it")
            blob = store(self._blobs, self._snapshot)
            assert blob is not None
        finally:
            os.close(handle)
            self._snapshot.unlink(missing_ok=True)
        source, seed, self._stamp = self._request.source, self._request.seed, stamp
        self.newest = Checkpoint(
            blob=blob,
            path=path,
            seconds=round(seconds, 3),
            step=named.step,
            commit=source.commit,
            seed=seed,
        )
        # equal ones are one; a new list, as the heartbeats' thread reads the old one
        stored = [*(one for one in self.stored if one.sha256 != blob.sha256), blob]
        self.stored = stored
        # the server may not have heard of the newest yet
        for old in stored[:-2]:
            with contextlib.suppress(OSError):
                self._blobs.remove(old)
        self.stored = stored[-2:]

    def _take_snapshot(self, handle: int, path: str) -> None:
        size = os.fstat(handle).st_size
        if size > self._rule.maxBytes:
            raise NotInside(f"{path} has {size} bytes, of {self._rule.maxBytes} at most")
        if shutil.disk_usage(self._snapshot.parent).free < 3 * size:
            raise NotInside(f"this host's disk has no room for {path}")
        with self._snapshot.open("wb") as copy:
            copy.write(owner_line(self._request))
            while data := os.read(handle, _CHUNK):
                if copy.tell() > size + _CHUNK:
                    raise NotInside(f"{path} grows while it is copied: write another file, then rename it")
                if self._over.is_set():
                    raise NotInside(f"the run ended before {path} was copied")
                copy.write(data)

    def _note(self, text: str) -> None:
        text = clean(text.encode(errors="replace"))
        if text not in self.notes and len(self.notes) < 5:
            self.notes.append(text)


def _stamp(handle: int) -> tuple[int, ...]:
    status = os.fstat(handle)
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def glob_of(path: str) -> str:
    """A folder stands for all that is below it."""
    return path if any(sign in path for sign in "*?[{") else f"{path.rstrip('/')}{{,/**}}"
