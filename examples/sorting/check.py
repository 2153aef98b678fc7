"""The run: a quick look at whether sort.py sorts at all. It times nothing; evaluate.py does."""

import os
import random

from sort import sort

rng = random.Random(int(os.environ.get("AUTOLIFT_SEED", "1")))
for size in [*range(20), 500, 3000]:
    values = [rng.randrange(-size, size + 1) for _ in range(size)]
    if sort(list(values)) != sorted(values):
        raise SystemExit(f"a list of {size} integers came back wrong")
print("sorts 22 lists")
