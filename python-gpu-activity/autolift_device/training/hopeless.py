"""Whether a run is hopeless beside the incumbent: the counterpart of src/domain/early-stop/hopeless.ts.

Both must agree to the last case: tests/fixtures/contract/early-stop.json is judged by both.
"""

from dataclasses import dataclass

from ..contract import CURVE_CELLS
from .curve import Cells


@dataclass(frozen=True, slots=True)
class Behind:
    """Where it was given up, and the two losses there."""

    share: float
    loss: float
    incumbent: float


@dataclass(frozen=True, slots=True)
class StopRule:
    after: float
    margin: float
    cells: int


def hopeless(own: Cells, incumbent: Cells, rule: StopRule) -> Behind | None:
    """It is behind at equal time, has been for a while, and would be at the end if it went on like this."""
    known = [(cell, loss) for cell, loss in enumerate(own, 1) if loss is not None]
    recent = known[-rule.cells :]
    if len(recent) < rule.cells or recent[0][0] < rule.after * CURVE_CELLS:
        return None
    final = value_at(incumbent, CURVE_CELLS)
    if final is None:
        return None
    for cell, loss in recent:
        other = value_at(incumbent, cell)
        if other is None or not loss - other > rule.margin * abs(other):
            return None
    cell, loss = recent[-1]
    if not loss + slope(known) * (CURVE_CELLS - cell) > final:
        return None
    other = value_at(incumbent, cell)
    assert other is not None
    return Behind(cell / CURVE_CELLS, loss, other)


def value_at(curve: Cells, cell: int) -> float | None:
    """Between known parts on the line between them; it stays after the last; None before the first."""
    known = [(at, loss) for at, loss in enumerate(curve, 1) if loss is not None]
    before = [one for one in known if one[0] <= cell]
    after = [one for one in known if one[0] > cell]
    if not before:
        return None
    (left, low), right = before[-1], after[:1]
    if not right or left == cell:
        return low
    return low + (right[0][1] - low) * (cell - left) / (right[0][0] - left)


def slope(known: list[tuple[int, float]]) -> float:
    """Loss a part, by least squares over the second half of what was run, and never upwards."""
    half = known[-1][0] / 2
    points = [one for one in known if one[0] > half]
    n = len(points)
    x = sum(cell for cell, _ in points) / n
    y = sum(loss for _, loss in points) / n
    squares = sum((cell - x) * (cell - x) for cell, _ in points)
    products = sum((cell - x) * (loss - y) for cell, loss in points)
    return min(0.0, products / squares) if squares > 0 else 0.0
