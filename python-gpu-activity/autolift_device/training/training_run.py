"""What is done about a run because it may be training: it is listened to, and taken up again."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..contract import Course
from ..measure.verdict import Verdict
from ..run_scope import RunScope
from ..sandbox.execute import Ended, Execution
from .checkpoint_keeper import CheckpointKeeper
from .monitor import Monitor
from .stored_checkpoint import restore

_LEAST_SECONDS = 0.001
_SHORTEST_TIMEOUT = 1.0


class TrainingRun:
    """Made when the checkout is there, before the command is."""

    def __init__(self, scope: RunScope, checkout: Path) -> None:
        self._scope, self._checkout, request = scope, checkout, scope.request
        self._rule = request.watch.checkpoint if request.watch else None
        self._past = scope.watch.past
        self.resumed_at = self._resume()
        self.monitor = Monitor(request.watch, request.run.budgetSeconds, self.resumed_at or 0.0)
        scope.watch.monitor = self.monitor
        if self._rule is not None:
            aside = scope.scratch.folder / "checkpoint"
            keeper = CheckpointKeeper(request, self._rule, scope.host.blobs, aside)
            keeper.stored = self._past.stored
            scope.watch.keeper = keeper

    def environment(self) -> dict[str, str]:
        """Where to go on from, and what the budget has left; a run that starts anew gets no more."""
        told = {}
        if self._rule is not None:
            told["AUTOLIFT_CHECKPOINT_SECONDS"] = f"{self._rule.everySeconds:g}"
        if self.resumed_at is not None and self._past.checkpoint is not None:
            left = max(_LEAST_SECONDS, self._scope.request.run.budgetSeconds - self.resumed_at)
            told |= {
                "AUTOLIFT_BUDGET_SECONDS": f"{left:g}",
                "AUTOLIFT_RESUME_FROM": self._past.checkpoint.path,
                "AUTOLIFT_RESUME_SECONDS": f"{self.resumed_at:g}",
            }
        return told

    def seconds_left(self) -> float:
        """Of its timeout."""
        whole = self._scope.request.run.timeoutSeconds
        return whole if self.resumed_at is None else max(_SHORTEST_TIMEOUT, whole - self.resumed_at)

    @contextlib.contextmanager
    def watching(self, execution: Execution) -> Iterator[None]:
        execution.listener = self.monitor
        with contextlib.ExitStack() as stack:
            if self._scope.watch.keeper is not None:
                used = self.resumed_at or 0.0
                stack.enter_context(self._scope.watch.keeper.keeping(self.monitor, self._checkout, used))
            yield

    def verdict(self, ended: Ended) -> Verdict | None:
        """What it said that ends it; of a run that was over by itself, only what makes its end worthless."""
        said = self.monitor.end
        if said is None or ended.why not in ("exit", "listener"):
            return None
        return None if ended.why == "exit" and said.status == "stopped_early" else said

    def course(self) -> Course | None:
        keeper = self._scope.watch.keeper
        if keeper is not None:
            self._scope.note(*keeper.notes)
        course = self.monitor.course().model_copy(
            update={
                "attempt": self._past.attempt if self._past.attempt > 1 else None,
                "earlier": self._past.earlier,
                "resumedAt": self.resumed_at,
            }
        )
        return course if course.model_dump() else None

    def _resume(self) -> float | None:
        """Seconds of the budget that are used up; None where it starts anew."""
        kept = self._past.checkpoint
        if kept is None:
            return None
        scope = self._scope
        aside = scope.scratch.folder / "resumed"
        problem = restore(scope.host.blobs, kept, (scope.request, self._checkout, aside))
        step = "" if kept.step is None else f" of step {kept.step}"
        if problem:
            scope.note(f"started anew: the checkpoint{step} of the last attempt can't be used: {problem}")
            return None
        scope.note(f"attempt {self._past.attempt}: went on from the checkpoint{step} at {kept.seconds:g} s")
        return kept.seconds
