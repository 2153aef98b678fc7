"""Folders that live as long as one run, and what a dead run may have left in them."""

import hashlib
import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .sandbox.process_table import kill_marked, kill_tree, started_at

_PROCESS = "process"


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

    @property
    def output(self) -> Path:
        """What the command prints, out of its reach."""
        return self.folder / "output"


class Scratch:
    """One attempt's folder. Its name tells the attempts of one run from those of all others."""

    def __init__(self, parent: Path, key: str) -> None:
        self._parent = parent
        self._prefix = hashlib.sha256(key.encode()).hexdigest()[:20]
        self.folder = own_name(parent, self._prefix)

    def open(self) -> None:
        """Ends what an earlier attempt left on this host, then starts from nothing."""
        if self._parent.is_dir():
            for name in os.listdir(self._parent):
                if name.startswith(self._prefix):
                    clear(self._parent / name)
        self.folder.mkdir(parents=True)

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
        remove(self.folder)


def own_name(parent: Path, prefix: str) -> Path:
    """A new name that tells its owner: a later worker clears the folder once this process is dead."""
    return parent / f"{prefix}-{os.getpid()}-{_own_start()}-{os.urandom(4).hex()}"


def clear(folder: Path) -> None:
    """Kills what still runs in the folder and removes it."""
    root, started = _noted(folder / _PROCESS)
    if root:
        kill_tree(root, started)
    kill_marked(f"HOME={folder}/")
    remove(folder)


def clear_stale(parent: Path) -> int:
    """Clears the folders whose worker is no more."""
    cleared = 0
    for name in os.listdir(parent) if parent.is_dir() else []:
        parts = name.split("-")
        alive = len(parts) == 4 and parts[1].isdigit() and _start_of(int(parts[1])) == parts[2]
        if not alive:
            clear(parent / name)
            cleared += 1
    return cleared


@cache
def _own_start() -> str:
    return _start_of(os.getpid())


def _start_of(pid: int) -> str:
    return started_at(pid).replace(" ", "_").replace(":", "")


def _noted(path: Path) -> tuple[int, str]:
    try:
        pid, _, started = path.read_text().partition(" ")
        return int(pid), started
    except (OSError, ValueError):
        return 0, ""


def remove(folder: Path) -> None:
    """Whatever a run has made of it: without access, or deeper than a path can be long and a stack is."""
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(folder)], check=False, capture_output=True)
