"""A borrowed host as a process of its own, with an empty home and a folder for temporary files."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STAYS = "waiting for Temporal"


class BorrowedHost:
    def __init__(self, place: Path, *options: str, **settings: str) -> None:
        self.home, self.temporary, store = place / "home", place / "tmp", place / "store"
        for folder in (self.home, self.temporary, store):
            folder.mkdir(exist_ok=True)
        told = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "AUTOLIFT_ARTIFACTS": str(store)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autolift_device", "--borrowed", "--class", "cpu", *options],
            cwd=ROOT,
            env=os.environ | {"TEMPORAL_ADDRESS": "127.0.0.1:1"} | told | settings,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until(self, words: str) -> None:
        assert self.process.stderr is not None
        assert any(words in line for line in self.process.stderr)

    def end(self, name: signal.Signals | None = None) -> tuple[int, str]:
        """Its exit code, and what it said last."""
        if name is not None:
            self.process.send_signal(name)
        return self.process.wait(60), self.process.communicate()[1]

    def left(self) -> list[Path]:
        """Files and folders that it wrote outside of the store."""
        return [*self.home.rglob("*"), *self.temporary.rglob("*")]

    def kill_all(self) -> None:
        """The worker, and the process that would remove its folder."""
        table = subprocess.run(
            ["ps", "-axo", "pid=,ppid="], stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        rows = [line.split() for line in table.splitlines()]
        children = [pid for pid, parent in rows if parent == str(self.process.pid)]
        for pid in map(int, children):
            os.kill(pid, signal.SIGKILL)
        self.end(signal.SIGKILL)
