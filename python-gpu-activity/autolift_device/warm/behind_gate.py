"""A sandbox whose commands start at once, and wait at a gate until they are let go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..sandbox.sandbox import Contained, End, Job, Sandbox
from .gate import Gate
from .held_script import HeldScript


@dataclass(frozen=True, slots=True)
class BehindGate:
    sandbox: Sandbox
    gate: Gate
    prepared: Callable[[Job], Job]
    held: HeldScript

    @property
    def kind(self) -> Literal["bwrap", "none"]:
        return self.sandbox.kind

    @property
    def warning(self) -> str:
        return self.sandbox.warning

    def start(self, job: Job, output: int) -> Contained:
        contained = self.sandbox.start(self.prepared(job), output)
        contained.go({})
        return _AtGate(contained, self.gate, self.held)

    def close(self) -> None:
        self.sandbox.close()


@dataclass(frozen=True, slots=True)
class _AtGate:
    contained: Contained
    gate: Gate
    held: HeldScript

    @property
    def root(self) -> int:
        return self.contained.root

    def fileno(self) -> int:
        return self.contained.fileno()

    def go(self, environment: dict[str, str]) -> None:
        self.held.give_back()
        self.gate.open(environment)

    def kill(self) -> None:
        self.contained.kill()

    def shared_memory(self) -> int:
        return self.contained.shared_memory()

    def finish(self) -> End:
        return self.contained.finish()
