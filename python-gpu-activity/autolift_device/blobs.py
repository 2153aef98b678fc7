"""The content-addressed store for logs: only a hash of them enters a workflow's history."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from .contract import BlobRef
from .failures import InfrastructureFailure
from .host_name import host_name


class Blobs(Protocol):
    """Where logs go: a folder, or a bucket."""

    def put(self, content: bytes | Path, media_type: str = "text/plain") -> BlobRef | None: ...

    def put_now(self, content: Path, media_type: str) -> BlobRef | None:
        """Put, and where others can have it; OSError where that fails."""
        ...

    def copy_to(self, blob: BlobRef, target: Path) -> bool:
        """Writes what is kept under the hash into a file; false, and no file, where that is not there."""
        ...

    def remove(self, blob: BlobRef) -> None: ...

    def flush(self, stopped: Callable[[], bool]) -> None: ...

    def check(self, stopped: Callable[[], bool]) -> None:
        """Writes a few bytes as every report will; InfrastructureFailure where that can't be done."""
        ...


class BlobStore:
    """Files named `<first two hex digits>/<sha256>`, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes | Path, media_type: str = "text/plain") -> BlobRef | None:
        """Keeps the content, if there is any."""
        blob = ref_of(content, media_type)
        if blob is not None and not self._path(blob).exists():
            self._write(content, self._path(blob))
        return blob

    def put_now(self, content: Path, media_type: str) -> BlobRef | None:
        return self.put(content, media_type)

    def flush(self, stopped: Callable[[], bool]) -> None:
        """All of it is where it belongs as soon as it is put."""

    def check(self, stopped: Callable[[], bool]) -> None:
        try:
            with tempfile.TemporaryFile(dir=self.folder) as file:
                file.write(b"autolift was here\n")
        except OSError as error:
            reason = error.strerror or error
            message = f"the artifact store {self.folder} can't be written: {reason} (from {host_name()})"
            raise InfrastructureFailure("ArtifactStoreFailed", message) from None

    def copy_to(self, blob: BlobRef, target: Path) -> bool:
        try:
            shutil.copyfile(self._path(blob), target)
        except FileNotFoundError:
            return False
        return is_intact(blob, target)

    def remove(self, blob: BlobRef) -> None:
        self._path(blob).unlink(missing_ok=True)

    def _path(self, blob: BlobRef) -> Path:
        return self.folder / blob.sha256[:2] / blob.sha256

    def _write(self, content: bytes | Path, final: Path) -> None:
        final.parent.mkdir(parents=True, exist_ok=True)
        partial = final.with_name(f".{final.name}.{os.urandom(8).hex()}")
        try:
            if isinstance(content, Path):
                shutil.copyfile(content, partial)
            else:
                partial.write_bytes(content)
            partial.chmod(0o644)
            partial.replace(final)
        except OSError:
            partial.unlink(missing_ok=True)
            raise


def ref_of(content: bytes | Path, media_type: str) -> BlobRef | None:
    """None: there is nothing in it."""
    if isinstance(content, Path):
        with content.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = content.stat().st_size
    else:
        digest, size = hashlib.sha256(content).hexdigest(), len(content)
    return BlobRef(sha256=digest, bytes=size, mediaType=media_type) if size > 0 else None


def is_intact(blob: BlobRef, copy: Path) -> bool:
    """Whether the copy has the hash; one that has not is removed."""
    with copy.open("rb") as file:
        intact = hashlib.file_digest(file, "sha256").hexdigest() == blob.sha256
    if not intact:
        copy.unlink()
    return intact
