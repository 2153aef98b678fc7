"""Protected: scores predictions.json against the points that the candidate was asked for."""

import json
import os
import sys
from pathlib import Path

MAX_BYTES = 100_000


def read_predictions(folder: Path, count: int) -> list[float]:
    path = folder / "predictions.json"
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        sys.exit("predictions.json is missing, too large or not a plain file")
    found = json.loads(path.read_bytes())
    if not isinstance(found, list) or len(found) != count:
        sys.exit(f"predictions.json needs {count} numbers")
    if not all(type(one) in (int, float) and abs(one) < 1e9 for one in found):
        sys.exit("a prediction is not a finite number")
    return [float(one) for one in found]


truth = [float(line) for line in (Path("data") / "answers.txt").read_text(encoding="utf-8").split()]
predictions = read_predictions(Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")), len(truth))
mse = sum((a - b) ** 2 for a, b in zip(predictions, truth, strict=True)) / len(truth)
print(f"METRIC:mse={mse:.10g}")
