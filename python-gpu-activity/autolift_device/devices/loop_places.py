"""As many places a loop as it may hold devices of this host, whichever worker serves it."""

import hashlib
from pathlib import Path

from ..contract import LoopShare
from .file_lock import FileLock


class LoopPlaces:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: set[Path] = set()

    def take(self, share: LoopShare) -> FileLock | None:
        """None when all of them are taken."""
        name = hashlib.sha256(share.id.encode()).hexdigest()[:20]
        for number in range(share.concurrency):
            path = self._folder / f"loop-{name}-{number}.lock"
            lock = None if path in self._taken else FileLock.take(path)
            if lock is not None:
                self._taken.add(path)
                return lock
        return None

    def give_back(self, lock: FileLock) -> None:
        self._taken.discard(lock.path)
        lock.release()
