"""The worker's end of a process that has imported, and waits inside its sandbox to be let go."""

import contextlib
import fcntl
import os
import select
import socket
import time
from dataclasses import dataclass, replace
from pathlib import Path

from ..sandbox.sandbox import Job
from ..sandbox.view import Rule

_AT_START = Path(__file__).resolve().parent / "at_start"
# a shell uses the low numbers itself
_LEAST_HANDLE = 64


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is done before a run is let go: modules to import, and variables that are known by then."""

    imports: tuple[str, ...]
    environment: dict[str, str]


class Gate:
    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._handle = fcntl.fcntl(theirs, fcntl.F_DUPFD_CLOEXEC, _LEAST_HANDLE)
        self._text = ""

    def before(self, job: Job, script: str, ahead: Ahead) -> Job:
        """The job as one whose Python, by `at_start/sitecustomize.py`, comes to this gate."""
        # shown in a place of the run's own, since a Python also searches what merely exists of this package's
        place = job.folder.parent / "start"
        place.symlink_to(_AT_START)
        path = job.environment.get("PYTHONPATH")
        told = {
            "PYTHONPATH": str(place) if path is None else f"{place}:{path}",
            "AUTOLIFT_GATE": f"{self._handle}\n{script}\n{','.join(ahead.imports)}",
        }
        return replace(
            job,
            environment=job.environment | ahead.environment | told,
            rules=[*job.rules, Rule(str(place), "show", str(_AT_START))],
            handle=self._handle,
        )

    def started(self) -> None:
        """From here on, the end of the process is the end of what it says."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def said(self, seconds: float) -> str | None:
        """Its next line, "" when there will be none; None when it hasn't said one for so long."""
        deadline = time.monotonic() + seconds
        while "\n" not in self._text:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([self._channel], [], [], left)[0]:
                return None
            part = b""
            with contextlib.suppress(OSError):
                part = self._channel.recv(4096)
            if not part:
                return ""
            self._text += part.decode(errors="replace")
        line, _, self._text = self._text.partition("\n")
        return line

    def open(self, environment: dict[str, str]) -> None:
        lines = [f"{name}={value}\0" for name, value in environment.items()]
        with contextlib.suppress(OSError):
            self._channel.sendall("".join([*(lines or ["\0"]), "\0"]).encode(errors="surrogateescape"))

    def close(self) -> None:
        self.started()
        self._channel.close()
