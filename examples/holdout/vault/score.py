"""Scores what a candidate left. It parses and never executes: whatever is wrong with it scores nothing."""

import json
import os
import sys
from pathlib import Path

truth = [float(line) for line in (Path(os.environ["AUTOLIFT_TRUTH"]) / "answers.txt").read_text(encoding="utf-8").split()]
path = Path(os.environ["AUTOLIFT_CANDIDATE"]) / "predictions.json"
if not path.is_file() or path.stat().st_size > 100_000:
    sys.exit(1)
found = json.loads(path.read_bytes())
if not isinstance(found, list) or len(found) != len(truth):
    sys.exit(1)
if not all(type(one) in (int, float) and abs(one) < 1e9 for one in found):
    sys.exit(1)
print(f"METRIC:mse={sum((a - b) ** 2 for a, b in zip(found, truth, strict=True)) / len(truth):.10g}")
