"""Finds the repository that a request names: the one on this host, or a bare copy of a remote one."""

import hashlib
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from ..failures import InfrastructureFailure, Stopped
from .git_objects import Entry, GitObjects, MissingObject, git_environment

_FETCH_SECONDS = 600.0


def local_git_dir(remote: str) -> Path | None:
    """The git directory behind a path, None when there is no repository at it."""
    path = Path(remote.removeprefix("file://"))
    if not path.is_absolute() or not path.is_dir():
        return None
    dot_git = path / ".git"
    if dot_git.is_dir():
        return dot_git
    if dot_git.is_file():
        target = dot_git.read_text().removeprefix("gitdir:").strip()
        return (path / target).resolve()
    return path if (path / "HEAD").exists() else None


def common_git_dir(git_dir: Path) -> Path:
    """The directory that a linked worktree shares with its main one."""
    shared = git_dir / "commondir"
    return (git_dir / shared.read_text().strip()).resolve() if shared.is_file() else git_dir


class Repositories:
    """Every repository this worker has seen, each with its warm reader."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self._lock = threading.Lock()
        self._readers: dict[str, GitObjects] = {}
        self._fetching: dict[str, threading.Lock] = {}

    def entries(
        self, remote: str, tree: tuple[str, str], stopped: Callable[[], bool]
    ) -> tuple[GitObjects, list[Entry]]:
        """Files below `tree = (commit, prefix)`, fetched first where the remote is not on this host."""
        commit, prefix = tree
        local = local_git_dir(remote)
        if local is None and not (self._copy_of(remote) / "HEAD").exists():
            self._fetch(remote, commit, stopped)
        objects = self._reader(local or self._copy_of(remote))
        try:
            return objects, objects.entries(commit, prefix)
        except MissingObject:
            if local is None:
                self._fetch(remote, commit, stopped)
        try:
            return objects, objects.entries(commit, prefix)
        except MissingObject as error:
            message = f"{remote} has no {error}"
            raise InfrastructureFailure("GitObjectMissing", message) from error

    def close(self) -> None:
        for reader in self._readers.values():
            reader.close()

    def _reader(self, git_dir: Path) -> GitObjects:
        with self._lock:
            return self._readers.setdefault(str(git_dir), GitObjects(git_dir))

    def _copy_of(self, remote: str) -> Path:
        return self.cache / f"{hashlib.sha256(remote.encode()).hexdigest()[:32]}.git"

    def _fetch(self, remote: str, commit: str, stopped: Callable[[], bool]) -> None:
        """Fetches one commit by its hash; others that want the same repository wait for it."""
        if remote.startswith("/"):
            raise InfrastructureFailure("GitRepositoryMissing", f"there is no git repository at {remote}")
        copy = self._copy_of(remote)
        with self._lock:
            turn = self._fetching.setdefault(remote, threading.Lock())
        with turn:
            if not (copy / "HEAD").exists():
                width = "sha256" if len(commit) == 64 else "sha1"
                _git(["init", "--quiet", "--bare", f"--object-format={width}", str(copy)], stopped)
            options = [
                "--quiet",
                "--no-tags",
                "--depth=1",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
            ]
            _git([f"--git-dir={copy}", "fetch", *options, "--", remote, commit], stopped)


def _git(arguments: list[str], stopped: Callable[[], bool]) -> None:
    """Runs git with the user's own configuration, which may hold what the remote asks for."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            ["git", "-c", "gc.auto=0", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=git_environment(),
            start_new_session=True,
        )
        waited = 0.0
        while True:
            try:
                code = process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                waited += 0.1
                if not stopped() and waited < _FETCH_SECONDS:
                    continue
                process.kill()
                process.wait()
                if stopped():
                    raise Stopped from None
                raise InfrastructureFailure("GitFetchFailed", "git fetch took over ten minutes") from None
        if code != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()[-300:]
            raise InfrastructureFailure("GitFetchFailed", said or f"git ended with {code}")
