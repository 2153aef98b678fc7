"""The declared rule on losses that run away: pure, fed one report at a time."""

from ..contract import Divergence


class DivergenceRule:
    def __init__(self, declared: Divergence) -> None:
        self._declared = declared
        self._lowest: float | None = None
        self._in_a_row = 0

    def hear(self, loss: float) -> str:
        """A finite loss; why the run has diverged, or ""."""
        bound, why = self._bound()
        past = bound is not None and loss > bound
        self._in_a_row = self._in_a_row + 1 if past else 0
        self._lowest = loss if self._lowest is None else min(self._lowest, loss)
        if self._in_a_row < self._declared.reports:
            return ""
        return f"loss {loss:g} is {why}, {_reports(self._in_a_row)}"

    def _bound(self) -> tuple[float | None, str]:
        """The nearest of what is declared; times of a loss that isn't positive bound nothing."""
        above, times, lowest = self._declared.above, self._declared.times, self._lowest
        bounds = [(above, f"above {above:g}")] if above is not None else []
        if times is not None and lowest is not None and lowest > 0:
            bounds.append((times * lowest, f"over {times:g} times its lowest, {lowest:g}"))
        return min(bounds, default=(None, ""), key=lambda one: one[0])


def _reports(count: int) -> str:
    return "in one report" if count == 1 else f"in {count} reports in a row"
