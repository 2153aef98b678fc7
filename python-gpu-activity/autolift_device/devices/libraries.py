"""Which versions of the frameworks a run finds, by what their packages say: to import one takes seconds."""

import os
import re
from functools import lru_cache
from pathlib import Path

from ..surroundings.packages import package_folders
from ..surroundings.programs import is_python, programs_of

NAMES = ("torch", "triton", "mlx", "jax", "jaxlib", "tensorflow", "flash_attn", "numpy")
_PACKAGE = re.compile(rf"({'|'.join(NAMES)})-([^-]+)\.dist-info", re.IGNORECASE)


def libraries_of(command: str, folder: Path, path: str) -> dict[str, str]:
    """Of the Pythons that a command runs; what the first one has, counts."""
    found: dict[str, str] = {}
    for python in filter(is_python, programs_of(command, str(folder), path)):
        for place in package_folders(python):
            for name, version in _in(place, _changed_at(place)):
                found.setdefault(name, version)
    return found


@lru_cache(maxsize=64)
def _in(folder: str, _changed: int) -> list[tuple[str, str]]:
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        return []
    found = (_PACKAGE.fullmatch(entry) for entry in entries)
    return [(match[1].lower(), match[2]) for match in found if match]


def _changed_at(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0
