"""A learning curve of bounded size: the mean loss of each part of the budget."""

from math import ceil, isfinite

from ..contract import CURVE_CELLS

Cells = list[float | None]


def ended_cells(share: float) -> int:
    """Parts of the budget that are over when so much of it is."""
    return min(CURVE_CELLS, max(0, ceil(share * CURVE_CELLS) - 1))


class Curve:
    def __init__(self) -> None:
        self._sums = [0.0] * CURVE_CELLS
        self._counts = [0] * CURVE_CELLS

    def add(self, share: float, loss: float) -> None:
        """A loss at this share of the budget; what comes beyond its end belongs to no part."""
        cell = max(1, ceil(share * CURVE_CELLS))
        if cell <= CURVE_CELLS and isfinite(loss):
            self._sums[cell - 1] += loss
            self._counts[cell - 1] += 1

    def cells(self, ended: int = CURVE_CELLS) -> Cells:
        """What is known of the first so many parts."""
        means = [
            float(f"{total / count:.6g}") if count else None
            for total, count in zip(self._sums[:ended], self._counts[:ended], strict=True)
        ]
        while means and means[-1] is None:
            means.pop()
        return means
