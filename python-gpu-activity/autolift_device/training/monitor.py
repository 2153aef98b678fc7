"""What a run says of itself while it goes on, and whether that ends it."""

import math
from dataclasses import dataclass

from ..contract import Course, RunWatch
from ..measure.verdict import Verdict
from .curve import Curve, ended_cells
from .divergence import DivergenceRule
from .hopeless import StopRule, hopeless
from .progress_lines import ProgressLines, Told


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A checkpoint, by the path and the step that the run gave it."""

    path: str
    step: int | None


class Monitor:
    """Fed by the thread that supervises the run; read by the one that sends heartbeats."""

    def __init__(self, watch: RunWatch | None, budget_seconds: float, used_seconds: float = 0.0) -> None:
        watch = watch or RunWatch()
        self.step: int | None = None
        self.loss: float | None = None
        self.tokens_per_second: float | None = None
        # what it last called complete, a new one each time
        self.checkpoint: Named | None = None
        # what ends it, from the moment that it is known
        self.end: Verdict | None = None
        self.spared: str | None = None
        self._budget, self._used = budget_seconds, used_seconds
        self._curve = Curve()
        self._divergence = DivergenceRule(watch.divergence) if watch.divergence else None
        self._lines = ProgressLines(every_loss=self._divergence is not None)
        self._early = watch.earlyStop
        self._ended_cells = 0

    @property
    def ends(self) -> bool:
        return self.end is not None

    def hear(self, data: bytes, seconds: float) -> None:
        """A piece of its output, so many seconds after its start."""
        for told in self._lines.read(data) if self.end is None else ():
            self._take(told, self._used + seconds)
            if self.end is not None:
                return

    def over(self, seconds: float) -> None:
        """It ended by itself: a last line is one without a line break, too."""
        self.hear(b"\n", seconds)

    def course(self) -> Course:
        """For the report: the curve only where somebody will compare with it."""
        return Course(
            step=self.step,
            loss=self.loss,
            tokensPerSecond=self.tokens_per_second,
            curve=self._curve.cells() if self._early else None,
            spared=self.spared,
        )

    def _take(self, told: Told, seconds: float) -> None:
        self.step = told.step if told.step is not None else self.step
        if told.tokens_per_second is not None:
            self.tokens_per_second = told.tokens_per_second
        if told.checkpoint is not None:
            self.checkpoint = Named(told.checkpoint, self.step)
        if told.loss is None:
            return
        if not math.isfinite(told.loss):
            self.end = Verdict("not_finite", f"loss is {told.loss}{self._at_step()}")
            return
        self.loss = told.loss
        self._judge(told.loss, seconds / self._budget)

    def _judge(self, loss: float, share: float) -> None:
        why = self._divergence.hear(loss) if self._divergence else ""
        if why:
            self.end = Verdict("diverged", f"diverged{self._at_step()}: {why}")
            return
        self._curve.add(share, loss)
        early, ended = self._early, ended_cells(share)
        if early is None or not early.incumbent or self.spared is not None or ended == self._ended_cells:
            return
        self._ended_cells = ended
        rule = StopRule(early.after, early.margin, early.cells)
        behind = hopeless(self._curve.cells(ended), early.incumbent, rule)
        if behind is None:
            return
        where = f"at {100 * behind.share:.0f} % of its budget: loss {behind.loss:.4g}"
        words = f"{where} vs incumbent {behind.incumbent:.4g}"
        if early.spare:
            self.spared = words
        else:
            self.end = Verdict("stopped_early", f"stopped early {words}")

    def _at_step(self) -> str:
        return "" if self.step is None else f" at step {self.step}"
