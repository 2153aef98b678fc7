"""Fits a cubic to sin(x) by gradient descent and writes model.json."""

import json
import math

LEARNING_RATE = 0.05  # range: 0.001..1
MOMENTUM = 0.0  # range: 0..0.99
STEPS = 40  # range: 10..3000
SAMPLES = 8  # range: 4..256
SPACING = "even"  # choices: even | middle | chebyshev
REACH = 0.8  # range: 0.3..1.2
START_LINEAR = 0.0  # range: -2..2
START_CUBIC = 0.0  # range: -2..2


def sample_points() -> list[float]:
    """Sample points in units of π."""
    if SPACING == "even":
        return [REACH * (2 * i / (SAMPLES - 1) - 1) for i in range(SAMPLES)]
    if SPACING == "middle":
        return [REACH * ((2 * i + 1) / SAMPLES - 1) for i in range(SAMPLES)]
    return [REACH * math.cos(math.pi * (i + 0.5) / SAMPLES) for i in range(SAMPLES)]


def fit() -> list[float]:
    """Coefficients for u = x/π: there the powers are of one size, and one learning rate suits all four."""
    points = sample_points()
    powers = [[u**k for k in range(4)] for u in points]
    targets = [math.sin(math.pi * u) for u in points]
    # the loss is quadratic: its gradient needs these sums only, not the samples again
    matrix = [[sum(p[i] * p[j] for p in powers) / SAMPLES for j in range(4)] for i in range(4)]
    vector = [sum(p[i] * t for p, t in zip(powers, targets, strict=True)) / SAMPLES for i in range(4)]

    weights = [0.0, START_LINEAR, 0.0, START_CUBIC]
    velocity = [0.0] * 4
    for _ in range(STEPS):
        for i in range(4):
            gradient = 2 * (sum(m * w for m, w in zip(matrix[i], weights, strict=True)) - vector[i])
            velocity[i] = MOMENTUM * velocity[i] - LEARNING_RATE * gradient
        weights = [w + v for w, v in zip(weights, velocity, strict=True)]
    return weights


coefficients = [w / math.pi**k for k, w in enumerate(fit())]
with open("model.json", "w", encoding="utf-8") as file:
    json.dump({"coefficients": coefficients}, file)
print("coefficients:", " ".join(f"{c:+.5f}" for c in coefficients))
