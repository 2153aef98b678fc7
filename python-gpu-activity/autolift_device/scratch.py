"""Folders that live as long as one run, and what a dead run may have left in them."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .sandbox.process_table import kill_marked, kill_tree, started_at

_PROCESS = "process"
_OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Room:
    """The three folders that a command may write to."""

    folder: Path

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"


class Scratch:
    """One attempt's folder. Its name tells the attempts of one run from those of all others."""

    def __init__(self, parent: Path, key: str) -> None:
        self._parent = parent
        self._prefix = hashlib.sha256(key.encode()).hexdigest()[:20]
        self.folder = parent / f"{self._prefix}-{os.getpid()}-{os.urandom(4).hex()}"

    def open(self) -> None:
        """Ends what an earlier attempt left on this host, then starts from nothing."""
        if self._parent.is_dir():
            for name in os.listdir(self._parent):
                if name.startswith(self._prefix):
                    clear(self._parent / name)
        own(self.folder)

    def room(self, name: str) -> Room:
        room = Room(self.folder / name)
        room.folder.mkdir()
        for folder in (room.checkout, room.home, room.temporary):
            folder.mkdir()
        return room

    def note_process(self, root: int, started: str) -> None:
        """For whoever has to clear up after a killed worker."""
        (self.folder / _PROCESS).write_text(f"{root} {started}")

    def close(self) -> None:
        _remove(self.folder)


def own(folder: Path) -> Path:
    """Makes a folder that is cleared by a later worker once this one is dead."""
    folder.mkdir(parents=True)
    (folder / _OWNER).write_text(f"{os.getpid()} {started_at(os.getpid())}")
    return folder


def clear(folder: Path) -> None:
    """Kills what still runs in the folder and removes it."""
    root, started = _noted(folder / _PROCESS)
    if root:
        kill_tree(root, started)
    kill_marked(f"HOME={folder}/")
    _remove(folder)


def clear_stale(parent: Path) -> int:
    """Clears the folders whose worker is no more."""
    cleared = 0
    for name in os.listdir(parent) if parent.is_dir() else []:
        owner, started = _noted(parent / name / _OWNER)
        if owner == 0 or started_at(owner) != started:
            clear(parent / name)
            cleared += 1
    return cleared


def _noted(path: Path) -> tuple[int, str]:
    try:
        pid, _, started = path.read_text().partition(" ")
        return int(pid), started
    except (OSError, ValueError):
        return 0, ""


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        return
    for path, _, _ in os.walk(folder):
        os.chmod(path, 0o700)
    shutil.rmtree(folder, ignore_errors=True)
