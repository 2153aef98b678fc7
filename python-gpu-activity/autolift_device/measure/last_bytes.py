"""The end of an output, which is all of most."""

import os
from pathlib import Path

from .metric import Reading, read_output

_END = 1 << 20


def last_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _END))
        return file.read()


def read_end(output: Path | None, end: bytes, name: str) -> Reading:
    """Without the output, the end is enough, and may begin with half a line."""
    whole = output.read_bytes if output else bytes
    return read_output(end, name, whole if len(end) == _END else None)
