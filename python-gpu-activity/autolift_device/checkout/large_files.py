"""Large files of a repository, unpacked once: inflating 100 MB for every run would take a second each."""

import errno
import hashlib
import os
import threading
from pathlib import Path

from .git_objects import GitObjects

_CHUNK = 8 << 20


class LargeFiles:
    """A folder of unpacked objects, as long as the worker lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def copy(self, objects: GitObjects, oid: str, target: int) -> None:
        """Writes the object to an open file."""
        source = self._unpacked(objects, oid)
        try:
            while _copy_some(source, target):
                pass
        finally:
            os.close(source)

    def digest(self, objects: GitObjects, oid: str) -> str:
        with os.fdopen(self._unpacked(objects, oid), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _unpacked(self, objects: GitObjects, oid: str) -> int:
        path = self.folder / oid
        with self._lock:
            try:
                return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                pass
            self.folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f".{oid}.{os.getpid()}")
            try:
                with partial.open("wb") as file:
                    objects.copy(oid, file)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


def _copy_some(source: int, target: int) -> bool:
    """Lets the file system share the blocks where it can."""
    if hasattr(os, "copy_file_range"):
        try:
            return os.copy_file_range(source, target, _CHUNK) > 0
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
    data = os.read(source, _CHUNK)
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]
    return bool(data)
