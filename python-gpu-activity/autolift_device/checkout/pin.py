"""The evaluator's hash: its command and every file that no candidate may edit.

SHA-256 over the JSON `{"command":…,"files":[[path, mode, sha256 of the content], …]}`, without spaces, files
sorted by path. A link's content is its target, a submodule's the name of its commit.
src/storage/git/evaluator-hash.ts computes the same.
"""

import hashlib
import json

from .globs import matcher
from .large_files import LargeFiles
from .materialise import SUBMODULE, Origin


def evaluator_hash(command: str, origins: list[Origin], editable: list[str], large: LargeFiles) -> str:
    """Of the very bytes that a checkout of these files writes."""
    is_editable = matcher(editable)
    files = [
        [origin.entry.path, origin.entry.mode, _digest(origin, large)]
        for origin in sorted(origins, key=lambda origin: origin.entry.path)
        if not is_editable(origin.entry.path)
    ]
    return hash_of(command, files)


def hash_of(command: str, files: list[list[str]]) -> str:
    text = json.dumps({"command": command, "files": files}, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def _digest(origin: Origin, large: LargeFiles) -> str:
    oid, objects = origin.entry.oid, origin.objects
    if origin.entry.mode == SUBMODULE:
        return hashlib.sha256(oid.encode()).hexdigest()
    content = objects.small(oid)
    return large.digest(objects, oid) if content is None else hashlib.sha256(content).hexdigest()
