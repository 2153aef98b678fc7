"""The evaluator's hash: its command and every file that no candidate may edit.

SHA-256 over the JSON `{"command":…,"files":[[path, mode, sha256 of the content], …]}`, without spaces, files
sorted by path. A link's content is its target; submodules do not count.
"""

import hashlib
import json
from pathlib import Path

from .git_objects import GitObjects
from .globs import matcher
from .materialise import SUBMODULE, Checkout


def evaluator_hash(command: str, checkout: Checkout, editable: list[str]) -> str:
    """Of what lies in the checkout now, just written from the evaluator's commit."""
    is_editable = matcher(editable)
    files = [
        [path, origin.entry.mode, _digest(origin.objects, origin.entry.oid, checkout.folder / path)]
        for path, origin in sorted(checkout.origins.items())
        if origin.entry.mode != SUBMODULE and not is_editable(path)
    ]
    return hash_of(command, files)


def hash_of(command: str, files: list[list[str]]) -> str:
    text = json.dumps({"command": command, "files": files}, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def _digest(objects: GitObjects, oid: str, path: Path) -> str:
    content = objects.small(oid)
    if content is not None:
        return hashlib.sha256(content).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
