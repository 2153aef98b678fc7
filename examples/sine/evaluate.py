"""Protected: scores the candidate's cubic against sin(x) on [-π, π]. Only numbers are taken from the candidate."""

import json
import math
import os
import sys
from pathlib import Path

GRID = 2001
MAX_BYTES = 10_000


def read_coefficients(folder: Path) -> list[float]:
    path = folder / "model.json"
    if path.is_symlink() or not path.is_file():
        sys.exit("model.json is missing or not a plain file")
    if path.stat().st_size > MAX_BYTES:
        sys.exit(f"model.json is larger than {MAX_BYTES} bytes")
    try:
        model = json.loads(path.read_bytes())
    except ValueError as error:
        sys.exit(f"model.json is not JSON: {error}")
    found = model.get("coefficients") if isinstance(model, dict) else None
    if not isinstance(found, list) or len(found) != 4:
        sys.exit("model.json needs four coefficients")
    if not all(type(c) in (int, float) and abs(c) < 1e9 for c in found):
        sys.exit(f"a coefficient is not a finite number: {str(found)[:200]}")
    return [float(c) for c in found]


def mean_squared_error(coefficients: list[float]) -> float:
    total = 0.0
    for i in range(GRID):
        x = math.pi * (2 * i / (GRID - 1) - 1)
        c0, c1, c2, c3 = coefficients
        total += (c0 + x * (c1 + x * (c2 + x * c3)) - math.sin(x)) ** 2
    return total / GRID


coefficients = read_coefficients(Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")))
print(f"METRIC:mse={mean_squared_error(coefficients):.10g}")
print(f"METRIC:largest_coefficient={max(abs(c) for c in coefficients):.6g}")
