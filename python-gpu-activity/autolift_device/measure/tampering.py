"""Traces of a candidate that worked on its score instead of its task."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator

from ..checkout.materialise import LINK, Checkout, Origin, stamp
from ..checkout.sweep import MOST_STEPS

_MOST_CREATED = 10


def changed_files(checkout: Checkout, editable: Callable[[str], bool]) -> list[str]:
    """Protected files that are no longer what was checked out."""
    found = []
    for path, before in checkout.stamps.items():
        if editable(path):
            continue
        try:
            status = os.lstat(f"{checkout.folder}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            found.append(f"deleted {path}")
            continue
        if stamp(status) != before and not _same(checkout, path, status):
            found.append(f"changed {path}")
    return found


def created_files(checkout: Checkout, hidden: Callable[[str], bool], given: set[str]) -> list[str]:
    """Files at paths that only the evaluator has; `given` are links that the run did not make itself."""
    found: list[str] = []
    pending, left = [""], MOST_STEPS
    while pending and left > 0 and len(found) < _MOST_CREATED:
        below = pending.pop()
        for entry in _entries(f"{checkout.folder}/{below}"):
            left -= 1
            path = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                pending.append(path + "/")
            elif path not in given and path not in checkout.stamps and hidden(path):
                found.append(f"created {path}, which it cannot see")
    return sorted(found)[:_MOST_CREATED]


def _entries(folder: str) -> Iterator["os.DirEntry[str]"]:
    """None where it cannot be looked at: the sweep says so."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        yield from entries


def _same(checkout: Checkout, path: str, status: os.stat_result) -> bool:
    """Touched, but with the same content."""
    origin = checkout.origins[path]
    if origin.entry.mode == LINK:
        return stat.S_ISLNK(status.st_mode) and os.fsencode(os.readlink(checkout.folder / path)) == _content(
            origin
        )
    if not stat.S_ISREG(status.st_mode) or status.st_size != checkout.stamps[path][2]:
        return False
    expected = _content(origin)
    if expected is None:
        return False
    try:
        handle = os.open(checkout.folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    with os.fdopen(handle, "rb") as file:
        return file.read(len(expected) + 1) == expected


def _content(origin: Origin) -> bytes | None:
    return origin.objects.small(origin.entry.oid)
