"""Draws a fresh curve: points to learn from and to be asked for (the candidate sees them), and the true answers."""

import math
import os
import random
from pathlib import Path

LEARNT = 24
ASKED = 100
NOISE = 0.3

seed = int(os.environ["AUTOLIFT_SEED"])
rng = random.Random(seed)
phase = rng.uniform(0, 2 * math.pi)
pitch = rng.uniform(1.5, 3)
slope = rng.uniform(-0.5, 0.5)


def curve(x: float) -> float:
    return math.sin(pitch * x + phase) + slope * x


inputs, truth = Path(os.environ["AUTOLIFT_INPUTS"]), Path(os.environ["AUTOLIFT_TRUTH"])
learnt = [rng.uniform(-1, 1) for _ in range(LEARNT)]
asked = [rng.uniform(-1, 1) for _ in range(ASKED)]
rows = [f"{x!r},{curve(x) + rng.gauss(0, NOISE)!r}" for x in learnt]
(inputs / "train.csv").write_text("\n".join(["x,y", *rows]) + "\n", encoding="utf-8")
(inputs / "asked.txt").write_text("\n".join(map(repr, asked)) + "\n", encoding="utf-8")
(truth / "answers.txt").write_text("\n".join(repr(curve(x)) for x in asked) + "\n", encoding="utf-8")
