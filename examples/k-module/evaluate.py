"""Protected and hidden: scores the candidate's pipeline. The right variants are here as salted digests only."""

import hashlib
import os
from pathlib import Path

from check import read_pipeline

SALT = "6e6b157189994a54"
RIGHT = {
    "normaliser": "294d535b7d2fae7ae475ef033ac1344d",
    "encoder": "28e3ae0c16bd5c1148fa3c32030d3ea5",
    "sampler": "0afe1d4c7c33cb784558dfce00925aab",
    "scheduler": "32b2ce5926250af0d08633f34ecf5dcd",
}
SHARE = 0.2


def is_right(module: str, variant: str) -> bool:
    return hashlib.sha256(f"{SALT}/{module}/{variant}".encode()).hexdigest()[:32] == RIGHT[module]


pipeline = read_pipeline(Path(os.environ.get("AUTOLIFT_CANDIDATE", ".")) / "pipeline.yaml")
right = sum(is_right(module, variant) for module, variant in pipeline.items())
complete = right == len(RIGHT)
print(f"METRIC:score={(right + complete) * SHARE:.1f}")
print(f"METRIC:right_modules={right}")
