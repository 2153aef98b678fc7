"""Whose turn it is among the workers of a host: a run that waits for several devices must not starve.

While it waits, no other worker takes the single devices that fall free.
"""

from dataclasses import dataclass
from pathlib import Path

from .file_lock import FileLock


@dataclass(slots=True)
class Turn:
    path: Path
    held: FileLock | None = None

    def is_mine(self, keep: bool) -> bool:
        """Whether nobody else waits for several; `keep` makes others wait until it is given back."""
        if self.held is not None:
            return True
        if not keep and not self.path.exists():
            return True
        self.held = FileLock.take(self.path)
        if self.held is None:
            return False
        if not keep:
            self.give_back()
        return True

    def give_back(self) -> None:
        if self.held is not None:
            self.held.release()
            self.held = None
