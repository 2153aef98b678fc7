"""Tells whether a run is the one that fills the disk."""

import os
from pathlib import Path

# Below this somebody is taken to fill the disk, before databases on it come to harm.
LEAST_FREE_BYTES = 256 << 20
# Of what went since the run began, the part that it must have written to be held to blame.
_SHARE = 0.1
_MOST_ENTRIES = 200_000
_BLOCK = 512


class DiskWatch:
    """Of one run, from its start on. Others may write to the same disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._free_before = free_bytes(folder)
        self._was_full = self._free_before < LEAST_FREE_BYTES

    def is_filling(self) -> bool:
        if self._was_full:
            return False
        free = free_bytes(self._folder)
        if free >= LEAST_FREE_BYTES:
            return False
        return written(self._folder) >= _SHARE * (self._free_before - free)


def free_bytes(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def written(folder: Path) -> int:
    """Bytes on disk below a folder that can be seen; whoever makes endless files has written much."""
    pending, entries, total = [os.fspath(folder)], 0, 0
    while pending:
        try:
            with os.scandir(pending.pop()) as found:
                for entry in found:
                    entries += 1
                    total += entry.stat(follow_symlinks=False).st_blocks * _BLOCK
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
        except OSError:
            continue
        if entries > _MOST_ENTRIES:
            return max(total, LEAST_FREE_BYTES)
    return total
