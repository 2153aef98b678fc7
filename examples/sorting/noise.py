"""Shows what single runs keep of nothing: the unchanged sort.py is measured many times, then loops over unchanged
candidates are replayed on those measurements, under `strict` and under `confirm`. Every keep in them is false.

    python3 noise.py [measurements, default 60]
"""

import random
import subprocess
import sys
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

FRESH = 5  # confirm: n
STANDARD_ERRORS = 3.0  # confirm: z
SMALLEST = 0.01  # minEffect
EXPERIMENTS = 50
LOOPS = 4000


def measure() -> float:
    here = Path(__file__).parent
    done = subprocess.run([sys.executable, "evaluate.py"], cwd=here, check=True, capture_output=True, text=True)
    return float(done.stdout.split("ns_per_element=")[1].split()[0])


class Tape:
    """Measurements in the order they were made, from a random start, over and over: slow drift stays in."""

    def __init__(self, values: list[float], rng: random.Random) -> None:
        self.values, self.at = values, rng.randrange(len(values))

    def next(self) -> float:
        self.at = (self.at + 1) % len(self.values)
        return self.values[self.at]


def strict(tape: Tape, smallest: float) -> tuple[int, float]:
    """False keeps of one loop, and the value that it ends up claiming."""
    standing, keeps = tape.next(), 0
    for _ in range(EXPERIMENTS):
        value = tape.next()
        if standing - value > smallest * standing:
            standing, keeps = value, keeps + 1
    return keeps, standing


def confirm(tape: Tape, smallest: float) -> tuple[int, float]:
    standing, keeps = mean(tape.next() for _ in range(3)), 0
    for _ in range(EXPERIMENTS):
        if standing - tape.next() <= smallest * standing:
            continue
        pairs = [(tape.next(), tape.next()) for _ in range(FRESH)]
        gains = [incumbent - candidate for candidate, incumbent in pairs]
        error = stdev(gains) / sqrt(FRESH)
        if mean(gains) > max(smallest * standing, STANDARD_ERRORS * error):
            standing, keeps = mean(candidate for candidate, _ in pairs), keeps + 1
    return keeps, standing


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    values = []
    for i in range(count):
        values.append(measure())
        print(f"\r{i + 1}/{count}", end="", file=sys.stderr, flush=True)
    first = sorted(values[:20])
    print(f"\n20 runs of one file: {first[0]:.0f} to {first[-1]:.0f} ns, mean {mean(first):.0f}", end="")
    print(f", standard deviation {100 * stdev(first) / mean(first):.1f} %")
    print(f"{LOOPS} loops of {EXPERIMENTS} unchanged candidates, replayed on {count} measurements:")
    rng = random.Random(1)
    for name, rule, smallest in (
        ("strict", strict, 0.0),
        ("strict, minEffect 1%", strict, SMALLEST),
        ("confirm, n 5, z 3, minEffect 1%", confirm, SMALLEST),
    ):
        results = [rule(Tape(values, rng), smallest) for _ in range(LOOPS)]
        keeps = mean(k for k, _ in results)
        fooled = mean(k > 0 for k, _ in results)
        claimed = 100 * (1 - mean(v for _, v in results) / mean(values))
        print(f"  {name:32} {keeps:5.2f} false keeps a loop, {100 * fooled:5.1f} % of loops have one,", end="")
        print(f" claimed gain {claimed:+.1f} %")


if __name__ == "__main__":
    main()
