"""Packs 26 circles into the unit square and writes circles.json: a start pattern, then gradient steps."""

import json
import random

from geometry import Circle, downhill, feasible, pattern

START = 7  # range: 0..9999
PATTERN = "grid"  # choices: grid | hexagonal | rings | random
JITTER = 0.002  # range: 0..0.2
FIRST_RADIUS = 0.05  # range: 0.01..0.12
STEPS = 150  # range: 50..3000
STEP_SIZE = 0.004  # range: 0.0001..0.05
MOMENTUM = 0.3  # range: 0..0.99
PENALTY_START = 2.0  # range: 0.5..50
PENALTY_END = 20.0  # range: 5..2000
COOLING = 0.3  # range: 0.01..1


def start(rng: random.Random) -> list[Circle]:
    spots = pattern(PATTERN, 26, rng)
    return [[rng.gauss(x, JITTER), rng.gauss(y, JITTER), FIRST_RADIUS] for x, y in spots]


def relax(circles: list[Circle]) -> list[Circle]:
    velocity = [[0.0] * 3 for _ in circles]
    for step in range(STEPS):
        done = step / STEPS
        penalty = PENALTY_START * (PENALTY_END / PENALTY_START) ** done
        rate = STEP_SIZE * COOLING**done / penalty
        for circle, speed, pull in zip(circles, velocity, downhill(circles, penalty), strict=True):
            for k, force in enumerate(pull):
                speed[k] = MOMENTUM * speed[k] + rate * force
                circle[k] += speed[k]
    return circles


packing = feasible(relax(start(random.Random(START))))
with open("circles.json", "w", encoding="utf-8") as file:
    json.dump(packing, file)
print(f"{len(packing)} circles, sum of radii about {sum(r for _, _, r in packing):.6f}")
