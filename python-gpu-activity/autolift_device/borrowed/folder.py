"""The one folder that a borrowed host writes to: its user's alone, and gone with it."""

import contextlib
import os
import stat
import tempfile
import time
from pathlib import Path

from ..devices.file_lock import FileLock
from ..scratch import clear, remove

_PREFIX = "autolift-borrowed-"
_LOCK = "lock"
# of a folder without a lock: its maker may be about to take it
_NEW_SECONDS = 60.0
_PATIENCE_SECONDS = 10.0


def make_folder() -> tuple[Path, FileLock]:
    """Below TMPDIR. While the lock is held its owner lives, whatever its number is to whoever looks."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        lock = FileLock.take(folder / _LOCK)
        if lock is not None:
            return folder, lock


def clear_left() -> list[Path]:
    """Removes what hosts of this user that were killed have left there."""
    found = Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")
    left = [folder for folder in found if _is_ours(folder) and _is_left(folder)]
    for folder in left:
        clear_folder(folder)
    return left


def clear_folder(folder: Path) -> None:
    """Kills what still runs in it, and removes it under the hands of what still writes there."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    for scratch in folder.glob("*/scratch/*"):
        clear(scratch)
    remove(folder)
    while os.path.lexists(folder) and time.monotonic() < deadline:
        time.sleep(0.1)
        remove(folder)


def _is_ours(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        found = folder.lstat()
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return False


def _is_left(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        if not (folder / _LOCK).exists():
            return folder.stat().st_mtime < time.time() - _NEW_SECONDS
        lock = FileLock.take(folder / _LOCK)
        if lock is not None:
            os.close(lock.handle)
            return True
    return False
