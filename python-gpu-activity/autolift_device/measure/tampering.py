"""Traces of a candidate that worked on its score instead of its task."""

import os
import stat
from collections.abc import Callable

from ..checkout.materialise import LINK, Checkout, Origin, stamp
from .metric import claims, plain_claim

_TOLERANCE = 1e-3


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


def false_claims(output: bytes, name: str, measured: float) -> list[str]:
    """METRIC lines that say something else than the evaluator; rounding for print is no lie."""
    lies = [value for value in claims(output, name) if not _close(value, measured)]
    return [_told(name, value, measured) for value in lies[-3:]]


def false_plain_claim(output: bytes, name: str, measured: float) -> str:
    """The same of the last line `name: value`; "" when there is none or it agrees."""
    value = plain_claim(output, name)
    return "" if value is None or _close(value, measured) else _told(name, value, measured)


def _told(name: str, claimed: float, measured: float) -> str:
    return f"claimed {name}={claimed:g}, measured {measured:.6g}"


def _close(claimed: float, measured: float) -> bool:
    return abs(claimed - measured) <= _TOLERANCE * max(abs(measured), 1e-12)


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
