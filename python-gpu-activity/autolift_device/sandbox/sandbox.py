"""What a sandbox is asked and what it answers. Two keep the promise: bwrap.py and plain.py."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from .view import Rule


@dataclass(frozen=True, slots=True)
class Job:
    """A shell command with all that it may see."""

    command: str
    folder: Path
    environment: dict[str, str]
    temporary: Path
    network: bool = False
    nodes: tuple[str, ...] = ()
    memory: int | None = None
    rules: list[Rule] = field(default_factory=list)
    # open descriptor that the command gets under the same number
    handle: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """How a command ended, after everything that it started was dead."""

    exit_code: int
    left_running: int
    largest_process_bytes: int


class Contained(Protocol):
    """A command that waits for its start or runs, with its descendants."""

    @property
    def root(self) -> int:
        """Process whose descendants are the run."""
        ...

    def fileno(self) -> int:
        """Readable once the command has ended."""
        ...

    def go(self, environment: dict[str, str]) -> None:
        """Starts the command, with these variables besides the job's own."""
        ...

    def kill(self) -> None:
        """Kills all of it; may be called again until it has ended."""
        ...

    def shared_memory(self) -> int:
        """Bytes in a /dev/shm of its own, where it has one; until `finish`."""
        ...

    def finish(self) -> End:
        """Called once, when fileno is readable: returns when nothing of the run is alive."""
        ...


class Sandbox(Protocol):
    @property
    def kind(self) -> Literal["bwrap", "none"]: ...

    @property
    def warning(self) -> str:
        """What it does not protect from; "" when it holds."""
        ...

    def start(self, job: Job, output: int) -> Contained:
        """Makes all ready to run the command with both its outputs on that file descriptor."""
        ...

    def close(self) -> None: ...
