"""Finds the repository that a request names: the one on this host, or a bare copy of a remote one."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

from ..failures import InfrastructureFailure
from .git_objects import Entry, GitObjects, MissingObject
from .remote_copy import RemoteCopy, forget_unused
from .remote_url import check_remote


def local_git_dir(remote: str) -> Path | None:
    """The git directory behind a path, None when there is no repository at it."""
    path = Path(remote)
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
        self._copies: dict[str, tuple[RemoteCopy, threading.Lock]] = {}
        forget_unused(cache)

    def entries(
        self, remote: str, tree: tuple[str, str], stopped: Callable[[], bool]
    ) -> tuple[GitObjects, list[Entry]]:
        """Files below `tree = (commit, prefix)`, fetched first where that is not a folder here."""
        check_remote(remote)
        if remote.startswith("/"):
            return self._entries_here(remote, tree)
        commit, prefix = tree
        with self._lock:
            folder = self.cache / f"{hashlib.sha256(remote.encode()).hexdigest()[:32]}.git"
            made = RemoteCopy(folder, remote), threading.Lock()
            copy, turn = self._copies.setdefault(remote, made)
        objects = self._reader(copy.folder)
        if copy.exists:
            try:
                copy.use(commit)
                return objects, objects.entries(commit, prefix)
            except MissingObject:
                pass
        with turn:
            if copy.fetch(commit, stopped):
                objects.forget()
        return objects, objects.entries(commit, prefix)

    def close(self) -> None:
        for reader in self._readers.values():
            reader.close()

    def _entries_here(self, remote: str, tree: tuple[str, str]) -> tuple[GitObjects, list[Entry]]:
        git_dir = local_git_dir(remote)
        if git_dir is None:
            message = (
                f"there is no git repository at {remote}: on a host of its own, a task needs a git remote"
            )
            raise InfrastructureFailure("GitRepositoryMissing", message)
        objects = self._reader(git_dir)
        try:
            return objects, objects.entries(*tree)
        except MissingObject as error:
            message = f"{remote} has no {error}"
            raise InfrastructureFailure("GitObjectMissing", message) from error

    def _reader(self, git_dir: Path) -> GitObjects:
        with self._lock:
            return self._readers.setdefault(str(git_dir), GitObjects(git_dir))
