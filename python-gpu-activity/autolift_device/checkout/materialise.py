"""Writes files of a commit to a fresh folder, without git: no hooks, no filters, no surprises."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ..failures import RefusedCheckout
from .git_objects import Entry, GitObjects
from .large_files import LargeFiles

EXECUTABLE, LINK, SUBMODULE = "100755", "120000", "160000"


@dataclass(frozen=True, slots=True)
class Origin:
    """A file to write and the repository that has its content."""

    entry: Entry
    objects: GitObjects


@dataclass(slots=True)
class Checkout:
    """A folder and what was written there, with the time stamps that tell whether a file was touched."""

    folder: Path
    stamps: dict[str, tuple[int, ...]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def stamp(status: os.stat_result) -> tuple[int, ...]:
    """Changes with any write: a program can set mtime, but not ctime."""
    return (status.st_ino, status.st_mode, status.st_size, status.st_ctime_ns)


def materialise(origins: list[Origin], folder: Path, large: LargeFiles) -> Checkout:
    """Fills an existing empty folder. Links come last, so that nothing is written through one."""
    checkout = Checkout(folder)
    made: set[str] = {""}
    links: list[Origin] = []
    for origin in origins:
        entry = origin.entry
        _refuse_odd(entry.path)
        if entry.mode == SUBMODULE:
            checkout.notes.append(f"submodule {entry.path} left out")
        elif entry.mode == LINK:
            links.append(origin)
        else:
            _make_parents(folder, entry.path, made)
            checkout.stamps[entry.path] = _write(origin, f"{folder}/{entry.path}", large)
            checkout.origins[entry.path] = origin
    for origin in links:
        _make_parents(folder, origin.entry.path, made)
        _link(origin, checkout)
    _drop_escaping(checkout, [origin.entry.path for origin in links])
    return checkout


def _refuse_odd(path: str) -> None:
    for part in path.split("/"):
        if part in ("", ".", "..") or part.lower() == ".git" or "\0" in part:
            raise RefusedCheckout(f"the commit holds a file named {path!r}")


def _make_parents(folder: Path, path: str, made: set[str]) -> None:
    parent = path.rpartition("/")[0]
    if parent in made:
        return
    _make_parents(folder, parent, made)
    try:
        os.mkdir(f"{folder}/{parent}")
    except FileExistsError:
        raise RefusedCheckout(f"{parent} is a file and a folder at once") from None
    made.add(parent)


def _write(origin: Origin, target: str, large: LargeFiles) -> tuple[int, ...]:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    content = origin.objects.small(origin.entry.oid)
    try:
        handle = os.open(target, flags, 0o755 if origin.entry.mode == EXECUTABLE else 0o644)
    except FileExistsError:
        raise RefusedCheckout(f"{origin.entry.path} is there twice") from None
    try:
        if content is None:
            large.copy(origin.objects, origin.entry.oid, handle)
        else:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
        return stamp(os.fstat(handle))
    finally:
        os.close(handle)


def _link(origin: Origin, checkout: Checkout) -> None:
    path = origin.entry.path
    target = os.fsdecode(origin.objects.small(origin.entry.oid) or b"")
    inside = os.path.normpath(os.path.join(os.path.dirname(path), target))
    if target == "" or target.startswith("/") or inside == ".." or inside.startswith("../"):
        checkout.notes.append(f"link {path} left out: it leads out of the checkout")
        return
    try:
        os.symlink(target, checkout.folder / path)
    except FileExistsError:
        raise RefusedCheckout(f"{path} is there twice") from None
    checkout.stamps[path] = stamp(os.lstat(checkout.folder / path))
    checkout.origins[path] = origin


def _drop_escaping(checkout: Checkout, paths: list[str]) -> None:
    """Links through links can lead out although each looks harmless."""
    root = os.path.realpath(checkout.folder)
    for path in paths:
        full = checkout.folder / path
        try:
            if not stat.S_ISLNK(os.lstat(full).st_mode):
                continue
        except FileNotFoundError:
            continue
        real = os.path.realpath(full)
        if real != root and not real.startswith(root + "/"):
            full.unlink()
            checkout.stamps.pop(path, None)
            checkout.origins.pop(path, None)
            checkout.notes.append(f"link {path} left out: it leads out of the checkout")
