"""A checkpoint as the blob store has it: a line that says whose it is, then the file."""

import json
import os
import shutil
from pathlib import Path

from ..blobs import Blobs
from ..contract import BlobRef, Checkpoint, RunRequest

_MEDIA_TYPE = "application/vnd.autolift.checkpoint"
_LONGEST_LINE = 4096


def owner_line(request: RunRequest) -> bytes:
    """Equal files of two runs are two blobs: removing one leaves the other."""
    owner = {"checkpoint": request.key, "commit": request.source.commit, "seed": request.seed}
    return json.dumps(owner, separators=(",", ":")).encode() + b"\n"


def store(blobs: Blobs, snapshot: Path) -> BlobRef | None:
    return blobs.put_now(snapshot, _MEDIA_TYPE)


def restore(blobs: Blobs, checkpoint: Checkpoint, into: tuple[RunRequest, Path, Path]) -> str:
    """Puts the file back where the run had it, by way of a path of our own; else why it is not there."""
    request, folder, aside = into
    try:
        if not blobs.copy_to(checkpoint.blob, aside):
            return "it is not in this host's store"
        with aside.open("rb") as kept:
            if kept.readline(_LONGEST_LINE) != owner_line(request):
                return "it is another run's"
            with os.fdopen(_create(folder, checkpoint.path), "wb") as target:
                shutil.copyfileobj(kept, target, 1 << 20)
        return ""
    except (OSError, ValueError) as error:
        return str(error)
    finally:
        aside.unlink(missing_ok=True)


def _create(folder: Path, file: str) -> int:
    """A new file in a fresh checkout: nothing that is there is replaced, no link followed."""
    parts = Path(file).parts
    if not parts or file.startswith("/") or ".." in parts:
        raise ValueError(f"{file} is not a path inside the checkout")
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            if part not in os.listdir(handle):
                os.mkdir(part, dir_fd=handle)
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=handle)
            os.close(handle)
            handle = inner
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.open(parts[-1], flags, 0o644, dir_fd=handle)
    finally:
        os.close(handle)
