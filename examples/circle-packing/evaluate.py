"""Protected: an exact verifier. It reads 26 triples [x, y, r], and nothing else, from the candidate."""

import json
import math
import os
import sys
from fractions import Fraction
from itertools import combinations
from pathlib import Path

N = 26
MAX_BYTES = 100_000

Circle = tuple[Fraction, Fraction, Fraction]


def read_circles(folder: Path) -> list[Circle]:
    path = folder / "circles.json"
    if path.is_symlink() or not path.is_file():
        sys.exit("circles.json is missing or not a plain file")
    if path.stat().st_size > MAX_BYTES:
        sys.exit(f"circles.json is larger than {MAX_BYTES} bytes")
    try:
        rows = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        sys.exit(f"circles.json is not JSON: {error}")
    if not isinstance(rows, list) or len(rows) != N:
        sys.exit(f"circles.json needs a list of {N} circles")
    return [read_circle(i, row) for i, row in enumerate(rows)]


def read_circle(index: int, row: object) -> Circle:
    if not isinstance(row, list) or len(row) != 3:
        sys.exit(f"circle {index} is not [x, y, r]")
    if not all(type(v) in (int, float) and abs(v) <= 1 for v in row):
        sys.exit(f"circle {index} has a value that is not a number in [-1, 1]: {str(row)[:200]}")
    # a double is a rational number: nothing is rounded from here on
    x, y, r = map(Fraction, row)
    return x, y, r


def problems(circles: list[Circle]) -> list[str]:
    found = [f"circle {i} has a negative radius" for i, (_, _, r) in enumerate(circles) if r < 0]
    for i, (x, y, r) in enumerate(circles):
        outside = max(r - x, r - y, x + r - 1, y + r - 1)
        if outside > 0:
            found.append(f"circle {i} sticks out by {float(outside):.3g}")
    for (i, (ax, ay, ar)), (j, (bx, by, br)) in combinations(enumerate(circles), 2):
        if (ax - bx) ** 2 + (ay - by) ** 2 < (ar + br) ** 2:
            overlap = float(ar + br) - math.hypot(ax - bx, ay - by)
            found.append(f"circles {i} and {j} overlap by {overlap:.3g}")
    return found


circles = read_circles(Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")))
found = problems(circles)
if found:
    sys.exit("not a packing: " + "; ".join(found[:5]) + (f"; and {len(found) - 5} more" if len(found) > 5 else ""))
radii = [r for _, _, r in circles]
print(f"METRIC:sum_of_radii={float(sum(radii)):.12f}")
print(f"METRIC:smallest_radius={float(min(radii)):.6g}")
print(f"METRIC:area={float(sum(r * r for r in radii)) * math.pi:.6f}")
