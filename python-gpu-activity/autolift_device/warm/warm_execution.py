"""A candidate's command in a process that has imported what the task names while it waited for its device.

The process is in the run's own sandbox from its first instruction on, and no other run ever has it. The
script isn't in the checkout until the run is let go, so that nothing can run it before.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..checkout.materialise import Checkout
from ..device_info import StartFacts
from ..failures import Stopped
from ..sandbox.execute import Ended, Execution, Limits
from ..sandbox.output import OutputLog
from ..sandbox.sandbox import Job, Sandbox
from ..watch import Watch
from .behind_gate import BehindGate
from .gate import Ahead, Gate
from .held_script import HeldScript
from .plain_python import Cold, script_of

LONGEST_IMPORT = 180.0
_LOOK_EVERY = 0.1
_DIED = "its process ended before it was let go"


@dataclass(slots=True)
class Start:
    """How a run of a warm task is started, and what came of it."""

    ahead: Ahead
    checkout: Checkout
    facts: StartFacts = field(default_factory=lambda: StartFacts(warm=False))


class WarmExecution(Execution):
    def __init__(self, start: Start, watch: Watch, log: OutputLog, job: Job) -> None:
        super().__init__(watch, log, job)
        self.start = start
        self._gate: Gate | None = None
        self._held = HeldScript(start.checkout)
        self._is_warm = False
        self._again: Callable[[], None] = lambda: None

    def make_ready(
        self, sandbox: Sandbox, nodes: tuple[str, ...], started: Callable[[int, str], None]
    ) -> None:
        def make(how: Sandbox) -> None:
            super(WarmExecution, self).make_ready(how, nodes, started)

        self._again = lambda: make(sandbox)
        try:
            script = script_of(self.job, self.start.checkout)
        except Cold as why:
            self._note_cold(str(why))
            return make(sandbox)
        gate = self._gate = Gate()
        self._held.take(script)
        try:
            make(
                BehindGate(sandbox, gate, lambda job: gate.before(job, script, self.start.ahead), self._held)
            )
        except BaseException:
            gate.close()
            raise
        return gate.started()

    def settle(self) -> None:
        """Returns once the command is ready to be let go, warm or cold."""
        gate = self._gate
        if gate is None or not self.is_ready:
            return
        said = gate.said(0) if self._is_warm else self._hear_from(gate)
        if said is None and not self._is_warm:
            self._go_cold(f"the imports took more than {LONGEST_IMPORT:g} s")
        elif said is not None and said.startswith("ready "):
            self._is_warm = True
            self.start.facts = StartFacts(warm=True, importSeconds=float(said.removeprefix("ready ")))
        elif said is not None:
            self._go_cold(said.removeprefix("cold ") or _DIED)

    def _hear_from(self, gate: Gate) -> str | None:
        deadline = time.monotonic() + LONGEST_IMPORT
        said = None
        while said is None and time.monotonic() < deadline:
            if self.watch.should_stop():
                raise Stopped
            said = gate.said(_LOOK_EVERY)
        return said

    def run(self, limits: Limits, environment: dict[str, str]) -> Ended:
        self.settle()
        begin = time.monotonic()
        ended = super().run(limits, environment)
        said = (self._gate.said(0) if self._gate else None) or ""
        if self._is_warm and ended.why == "exit" and not said.startswith("gone "):
            # as it was let go: nothing of the candidate has run
            self._is_warm = False
            self._go_cold(_DIED)
            self.log = OutputLog(self.log.path)
            return super().run(limits, environment)
        if said.startswith("gone "):
            seconds = max(0.0, float(said.removeprefix("gone ")) - begin)
            self.start.facts = self.start.facts.model_copy(update={"startupSeconds": round(seconds, 6)})
        return ended

    def close(self) -> None:
        super().close()
        if self._gate is not None:
            self._gate.close()
            self._gate = None

    def _go_cold(self, why: str) -> None:
        """In a sandbox of its own making: nothing of the one that was warmed is left."""
        self.close()
        self._held.give_back()
        self._note_cold(why)
        self._again()

    def _note_cold(self, why: str) -> None:
        self.start.facts = StartFacts(warm=False, why=why[:300])
