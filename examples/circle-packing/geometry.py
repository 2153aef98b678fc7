"""Protected: start patterns, the downhill direction, and the exact shrinking. Use it, or write your own in pack.py."""

import math
import random
from fractions import Fraction

Circle = list[float]


def pattern(name: str, n: int, rng: random.Random) -> list[tuple[float, float]]:
    """The first n centres of a pattern."""
    if name == "grid":
        spots = [((i % 5 + 0.5) / 5, (i // 5 + 0.5) / 6) for i in range(30)]
    elif name == "hexagonal":
        spots = [((i % 5 + 0.3 + 0.4 * (i // 5 % 2)) / 5, (i // 5 + 0.5) / 6) for i in range(30)]
    elif name == "rings":
        rings = [(0.5, 0.5)]
        for count, radius in ((8, 0.22), (17, 0.42)):
            turns = [2 * math.pi * i / count for i in range(count)]
            rings += [(0.5 + radius * math.cos(t), 0.5 + radius * math.sin(t)) for t in turns]
        spots = rings
    else:
        spots = [(rng.random(), rng.random()) for _ in range(n)]
    return spots[:n]


def downhill(circles: list[Circle], penalty: float) -> list[Circle]:
    """Direction that grows the radii and takes back what overlaps: minus the gradient of penalty · overlap² − Σr."""
    pull = [[0.0, 0.0, 1.0] for _ in circles]
    for i, (x, y, r) in enumerate(circles):
        mine = pull[i]
        for axis, place in ((0, x), (1, y)):
            low, high = r - place, place + r - 1
            if low > 0:
                mine[axis] += penalty * low
                mine[2] -= penalty * low
            if high > 0:
                mine[axis] -= penalty * high
                mine[2] -= penalty * high
        for j in range(i):
            ox, oy, other = circles[j]
            reach, dx, dy = r + other, x - ox, y - oy
            if abs(dx) >= reach or abs(dy) >= reach:
                continue
            distance = math.hypot(dx, dy) or 1e-9
            overlap = reach - distance
            if overlap > 0:
                push = penalty * overlap
                yours = pull[j]
                mine[0] += push * dx / distance
                mine[1] += push * dy / distance
                yours[0] -= push * dx / distance
                yours[1] -= push * dy / distance
                mine[2] -= push
                yours[2] -= push
    return pull


def feasible(circles: list[Circle]) -> list[Circle]:
    """Shrinks radii until no two circles overlap and none sticks out, exactly as the verifier computes it."""
    circles = [[min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0), max(r, 0.0)] for x, y, r in circles]
    for circle in circles:
        x, y, r = circle
        circle[2] = min(r, x, y, 1 - x, 1 - y)
        while circle[2] > 0 and not fits(circle):
            circle[2] = math.nextafter(circle[2], 0.0)
    for i, a in enumerate(circles):
        for b in circles[:i]:
            gap = math.hypot(a[0] - b[0], a[1] - b[1])
            if a[2] + b[2] > gap:
                scale = gap / (a[2] + b[2])
                a[2], b[2] = a[2] * scale, b[2] * scale
            while a[2] + b[2] > 0 and overlaps(a, b):
                a[2], b[2] = math.nextafter(a[2], 0.0), math.nextafter(b[2], 0.0)
    return circles


def fits(circle: Circle) -> bool:
    x, y, r = map(Fraction, circle)
    return r <= x <= 1 - r and r <= y <= 1 - r


def overlaps(a: Circle, b: Circle) -> bool:
    ax, ay, ar = map(Fraction, a)
    bx, by, br = map(Fraction, b)
    return (ax - bx) ** 2 + (ay - by) ** 2 < (ar + br) ** 2
