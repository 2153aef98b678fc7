"""A lock that the operating system drops when its holder dies, however it dies."""

import contextlib
import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from ..failures import InfrastructureFailure


@dataclass(frozen=True, slots=True)
class FileLock:
    path: Path
    handle: int

    @classmethod
    def take(cls, path: Path) -> "FileLock | None":
        """None when another holds it."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise InfrastructureFailure("HomeUnusable", f"{error.filename}: {error.strerror}") from error
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # a file that its last holder removed meanwhile locks nobody out
            if os.fstat(handle).st_ino == os.stat(path).st_ino:
                return cls(path, handle)
        os.close(handle)
        return None

    def release(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()
        os.close(self.handle)
