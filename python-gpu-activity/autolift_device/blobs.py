"""The content-addressed store for logs: only a hash of them enters a workflow's history."""

import hashlib
import os
import shutil
from pathlib import Path

from .contract import BlobRef


class BlobStore:
    """Files named `<first two hex digits>/<sha256>`, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes | Path, media_type: str = "text/plain") -> BlobRef | None:
        """Keeps the content, if there is any."""
        if isinstance(content, Path):
            with content.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = content.stat().st_size
        else:
            digest, size = hashlib.sha256(content).hexdigest(), len(content)
        if size == 0:
            return None
        final = self.folder / digest[:2] / digest
        if not final.exists():
            self._write(content, final)
        return BlobRef(sha256=digest, bytes=size, mediaType=media_type)

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
