"""A bounded copy of what runs needed of one remote: each commit by its hash, without its history."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..devices.file_lock import FileLock
from ..failures import InfrastructureFailure, Stopped
from .remote_git import GitFailed, explained, run_git
from .remote_url import without_secrets

# So many commits are kept, and those of the last day beyond them: a run may still read one.
KEPT = 256
_MOST = 2 * KEPT
_DAY = 86_400.0
_FORGOTTEN = 30 * _DAY
_HELD = "refs/held/"
_BY_NAME = ("+refs/autolift/*:refs/named/autolift/*", "+refs/heads/*:refs/named/heads/*")
_REFUSED = (
    "not our ref",
    "unadvertised object",
    "couldn't find remote ref",
    "not support shallow",
    "no such ref",
)


class RemoteCopy:
    def __init__(self, folder: Path, remote: str) -> None:
        self.folder, self.remote = folder, remote
        self._used: dict[str, float] = {}

    @property
    def exists(self) -> bool:
        return (self.folder / "HEAD").exists()

    def use(self, commit: str) -> None:
        self._used[commit] = time.time()

    def fetch(self, commit: str, stopped: Callable[[], bool]) -> bool:
        """Brings one commit here; true when others were thrown away for it."""
        with self._alone(stopped):
            if not self.exists:
                width = "sha256" if len(commit) == 64 else "sha1"
                self.folder.parent.mkdir(parents=True, exist_ok=True)
                self._git(
                    ["init", "--quiet", "--bare", f"--object-format={width}", str(self.folder)], stopped
                )
            try:
                self._fetch(["--depth=1"], [f"+{commit}:{_HELD}{commit}"], stopped)
            except GitFailed as failed:
                if not any(sign in str(failed) for sign in _REFUSED):
                    raise explained(self.remote, str(failed)) from None
                self._fetch_by_name(commit, stopped)
            self.use(commit)
            os.utime(self.folder / "HEAD")
            return self._trim(stopped)

    def _fetch_by_name(self, commit: str, stopped: Callable[[], bool]) -> None:
        """A server that gives no hashes away gives its refs; what came is looked through for the hash."""
        try:
            self._fetch([], list(_BY_NAME), stopped)
        except GitFailed as failed:
            raise explained(self.remote, str(failed)) from None
        try:
            self._own(["update-ref", f"{_HELD}{commit}", commit], stopped)
        except GitFailed:
            message = (
                f"the git remote {without_secrets(self.remote)} has no commit {commit}: it was never pushed "
                "there, or was cleaned away"
            )
            raise InfrastructureFailure("GitObjectMissing", message) from None

    def _trim(self, stopped: Callable[[], bool]) -> bool:
        listed = self._own(["for-each-ref", "--format=%(objectname)", _HELD], stopped).split()
        if len(listed) <= _MOST:
            return False
        oldest = sorted(listed, key=lambda commit: self._used.get(commit, 0.0))
        recent = time.time() - _DAY
        gone = [commit for commit in oldest[:-KEPT] if self._used.get(commit, 0.0) < recent]
        if not gone:
            return False
        for commit in gone:
            self._own(["update-ref", "-d", f"{_HELD}{commit}"], stopped)
            self._used.pop(commit, None)
        self._own(["gc", "--quiet", "--prune=1.day.ago"], stopped)
        return True

    def _fetch(self, options: list[str], specs: list[str], stopped: Callable[[], bool]) -> None:
        flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", *options]
        self._own(["fetch", *flags, "--", self.remote, *specs], stopped)

    def _own(self, arguments: list[str], stopped: Callable[[], bool]) -> str:
        return run_git(self.remote, [f"--git-dir={self.folder}", *arguments], stopped)

    def _git(self, arguments: list[str], stopped: Callable[[], bool]) -> None:
        try:
            run_git(self.remote, arguments, stopped)
        except GitFailed as failed:
            raise InfrastructureFailure("GitUnusable", str(failed).strip()[-300:]) from None

    @contextlib.contextmanager
    def _alone(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Among all workers of this home."""
        lock = None
        while lock is None:
            lock = FileLock.take(self.folder.with_suffix(".lock"))
            if lock is None:
                if stopped():
                    raise Stopped
                time.sleep(0.05)
        try:
            yield
        finally:
            lock.release()


def forget_unused(cache: Path) -> None:
    """Removes copies of remotes that nothing was fetched from for a month."""
    for copy in cache.glob("*.git"):
        lock = FileLock.take(copy.with_suffix(".lock"))
        if lock is None:
            continue
        try:
            with contextlib.suppress(OSError):
                if (copy / "HEAD").stat().st_mtime < time.time() - _FORGOTTEN:
                    shutil.rmtree(copy)
        finally:
            lock.release()
