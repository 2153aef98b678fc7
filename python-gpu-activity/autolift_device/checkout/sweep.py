"""Takes away what a dead candidate left in its checkout as a trap for whoever reads it."""

import errno
import os
import stat
from pathlib import Path

from ..failures import RefusedCheckout

# Entries and steps through links together: some seconds.
MOST_STEPS = 2_000_000
_MOST_LINKS = 40
_KINDS = {stat.S_IFLNK: "link", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}


def sweep(folder: Path, ours: dict[str, str]) -> list[str]:
    """Removes pipes, sockets, devices and links that lead out of the folder, and says which.

    `ours` are the links, by path, that the candidate was given; it may not have bent them.
    """
    return _Sweep(os.fspath(folder), ours).all()


class _Sweep:
    def __init__(self, root: str, ours: dict[str, str]) -> None:
        self.root, self.ours = root, ours
        self.left = MOST_STEPS
        self.removed: list[str] = []

    def all(self) -> list[str]:
        pending = [""]
        try:
            while pending:
                pending += self._folder(pending.pop())
        except OSError as error:
            where = os.path.relpath(error.filename or self.root, self.root)[:200]
            raise RefusedCheckout(
                f"the run left {where}, which cannot be looked at: {error.strerror}"
            ) from error
        return self.removed

    def _folder(self, below: str) -> list[str]:
        """Sweeps one folder and gives the ones in it."""
        inner: list[str] = []
        with _scan(f"{self.root}/{below}") as entries:
            for entry in entries:
                self._step()
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    inner.append(path + "/")
                elif not entry.is_file(follow_symlinks=False) and not self._is_harmless(path, entry):
                    self._remove(path, entry)
        return inner

    def _is_harmless(self, path: str, entry: "os.DirEntry[str]") -> bool:
        if not entry.is_symlink():
            return False
        given = self.ours.get(path)
        return (given is not None and os.readlink(entry.path) == given) or self._stays_inside(path)

    def _stays_inside(self, path: str) -> bool:
        """Step by step: a way that leaves the folder, even to come back, ends elsewhere for the evaluator."""
        ahead, at, links = path.split("/")[::-1], list[str](), 0
        while ahead:
            self._step()
            part = ahead.pop()
            if part == ".." and not at:
                return False
            if part == "..":
                at.pop()
            elif part not in ("", "."):
                target = _target("/".join([self.root, *at, part]))
                if target is None:
                    at.append(part)
                    continue
                links += 1
                if target.startswith("/"):
                    if not f"{target}/".startswith(f"{self.root}/") or links > _MOST_LINKS:
                        return False
                    target, at = target[len(self.root) :], []
                ahead += target.split("/")[::-1]
            if links > _MOST_LINKS:
                return False
        return True

    def _remove(self, path: str, entry: "os.DirEntry[str]") -> None:
        kind = _KINDS.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), "device")
        try:
            os.unlink(entry.path)
        except PermissionError:
            os.chmod(os.path.dirname(entry.path), 0o700)
            os.unlink(entry.path)
        why = ", which leads out of the checkout" if kind == "link" else ""
        self.removed.append(f"removed before the evaluation: the {kind} {path}{why}")

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise RefusedCheckout("the run left more files than can be looked at before the evaluation")


def _scan(folder: str) -> "os._ScandirIterator[str]":
    """Its owner may be kept out of a folder and let in again."""
    try:
        return os.scandir(folder)
    except PermissionError:
        os.chmod(folder, 0o700)
        return os.scandir(folder)


def _target(path: str) -> str | None:
    """Where a link leads; None for everything else, and for nothing."""
    try:
        return os.readlink(path)
    except OSError as error:
        # what is in a closed folder is looked at when that is opened
        if error.errno in (errno.EINVAL, errno.ENOENT, errno.ENOTDIR, errno.EACCES):
            return None
        raise
